"""Numbers as people write them: the grammar that a column declares, as a reader of one text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from fractions import Fraction

from journeyman.table.schema import Column

#: A reader of one text, its blanks and scripts made plain (`journeyman.bundle.cell.plain_text`); None is no number.
ReadAmount = Callable[[str], float | None]

_FEET = r"(?:'|′|ft\.?|feet|foot)"
_INCHES = r"(?:\"|″|''|′′|in\.?|inch(?:es)?)"
_FEET_AND_INCHES = re.compile(
    rf"(?P<feet>[0-9]{{1,4}}(?:\.[0-9]+)?)\s?{_FEET}(?:\s?-?(?P<inches>[0-9]{{1,2}}(?:\.[0-9]+)?)\s?{_INCHES}?)?"
    rf"|(?P<only>[0-9]{{1,4}}(?:\.[0-9]+)?)\s?{_INCHES}"
)
_CLOCK = re.compile(
    r"(?P<hour>[0-9]{1,3}):(?P<minute>[0-5][0-9])(?::(?P<second>[0-5][0-9](?:[.,][0-9]+)?))?"
    r"(?:\s?(?P<half>[ap])\.?m\.?)?",
    re.IGNORECASE,
)
_OPEN = re.compile(r"(?P<sign>[<>≤≥~])=?\s?(?P<end>.+)|(?P<least>.+?)\s?\+")
_BETWEEN = re.compile(r"(?P<low>.*[^\s(-].*?)\s?(?:-|\bto\b|\.\.\.?|…)\s?(?P<high>.*[0-9].*)")
_LONGEST_RANGE = 60
_LEADING_ZERO = re.compile(r"(?<![0-9.,])0[0-9]")
_UNIT = re.compile(r"(?P<name>[^=]+)=(?P<over>[0-9]{1,18})(?:/(?P<under>[1-9][0-9]{0,17}))?")


def amount_reader(column: Column) -> ReadAmount:
    """The reader of amounts as a column declares them.

    Parameters
    ----------
    column : its ``decimal``, ``thousands``, ``groups``, ``unit``, ``other_units``, ``notation`` and ``ranges`` say what
        may stand in a text; a sum in parentheses is negative
    """
    single = _plain_reader(column)
    if column.notation in _PARTS:
        single = _either(_PARTS[column.notation], single)
    return _range_reader(single) if column.ranges == "middle" else single


def unit_factors(column: Column) -> dict[str, Fraction]:
    """What one of each unit that cells carry is in the column's own unit.

    >>> unit_factors(Column(name="weight", kind="number", unit="kg", other_units=("g=1/1000",)))["g"]
    Fraction(1, 1000)
    """
    found = {column.unit: Fraction(1)} if column.unit else {}
    for text in column.other_units:
        match = _UNIT.fullmatch(text)
        if match:
            found[match["name"]] = Fraction(int(match["over"]), int(match["under"] or 1))
    return found


def is_unit(text: str) -> bool:
    """Whether a text is one of `Column.other_units` as we write them."""
    return _UNIT.fullmatch(text) is not None


def _plain_reader(column: Column) -> ReadAmount:
    factors = {unicodedata.normalize("NFKC", name): factor for name, factor in unit_factors(column).items()}
    names = "|".join(re.escape(name) for name in sorted(factors, key=lambda name: (-len(name), name)))
    digits = f"(?P<number>{_digits(column)})"
    if names:
        before, after = (rf"(?P<{side}>{names})" for side in ("before", "after"))
        grammar = re.compile(rf"(?P<sign>[+-]?)\s?(?:{before}\s*)?(?P<inner>[+-]?){digits}(?:\s*{after})?")
    else:
        grammar = re.compile(rf"(?P<sign>[+-]?)(?P<inner>){digits}")
    scales = _scales(factors)
    decimal, thousands = column.decimal, column.thousands

    def read(text: str) -> float | None:
        is_negative = text.startswith("(") and text.endswith(")")
        found = grammar.fullmatch(text[1:-1].strip() if is_negative else text)
        if not found or (found["sign"] and found["inner"]):
            return None
        value = float(_as_program(found["number"], decimal, thousands))
        if names:
            over, under = scales[found["before"], found["after"]]
            value = value * over / under
        is_negative ^= "-" in (found["sign"], found["inner"])
        return -value if is_negative else value

    return read


def _scales(factors: dict[str, Fraction]) -> dict[tuple[str | None, str | None], tuple[int, int]]:
    """What a number is to be multiplied with and divided by, for each pair of what may stand before and behind it."""
    sides: dict[str | None, Fraction] = {None: Fraction(1)}
    sides.update(factors)
    pairs = {(before, after): sides[before] * sides[after] for before in sides for after in sides}
    return {pair: (factor.numerator, factor.denominator) for pair, factor in pairs.items()}


def _digits(column: Column) -> str:
    """The grammar of the digits of a number, without its sign."""
    exponent = r"(?:[eE][+-]?[0-9]+)?"
    if column.decimal == ".,":
        one_mark = r"[0-9]+[.,]?[0-9]*|[.,][0-9]+"
        marks = r"[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]*|[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]*"
        grouped = r"[0-9]{1,3}(?:,[0-9]{3}){2,}|[0-9]{1,3}(?:\.[0-9]{3}){2,}"
        return rf"(?:{marks}|{grouped}|(?:{one_mark}){exponent})"
    mark = re.escape(column.decimal)
    plain = rf"(?:[0-9]+{mark}?[0-9]*|{mark}[0-9]+){exponent}"
    if not column.thousands:
        return rf"(?:{plain})"
    group = re.escape(column.thousands)
    whole = rf"[0-9]{{1,3}}(?:{group}[0-9]{{3}})+"
    if column.groups == "lakhs":
        whole = rf"(?:{whole}|[0-9]{{1,2}}(?:{group}[0-9]{{2}})+{group}[0-9]{{3}})"
    return rf"(?:{whole}(?:{mark}[0-9]*)?|{plain})"


def _as_program(number: str, decimal: str, thousands: str) -> str:
    """The digits as a program writes them."""
    if decimal == ".,":
        commas, points = number.count(","), number.count(".")
        if commas and points:
            last = max(number.rfind(","), number.rfind("."))
            return number[:last].replace(",", "").replace(".", "") + "." + number[last + 1 :]
        if commas + points > 1:
            return number.replace(",", "").replace(".", "")
        return number.replace(",", ".")
    if thousands:
        number = number.replace(thousands, "")
    return number.replace(",", ".") if decimal == "," else number


def _feet(text: str) -> float | None:
    """Feet and inches as inches.

    >>> _feet("6' 2\\""), _feet("5 ft"), _feet("11in")
    (74.0, 60.0, 11.0)
    """
    found = _FEET_AND_INCHES.fullmatch(text)
    if not found:
        return None
    if found["only"]:
        return float(found["only"])
    return float(found["feet"]) * 12 + float(found["inches"] or 0)


def _clock(text: str) -> float | None:
    """A time of day, or a duration in hours and minutes, as hours.

    >>> _clock("14:30"), _clock("2:30 pm"), _clock("0:00:36")
    (14.5, 14.5, 0.01)
    """
    found = _CLOCK.fullmatch(text)
    if not found:
        return None
    hour = int(found["hour"])
    if found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["half"] in "pP" else 0)
    second = float((found["second"] or "0").replace(",", "."))
    return hour + int(found["minute"]) / 60 + second / 3600


def _range_reader(single: ReadAmount) -> ReadAmount:
    """A number, the middle of ``10-19`` and of ``<5``, or the end of ``>50`` and ``100+``."""

    def read(text: str) -> float | None:
        value = single(text)
        if value is not None:
            return value
        if len(text) > _LONGEST_RANGE:
            return None
        is_open = _OPEN.fullmatch(text)
        if is_open:
            end = single((is_open["end"] or is_open["least"]).strip())
            # Less than five is something between nought and five.
            return end / 2 if end is not None and end > 0 and is_open["sign"] in ("<", "≤") else end
        between = _BETWEEN.fullmatch(text)
        # 17-000123 is a name, and no range.
        if not between or _LEADING_ZERO.search(text):
            return None
        low, high = single(between["low"].strip()), single(between["high"].strip())
        return None if low is None or high is None or low > high else (low + high) / 2

    return read


def _either(first: ReadAmount, second: ReadAmount) -> ReadAmount:
    def read(text: str) -> float | None:
        value = first(text)
        return second(text) if value is None else value

    return read


_PARTS = {"feet": _feet, "clock": _clock}
