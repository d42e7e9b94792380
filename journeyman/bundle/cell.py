"""What every reading of a single cell shares: its states, cells as plain Python, and spellings as they are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any

import numpy as np

from journeyman.table.schema import Column

#: What a cell was: ordinary, readable but never met in training, or unreadable (its value is then missing).
OK, UNUSUAL, REFUSED = 0, 1, 2

#: A reader of one cell: its value and its state. Missing is NaN, `MISSING_WORD`, or None for a date.
ReadOne = Callable[[object], tuple[Any, int]]

NAN = float("nan")
PLAIN_TYPES = frozenset({str, float, int, bool, type(None)})
#: Marks that look like one which numbers are written with: true minus, dashes, the Swiss apostrophe, Arabic marks.
_LOOK_ALIKE = str.maketrans({"−": "-", "‒": "-", "–": "-", "’": "'", "٫": ".", "٬": ",", "﹣": "-"})
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")


def fold(text: str) -> str:
    """A spelling as it is compared: composed, stripped, case ignored."""
    plain = text if text.isascii() else unicodedata.normalize("NFC", text)
    return plain.strip().casefold()


def missing_words(column: Column) -> frozenset[str]:
    """The spellings of "missing" as they are compared; an empty cell always is."""
    return _folded(column.missing)


@lru_cache(maxsize=256)
def _folded(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset({"", *(fold(word) for word in words)})


def plain_text(text: str) -> str:
    """A text as numbers and dates are looked for in it: digits of every script as 0 to 9, one kind of blank and minus.

    >>> plain_text(" １２\N{NO-BREAK SPACE}345 "), plain_text("−٣"), plain_text("1’000")
    ('12 345', '-3', "1'000")
    """
    if text.isascii():
        return text.strip()
    clean = unicodedata.normalize("NFKC", text).translate(_LOOK_ALIKE)
    if _OTHER_DIGIT.search(clean):
        clean = "".join(str(unicodedata.decimal(mark)) if mark.isdecimal() else mark for mark in clean)
    return clean.strip()


def simplify(cell: object) -> Any:
    """A cell as plain Python: numpy scalars unpacked, every kind of "not there" as None.

    A number of less than 64 bits is taken as the shortest decimal that spells it: 0.1 stays 0.1.
    """
    if type(cell) in PLAIN_TYPES:
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
