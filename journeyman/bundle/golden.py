"""Golden rows: made up from the schema, never people's rows; scored when a bundle is written and whenever it is loaded.

They hold typical cells, missing ones, levels that were never seen and numbers and dates out of range, so that every
part of the graph has something to answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from journeyman.bundle.date_formats import date_written
from journeyman.table.schema import Column

ROWS = 16
#: Texts made of what texts of any kind are likely to hold: frequent words of some languages, digits and marks.
TEXTS = (
    "The best of it is that this was not very good, but I like it.",
    "free call now! 100 % new - 2 for 1, only $ 5.00 (or £ 3) @ www.com",
    "de la que el en y a los se del las un por con no una su para es",
    "der die und in den von zu das mit sich des auf für ist im dem nicht ein",
    "a an and are as at be by for from has he in is it its on to with you we they",
    "的 一 是 不 了 人 我 在 有 他 の に は を た が で て と し",
    "",
)
#: A word that no table holds.
UNSEEN = "\ufffdnever seen\ufffd"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_YEAR = 365 * 86_400 * 1_000_000  # in microseconds
_DEFAULT_DATE = 50 * _YEAR


def golden_cells(columns: Sequence[Column]) -> dict[str, list[Any]]:
    """Cells for `ROWS` rows by column name, as JSON holds them.

    The first row is typical, the second is missing throughout, in the third everything is as never seen; in the
    others each column goes through its cells at its own pace.
    """
    cells = {}
    for place, column in enumerate(columns):
        typical, strange, others = _choices(column)
        every = [typical, *others, None, strange]
        cells[column.name] = [typical, None, strange] + [
            every[(row * (1 + place % 5) + place + row // 3) % len(every)] for row in range(ROWS - 3)
        ]
    return cells


def _choices(column: Column) -> tuple[Any, Any, list[Any]]:
    """A typical cell, one as never seen, and others."""
    if column.kind == "flag":
        return True, False, [False]
    if column.kind == "category":
        levels = list(column.levels[:12]) or [UNSEEN]
        return levels[0], UNSEEN, levels[1:]
    if column.kind == "text":
        # An empty cell would be a missing one; a joiner is a text without terms.
        return TEXTS[0], UNSEEN, [text or "\u2060" for text in TEXTS[1:]]
    if column.kind == "date":
        low = _DEFAULT_DATE if column.low is None else column.low
        high = low if column.high is None else column.high
        middle = (low + high) / 2
        return (
            date_text(middle, column.date_format),
            date_text(high + _YEAR, column.date_format),
            [date_text(at, column.date_format) for at in (low, high, low + (high - low) / 3)],
        )
    low = 0.0 if column.low is None else column.low
    high = 1.0 if column.high is None else column.high
    # Halves first: the difference of two very large numbers may be infinite.
    middle = low / 2 + high / 2
    beyond = high + abs(high) / 2 + 1.0
    return middle, beyond if abs(beyond) < 1e300 else high, [low, high, low / 4 + 3 * (high / 4), float(round(middle))]


def date_text(at: float, date_format: str) -> str:
    """A time in microseconds as text of a column's format, to the minute.

    >>> date_text(86_400_000_000, "d/m/y"), date_text(0, "iso")
    ('2/1/1970 00:00', '1970-01-01T00:00')
    """
    try:
        when = _EPOCH + timedelta(microseconds=int(at))
    except OverflowError:
        when = _EPOCH
    return date_written(when, date_format)
