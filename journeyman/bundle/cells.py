"""How one cell is read, for each kind of column. The one place where text, numbers and dates get their meaning.

Every way in (a file, a frame, a batch, one row at a time) ends here, so the same cell means the same everywhere.
A reading is a pair: the value, and whether the cell is ordinary, unusual, or cannot be what its column is.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np

from journeyman.bundle.terms import terms_of
from journeyman.table.columns import MISSING_WORD, TERM_END
from journeyman.table.schema import Column

#: What a cell was: ordinary, readable but never met in training, or unreadable (its value is then missing).
OK, UNUSUAL, REFUSED = 0, 1, 2

#: A reader of one cell: its value and its state. Missing is NaN, `MISSING_WORD`, or None for a date.
ReadOne = Callable[[object], tuple[Any, int]]

NAN = float("nan")
_LARGEST = sys.float_info.max
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_INFINITE = frozenset({"inf", "+inf", "-inf", "infinity", "+infinity", "-infinity", "∞", "+∞", "-∞"})
_WHOLE = re.compile(r"[+-]?[0-9]{1,300}")
_DECIMALS = {".": re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")}
_DECIMALS[","] = re.compile(_DECIMALS["."].pattern.replace(r"\.", ","))
_TIME = (
    r"(?:(?:[T ]|, )\s*(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,](?P<part>[0-9]{1,9}))?)?"
    r"(?:\s?(?P<half>[AaPp][Mm]))?\s?(?P<zone>Z|z|UTC|GMT|[+-][0-9]{2}:?(?:[0-9]{2})?)?)?"
)
_PLAIN_TYPES = frozenset({str, float, int, bool, type(None)})


def fold(text: str) -> str:
    """A spelling as it is compared: composed, stripped, case ignored."""
    plain = text if text.isascii() else unicodedata.normalize("NFC", text)
    return plain.strip().casefold()


def simplify(cell: object) -> Any:
    """A cell as plain Python: numpy scalars unpacked, every kind of "not there" as None.

    A number of less than 64 bits is taken as the shortest decimal that spells it: 0.1 stays 0.1.
    """
    if type(cell) in _PLAIN_TYPES:
        return cell
    if isinstance(cell, str):
        return str(cell)
    if isinstance(cell, np.generic):
        if isinstance(cell, np.datetime64 | np.timedelta64):
            return None if np.isnat(cell) else cell
        if isinstance(cell, np.floating):
            return float(str(cell)) if cell.dtype.itemsize < 8 else float(cell)
        return cell.item()
    if type(cell).__name__ in ("NAType", "NaTType"):
        return None
    if isinstance(cell, Decimal):
        return None if cell.is_nan() else cell
    for plain in (int, float):
        if isinstance(cell, plain):
            return plain(cell)
    return cell


def spell(value: float) -> str:
    """A finite number in its shortest spelling; whole numbers without a point.

    >>> spell(3.0), spell(0.1), spell(-0.0)
    ('3', '0.1', '0')
    """
    return str(int(value)) if value.is_integer() else repr(value)


def cell_reader(column: Column) -> ReadOne:
    """The reader of one cell of a column."""
    if column.kind == "number":
        return number_reader(column)
    if column.kind == "flag":
        return flag_reader(column)
    if column.kind == "date":
        return date_reader(column)
    if column.kind == "text":
        return text_reader(column)
    return word_reader(column)


def number_reader(column: Column) -> ReadOne:
    """Read a number: strict grammar for text, any number type, missing and infinite as NaN.

    Text may carry the column's unit before or behind it, its thousands marks in groups of three, and parentheses for
    a negative sum. Digits of other scripts' width and the true minus sign count as what they look like.
    """
    low = -_LARGEST if column.low is None else column.low
    high = _LARGEST if column.high is None else column.high
    plain = _DECIMALS["," if column.decimal == "," else "."].fullmatch
    has_comma = column.decimal == ","
    missing = _missing_words(column)
    mark = re.escape(column.thousands)
    grouped = (
        re.compile(rf"[+-]?[0-9]{{1,3}}(?:{mark}[0-9]{{3}})+(?:{re.escape(column.decimal)}[0-9]*)?").fullmatch
        if column.thousands
        else None
    )

    holes = missing_numbers(column)

    def bounded(value: float) -> tuple[float, int]:
        if holes and value in holes:
            return NAN, OK
        if low <= value <= high:
            return value, OK
        if value != value:
            return NAN, OK
        return (value, UNUSUAL) if abs(value) <= _LARGEST else (NAN, UNUSUAL)

    def text(cell: str) -> tuple[float, int]:
        if plain(cell):
            return bounded(float(cell.replace(",", ".") if has_comma else cell))
        if fold(cell) in missing:
            return NAN, OK
        clean = unicodedata.normalize("NFKC", cell).replace("\u2212", "-").strip()
        if clean.casefold() in _INFINITE:
            return NAN, UNUSUAL
        negative = clean.startswith("(") and clean.endswith(")")
        if negative:
            clean = clean[1:-1].strip()
        if column.unit:
            clean = _without_unit(clean, column.unit)
        if grouped is not None and grouped(clean):
            clean = clean.replace(column.thousands, "")
        if not plain(clean):
            return NAN, REFUSED
        value = float(clean.replace(",", ".") if has_comma else clean)
        return bounded(-value if negative else value)

    def read(cell: object) -> tuple[float, int]:
        kind = type(cell)
        if kind is float:
            return bounded(cell)  # type: ignore[arg-type]  # its type was just looked at
        if kind is str:
            return text(cell)  # type: ignore[arg-type]  # its type was just looked at
        value = cell if kind in _PLAIN_TYPES else simplify(cell)
        if value is None:
            return NAN, OK
        if isinstance(value, int | float | Decimal):
            try:
                return bounded(float(value))
            except OverflowError:
                return NAN, UNUSUAL
        if isinstance(value, str):
            return text(value)
        if isinstance(value, np.timedelta64):
            return bounded(float(value / np.timedelta64(1, "us")) / 1e6)
        if isinstance(value, timedelta):
            return bounded(value.total_seconds())
        return NAN, REFUSED

    return read


def missing_numbers(column: Column) -> frozenset[float]:
    """The column's spellings of "missing" that are numbers, as -999: they mean it as numbers too."""
    words = [word.strip() for word in column.missing]
    return frozenset(float(word) for word in words if _DECIMALS["."].fullmatch(word))


