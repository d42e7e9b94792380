"""How a cell of a date column is read."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import numpy as np

from journeyman.bundle.cell import OK, REFUSED, UNUSUAL, ReadOne, fold, missing_words, plain_text, simplify, spell
from journeyman.bundle.date_formats import DAY, NUMBERED, date_text_reader, number_date
from journeyman.table.schema import Column

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY = date(1970, 1, 1).toordinal()


def missing_moments(column: Column) -> frozenset[int]:
    """The column's spellings of "missing" that are dates, as 9999-12-31: they mean it in every format."""
    read = date_text_reader("iso")
    found = (read(word.strip()) for word in column.missing)
    return frozenset(value for value in found if value is not None)


def date_reader(column: Column) -> ReadOne:
    """Read a date or a time as microseconds since 1970-01-01 UTC; None is missing.

    Text is read in the column's formats, the first that takes it, or as ISO 8601 where it is that; a time without a
    zone is taken as UTC. Parts finer than a microsecond are cut off. A number is a date where one of the formats is
    written as numbers.
    """
    low = float("-inf") if column.low is None else column.low
    high = float("inf") if column.high is None else column.high
    missing = missing_words(column)
    formats = dict.fromkeys((column.date_format, *column.date_formats, "iso"))
    readers = [date_text_reader(name) for name in formats]
    numbered = [name for name in formats if name in NUMBERED]

    holes = missing_moments(column)

    def bounded(value: int) -> tuple[int | None, int]:
        if holes and value in holes:
            return None, OK
        return value, OK if low <= value <= high else UNUSUAL

    def text(cell: str) -> tuple[int | None, int]:
        clean = cell.strip() if cell.isascii() else plain_text(cell)
        for read in readers:
            value = read(clean)
            if value is not None:
                return bounded(value)
        return None, OK if fold(cell) in missing else REFUSED

    def number(value: float) -> tuple[int | None, int]:
        for name in numbered:
            found = number_date(name, value)
            if found is not None:
                return bounded(found)
        return None, OK if spell(value) in missing else REFUSED

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
            since = zoned - _EPOCH
            return bounded((since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds)
        if isinstance(value, date):
            return bounded((value.toordinal() - _EPOCH_DAY) * DAY)
        if numbered and isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            return number(float(value)) if -1e18 < value < 1e18 else (None, REFUSED)
        return None, REFUSED

    return read
