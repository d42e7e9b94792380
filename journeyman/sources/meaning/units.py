"""Units that stand beside numbers: which there are, and what one of them is in another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from journeyman.bundle.cells import plain_text

#: Families of units: each unit's names (as NFKC writes them), and what one of it is in the first of its family.
_FAMILIES: Sequence[Mapping[str, str]] = (
    {
        "kg kgs kilo kilos kilogram kilograms kilogramme": "1",
        "g gr gram grams gramme grammes": "1/1000",
        "mg milligram milligrams": "1/1000000",
        "μg mcg ug": "1/1000000000",
        "t tonne tonnes": "1000",
        "lb lbs pound pounds": "45359237/100000000",
        "oz ounce ounces": "45359237/1600000000",
    },
    {
        "m meter meters metre metres": "1",
        "mm millimeter millimeters millimetre millimetres": "1/1000",
        "cm centimeter centimeters centimetre centimetres": "1/100",
        "dm": "1/10",
        "km kms kilometer kilometers kilometre kilometres": "1000",
        "in inch inches": "254/10000",
        "ft feet foot": "3048/10000",
        "yd yds yard yards": "9144/10000",
        "mi mile miles": "1609344/1000",
    },
    {
        "h hr hrs hour hours std": "1",
        "min mins minute minutes": "1/60",
        "s sec secs second seconds": "1/3600",
        "ms msec millisecond milliseconds": "1/3600000",
        "d day days": "24",
        "w wk wks week weeks": "168",
    },
    {"month months mo mos mth mths": "1", "year years yr yrs y": "12"},
    {
        "l L liter liters litre litres ltr": "1",
        "ml mL milliliter milliliters": "1/1000",
        "cl cL": "1/100",
        "dl dL": "1/10",
        "hl hL": "100",
        "gal gallon gallons": "3785411784/1000000000",
    },
    {"MB mb Mb": "1", "B byte bytes": "1/1000000", "kB KB kb": "1/1000", "GB gb": "1000", "TB tb": "1000000"},
    {"W watt watts": "1", "kW KW": "1000", "MW": "1000000", "GW": "1000000000"},
    {"kWh kwh": "1", "Wh wh": "1/1000", "MWh mwh": "1000", "GWh": "1000000"},
    {"Hz": "1", "kHz": "1000", "MHz": "1000000", "GHz": "1000000000"},
    {"km/h kmh kph": "1", "mph": "1609344/1000000", "m/s": "36/10", "kn kt knots": "1852/1000"},
    {"m2 sqm": "1", "km2": "1000000", "ha": "10000", "ft2 sqft": "9290304/100000000", "cm2": "1/10000"},
    {"bar": "1", "mbar hPa": "1/1000", "Pa": "1/100000", "kPa": "1/100", "psi": "6894757/100000000"},
    {"V": "1", "mV": "1/1000", "kV": "1000"},
    {"mmol/l mmol/L": "1"},
)
#: Multiples; a number without one is itself.
_MULTIPLES: Mapping[str, int] = {
    "k K thousand thsd tsd": 10**3,
    "lakh lakhs lac": 10**5,
    "m M mn mln mio Mio million millions": 10**6,
    "crore crores cr Cr": 10**7,
    "b B bn bln billion billions mrd Mrd": 10**9,
    "T tn trillion trillions": 10**12,
}
_FACTORS = tuple(
    {name: Fraction(factor) for names, factor in family.items() for name in names.split()} for family in _FAMILIES
)
_MULTIPLE = {name: Fraction(factor) for names, factor in _MULTIPLES.items() for name in names.split()}
_CURRENCY = re.compile(
    r"[A-Z]{0,3}[$€£¥₹₽₩₺₪฿₫₦]|USD|EUR|GBP|CHF|JPY|CNY|INR|AUD|CAD|SEK|NOK|DKK|PLN|BRL|Rs\.?|kr\.?|zł"
)
_SYMBOL = re.compile(r"[%°‰]|°[CF]|" + _CURRENCY.pattern)
_LETTERS = re.compile(r"[^\W\d_][^\W\d_ ]{0,11}(?:/[^\W\d_]{1,8})?[23]?\.?")
_AMOUNT = re.compile(
    r"[(+-]*\s?(?P<before>[^0-9().,+-]*)[+-]?(?:[0-9][0-9.,' ]*|[.,][0-9]+)(?:[eE][+-]?[0-9]+)?"
    r"(?P<after>(?:[^0-9().,][^0-9()]*[23]?)?)\)?"
)
#: So many of the different texts must be a number with one of the units, or none.
_NEARLY_ALL = 0.9
#: Behind fewer different numbers, units are parts of names, as in "36 months"; other letters behind even more are.
_FEW_NUMBERS, _ENOUGH_NUMBERS = 5, 20


@dataclass(frozen=True)
class Units:
    """The unit of a column, and the others that its cells carry, each with what one of it is in the unit."""

    unit: str = ""
    others: tuple[str, ...] = ()


def units_of(texts: Sequence[str]) -> Iterator[Units]:
    """What may stand beside the numbers of a column, the likelier first; the last is nothing.

    >>> next(units_of(["5%", "7.5%"])), next(units_of(["A1", "B2"]))
    (Units(unit='%', others=()), Units(unit='', others=()))
    >>> next(units_of(["5 kg", "300 g", "2 kg"]))
    Units(unit='kg', others=('g=1/1000',))
    >>> next(units_of(["$1.2M", "$300k", "$7"]))
    Units(unit='$', others=('M=1000000', 'k=1000'))
    """
    beside = [_beside(text) for text in texts]
    before = Counter(one[0] for one in beside if one)
    after = Counter(one[1] for one in beside if one)
    enough = _NEARLY_ALL * len(texts)
    if sum(1 for one in beside if one) >= enough:
        money, marks = _most(before), _most(after)
        is_money = money and before[money] + before[""] >= enough and _SYMBOL.fullmatch(money)
        if is_money and not marks:
            yield Units(money)
        elif is_money and set(after) - {""} <= _MULTIPLE.keys():
            yield Units(money, _others(after, _factors(after, _MULTIPLE), ""))
        elif marks and before[""] >= enough:
            yield from _behind(texts, after, enough)
    yield Units()


def is_currency(unit: str) -> bool:
    """Whether a unit is money.

    >>> is_currency("€"), is_currency("US$"), is_currency("kg")
    (True, True, False)
    """
    return _CURRENCY.fullmatch(unit) is not None


def _behind(texts: Sequence[str], after: Counter[str], enough: float) -> Iterator[Units]:
    """Units that stand behind their numbers: several of one family, or one."""
    symbol = _most(after)
    if _SYMBOL.fullmatch(symbol) and after[symbol] + after[""] >= enough:
        yield Units(symbol)
        return
    for family in (*_FACTORS, _MULTIPLE):
        factors = _factors(after, family)
        is_several = len(set(factors.values()) if family is _MULTIPLE else factors) > 1
        if is_several and sum(after[name] for name in factors) + after[""] >= enough:
            base = "" if family is _MULTIPLE else _most(Counter({name: after[name] for name in factors}))
            yield Units(base, _others(after, factors, base))
            return
    if _LETTERS.fullmatch(symbol) and after[symbol] >= enough:
        is_known = any(_factors({symbol}, family) for family in _FACTORS)
        if len(texts) >= (_FEW_NUMBERS if is_known else _ENOUGH_NUMBERS):
            yield Units(symbol)


def _factors(names: Iterable[str], family: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """What one of each name is, as far as a family knows it: as it stands, without a final point, or without its case.

    A single letter keeps its case, for m and M differ.
    """
    folded = {name.casefold(): factor for name, factor in family.items() if len(name) > 1}
    found: dict[str, Fraction] = {}
    for name in names:
        short = name.rstrip(".")
        factor = family.get(name, family.get(short, folded.get(short.casefold())))
        if name and factor is not None:
            found[name] = factor
    return found


def _others(found: Counter[str], factors: Mapping[str, Fraction], base: str) -> tuple[str, ...]:
    """Units beside the base, as `Column.other_units` writes them, the most frequent first."""
    names = sorted((name for name in factors if name != base), key=lambda one: (-found[one], one))
    return tuple(f"{name}={factors[name] / factors.get(base, Fraction(1))}" for name in names)


def _beside(text: str) -> tuple[str, str] | None:
    """What stands before and behind the number in a text, or None where it is not one number with something beside."""
    match = _AMOUNT.fullmatch(plain_text(text))
    return None if match is None else (match["before"].strip(), match["after"].strip())


def _most(found: Counter[str]) -> str:
    """The most frequent one that is something, or ""."""
    named = {name: count for name, count in found.items() if name}
    return max(named, key=lambda name: (named[name], name)) if named else ""


def one_in(unit: str, other: str) -> float | None:
    """What one of a unit is in another one; None where they are not known, or measure different things.

    >>> one_in("g", "kg"), one_in("ounce", "oz"), one_in("kg", "month")
    (0.001, 1.0, None)
    """
    for family in _FACTORS:
        names = family if unit in family and other in family else {name.casefold(): one for name, one in family.items()}
        if (first := _of(names, unit)) is not None and (second := _of(names, other)) is not None:
            return float(first / second)
    return None


def _of(family: Mapping[str, Fraction], unit: str) -> Fraction | None:
    return family.get(unit, family.get(unit.casefold()))