def flag_reader(column: Column) -> ReadOne:
    """Read a flag as 1 or 0: its declared words, true and false, and the numbers 1 and 0."""
    values = {"true": 1.0, "false": 0.0, "1": 1.0, "0": 0.0, "1.0": 1.0, "0.0": 0.0}
    values |= {fold(word): 1.0 for word in column.true_words} | {fold(word): 0.0 for word in column.false_words}
    missing = _missing_words(column)

    def read(cell: object) -> tuple[float, int]:
        value = simplify(cell)
        if value is None or value != value:
            return NAN, OK
        if isinstance(value, int | float | Decimal):
            return (float(value), OK) if value in (0, 1) else (NAN, REFUSED)
        if isinstance(value, str):
            word = fold(value)
            if word in values:
                return values[word], OK
            return (NAN, OK) if word in missing else (NAN, REFUSED)
        return NAN, REFUSED

    return read


def word_reader(column: Column) -> ReadOne:
    """Read a word: composed (NFC), stripped, U+001F as a space, missing spellings as `MISSING_WORD`.

    Where the column's words are numbers, 1, 1.0 and "1.0" are one word. A truth value takes the spelling that the
    column's levels have for it.
    """
    levels = frozenset(column.levels)
    missing = _missing_words(column)
    is_numeric = column.numeric_spelling
    number = number_reader(column) if is_numeric else None
    truth = {
        value: next((word for word in column.levels if word in spellings), spellings[0])
        for value, spellings in ((True, ("True", "true", "TRUE")), (False, ("False", "false", "FALSE")))
    }

    def text(cell: str) -> str:
        word = (cell if cell.isascii() else unicodedata.normalize("NFC", cell)).replace("\x1f", " ").strip()
        if word.casefold() in missing:
            return MISSING_WORD
        if number is None:
            return word
        if _WHOLE.fullmatch(word):
            return str(int(word))
        value, state = number(word)
        if state == REFUSED:
            return word
        return spell(value) if value == value else MISSING_WORD

    def known(word: str) -> tuple[str, int]:
        if number is not None and word in missing:
            return MISSING_WORD, OK
        return word, OK if not levels or word in levels or word == MISSING_WORD else UNUSUAL

    def read(cell: object) -> tuple[str, int]:
        if type(cell) is str:
            # a known level is its own spelling
            return (cell, OK) if cell in levels else known(text(cell))
        value = simplify(cell)
        if value is None:
            return MISSING_WORD, OK
        if isinstance(value, str):
            return known(text(value))
        if isinstance(value, bool):
            return known(truth[value])
        if isinstance(value, int):
            return known(str(value))
        if isinstance(value, float | Decimal):
            amount = float(value)
            if amount != amount:
                return MISSING_WORD, OK
            return known(spell(amount)) if abs(amount) <= _LARGEST else (MISSING_WORD, UNUSUAL)
        if isinstance(value, np.datetime64):
            value = value.astype("datetime64[us]").item()
        if isinstance(value, datetime):
            at_midnight = value.time() == value.time().min and value.tzinfo is None
            return known((value.date() if at_midnight else value).isoformat())
        if isinstance(value, date):
            return known(value.isoformat())
        return MISSING_WORD, REFUSED

    return read


