"""How a cell of a number column and of a flag column is read."""

from __future__ import annotations

import re
import sys
from datetime import timedelta
from decimal import Decimal
from functools import lru_cache

import numpy as np

from journeyman.bundle.amounts import amount_reader
from journeyman.bundle.cell import (
    NAN,
    OK,
    PLAIN_TYPES,
    REFUSED,
    UNUSUAL,
    ReadOne,
    fold,
    missing_words,
    plain_text,
    simplify,
    spell,
)
from journeyman.table.schema import Column

LARGEST = sys.float_info.max
_INFINITE = frozenset({"inf", "+inf", "-inf", "infinity", "+infinity", "-infinity", "∞", "+∞", "-∞"})
_DIGIT = re.compile(r"\d")
_DECIMALS = {".": re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")}
_DECIMALS[","] = re.compile(_DECIMALS["."].pattern.replace(r"\.", ","))


def number_reader(column: Column) -> ReadOne:
    """Read a number: strict grammar for text, any number type, missing and infinite as NaN.

    Text is read as the column declares that its numbers are written (`journeyman.bundle.amounts`). Digits of other
    scripts and the true minus sign count as what they look like.
    """
    low = -LARGEST if column.low is None else column.low
    high = LARGEST if column.high is None else column.high
    plain = _DECIMALS["," if column.decimal == "," else "."].fullmatch
    has_comma = column.decimal == ","
    missing = missing_words(column)
    amount = amount_reader(column)
    holes = missing_numbers(column)
    asks_first = is_doubtful(column)

    def bounded(value: float) -> tuple[float, int]:
        if holes and value in holes:
            return NAN, OK
        if low <= value <= high:
            return value, OK
        if value != value:
            return NAN, OK
        return (value, UNUSUAL) if abs(value) <= LARGEST else (NAN, UNUSUAL)

    def text(cell: str) -> tuple[float, int]:
        if plain(cell):
            return bounded(float(cell.replace(",", ".") if has_comma else cell))
        if cell in missing:
            return NAN, OK
        value = None if asks_first else amount(cell)
        if value is not None:
            return bounded(value)
        if fold(cell) in missing:
            return NAN, OK
        clean = plain_text(cell)
        value = amount(clean)
        if value is not None:
            return bounded(value)
        return NAN, UNUSUAL if clean.casefold() in _INFINITE else REFUSED

    def read(cell: object) -> tuple[float, int]:
        kind = type(cell)
        if kind is float:
            return bounded(cell)  # type: ignore[arg-type]  # its type was just looked at
        if kind is str:
            return text(cell)  # type: ignore[arg-type]  # its type was just looked at
        value = cell if kind in PLAIN_TYPES else simplify(cell)
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


def plain_range(column: Column) -> tuple[float, float]:
    """The least and the largest of floats and whole numbers that `cell_reader` takes as they are, and as ordinary.

    The range is empty where some of them mean "missing", and for flags.
    """
    if column.kind != "number" or missing_numbers(column):
        return 1.0, 0.0
    return -LARGEST if column.low is None else column.low, LARGEST if column.high is None else column.high


def is_doubtful(column: Column) -> bool:
    """Whether a spelling of "missing" is an amount, as "0 kg": "missing" goes before amounts then."""
    words = _with_digits(column.missing)
    if not words:
        return False
    amount = amount_reader(column)
    return any(amount(word) is not None for word in words)


@lru_cache(maxsize=256)
def _with_digits(missing: tuple[str, ...]) -> tuple[str, ...]:
    """Spellings of "missing", as they are compared, that hold a digit and are no plain number."""
    words = {"", *(fold(word) for word in missing)}
    return tuple(word for word in sorted(words) if _DIGIT.search(word) and not _DECIMALS["."].fullmatch(word))


def missing_numbers(column: Column) -> frozenset[float]:
    """The column's spellings of "missing" that are numbers, as -999: they mean it as numbers too."""
    return _plain_numbers(column.missing)


@lru_cache(maxsize=256)
def _plain_numbers(missing: tuple[str, ...]) -> frozenset[float]:
    words = [word.strip() for word in missing]
    return frozenset(float(word) for word in words if _DECIMALS["."].fullmatch(word))


def flag_reader(column: Column) -> ReadOne:
    """Read a flag as 1 or 0: its declared words, true and false, and the numbers 1 and 0."""
    values = {"true": 1.0, "false": 0.0, "1": 1.0, "0": 0.0, "1.0": 1.0, "0.0": 0.0}
    values |= {fold(word): 1.0 for word in column.true_words} | {fold(word): 0.0 for word in column.false_words}
    missing = missing_words(column)
    # As the column declares them, words need no folding.
    declared = {word: values[fold(word)] for word in (*column.true_words, *column.false_words)}

    def read(cell: object) -> tuple[float, int]:
        if type(cell) is bool:
            return (1.0 if cell else 0.0), OK
        if type(cell) is str and cell in declared:
            return declared[cell], OK
        value = simplify(cell)
        if value is None or value != value:
            return NAN, OK
        if isinstance(value, int | float | Decimal):
            try:
                amount = float(value)
            except OverflowError:
                return NAN, REFUSED
            if amount not in (0, 1) and spell(amount) in values:
                return values[spell(amount)], OK
            return (amount, OK) if amount in (0, 1) else (NAN, REFUSED)
        if isinstance(value, str):
            word = fold(value)
            if word in values:
                return values[word], OK
            return (NAN, OK) if word in missing else (NAN, REFUSED)
        return NAN, REFUSED

    return read