def text_reader(column: Column) -> ReadOne:
    """Read a text as its terms, joined by U+001F; missing is what it is to `word_reader`.

    A text without terms is "", which no spelling of "missing" is.
    """
    word = word_reader(column)
    form = column.terms

    def read(cell: object) -> tuple[str, int]:
        value, state = word(cell)
        return value if value == MISSING_WORD else TERM_END.join(terms_of(value, form)), state

    return read


def date_reader(column: Column) -> ReadOne:
    """Read a date or a time as microseconds since 1970-01-01 UTC; None is missing.

    Text is read in the column's format, or as ISO 8601 where it is that; a time without a zone is taken as UTC.
    Parts finer than a microsecond are cut off.
    """
    low = float("-inf") if column.low is None else column.low
    high = float("inf") if column.high is None else column.high
    missing = _missing_words(column)
    patterns = [date_pattern(name) for name in dict.fromkeys((column.date_format, "iso"))]

    def bounded(value: int) -> tuple[int, int]:
        return value, OK if low <= value <= high else UNUSUAL

    def text(cell: str) -> tuple[int | None, int]:
        clean = cell.strip()
        for pattern in patterns:
            found = pattern.fullmatch(clean)
            if found:
                value = _microseconds(found)
                if value is not None:
                    return bounded(value)
        return None, OK if fold(cell) in missing else REFUSED

    def read(cell: object) -> tuple[int | None, int]:
        value = simplify(cell)
        if value is None or (isinstance(value, float) and value != value):
            return None, OK
        if isinstance(value, str):
            return text(value)
        if isinstance(value, np.datetime64):
            return bounded(int(value.astype("datetime64[us]").astype(np.int64)))
        if isinstance(value, datetime):
            zoned = value if value.tzinfo else value.replace(tzinfo=UTC)
            since = zoned - datetime(1970, 1, 1, tzinfo=UTC)
            return bounded((since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds)
        if isinstance(value, date):
            return bounded((value.toordinal() - _EPOCH_DAY) * 86_400_000_000)
        return None, REFUSED

    return read


def date_pattern(date_format: str) -> re.Pattern[str]:
    """The grammar of a date format: ``"iso"``, or an order with its separator as ``"d/m/y"``.

    >>> bool(date_pattern("d.m.y").fullmatch("3.4.2024 17:05"))
    True
    """
    if date_format == "iso":
        return re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{1,2})-(?P<d>[0-9]{1,2})" + _TIME)
    digits = {"y": "[0-9]{4}|[0-9]{2}", "m": "[0-9]{1,2}", "d": "[0-9]{1,2}"}
    mark = re.escape(date_format[1])
    return re.compile(mark.join(f"(?P<{part}>{digits[part]})" for part in date_format[::2]) + _TIME)


def _microseconds(found: re.Match[str]) -> int | None:
    """The time that a pattern found, or None where the calendar has no such time."""
    part = found.groupdict()
    year, hour = int(part["y"]), int(part["hour"] or 0)
    if len(part["y"]) == 2:
        year += 1900 if year >= 69 else 2000
    if part["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if part["half"] in ("pm", "PM", "Pm", "pM") else 0)
    minute, second = int(part["minute"] or 0), int(part["second"] or 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    try:
        days = date(year, int(part["m"]), int(part["d"])).toordinal() - _EPOCH_DAY
    except ValueError:
        return None
    fraction = int((part["part"] or "0")[:6].ljust(6, "0"))
    zone = part["zone"] or ""
    offset = 0
    if zone[:1] in ("+", "-"):
        clock = zone[1:].replace(":", "")
        offset = (int(clock[:2]) * 60 + int(clock[2:] or 0)) * (1 if zone[0] == "+" else -1)
    return (((days * 24 + hour) * 60 + minute - offset) * 60 + second) * 1_000_000 + fraction


def _missing_words(column: Column) -> frozenset[str]:
    return frozenset({"", *(fold(word) for word in column.missing)})


def _without_unit(text: str, unit: str) -> str:
    """The text without its unit, which may stand on either side; a sign may stand before it."""
    sign, rest = (text[0], text[1:]) if text[:1] in ("+", "-") else ("", text)
    name = unicodedata.normalize("NFKC", unit)
    for cut in (rest.removeprefix(name), rest.removesuffix(name)):
        if cut != rest:
            return sign + cut.strip()
    return text
