"""Dates that stand for "none", as 9999-12-31: many cells at one day far from all others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from journeyman.bundle.cells import fold
from journeyman.bundle.reader import missing_of
from journeyman.sources.meaning.evidence import Evidence
from journeyman.sources.meaning.missing import KNOWN
from journeyman.sources.meaning.seen import Seen
from journeyman.table.columns import Integers
from journeyman.table.finding import Finding, Remedy
from journeyman.table.schema import Column
from journeyman.table.table import Dates

#: When columns are refined: after numbers that are times are told from others.
AFTER = 25

#: Days that programs write where there is none: the ends of their calendars, and noughts of their counting.
DAYS = (
    *("9999-12-31", "9999-01-01", "9999-09-09", "2999-12-31", "2999-01-01", "2099-12-31", "3000-01-01"),
    *("0001-01-01", "1000-01-01", "1582-10-14", "1582-10-15", "1753-01-01", "1800-01-01", "1899-12-30", "1899-12-31"),
    *("1900-01-01", "1901-01-01", "1970-01-01"),
)
_MOMENTS = {day: int(np.datetime64(day, "us").astype(np.int64)) for day in DAYS}
#: So many cells at least, and so many of all.
_FEWEST, _SHARE = 2, 0.002
#: Fewer different days beside it say nothing about how far is far.
_ENOUGH = 5
#: So many cells are looked at for how they are written, and so many ways are shown.
_LOOKED_AT, _SHOWN = 10_000, 5


def refine(column: Column, evidence: Evidence) -> Column:
    """The column with the days among its missing marks that stand for none."""
    if column.kind != "date" or evidence.is_target:
        return column
    values = evidence.reading(column).values
    if not isinstance(values, Dates):
        return column
    found = stand_ins(values.at[~values.missing])
    return replace(column, missing=(*column.missing, *found)) if found else column


def stand_ins(there: Integers) -> tuple[str, ...]:
    """Days that stand for none among some moments (microseconds since 1970), as ISO 8601 writes them."""
    if not len(there):
        return ()
    found: list[str] = []
    left = there
    while len(left):
        ends = {int(left.min()), int(left.max())}
        taken = [day for day, at in _MOMENTS.items() if at in ends and _stands_out(left, at, len(there))]
        if not taken:
            break
        found += taken
        left = left[~np.isin(left, [_MOMENTS[day] for day in taken])]
    return tuple(found)


def _stands_out(there: Integers, at: int, rows: int) -> bool:
    """Whether a mass of cells stands at one day, further from the others than these are from each other."""
    count = int((there == at).sum())
    others = there[(there != at) & ~np.isin(there, list(_MOMENTS.values()))]
    if count < max(_FEWEST, _SHARE * rows) or len(others) < count or len(np.unique(others)) < _ENOUGH:
        return False
    low, high = int(others.min()), int(others.max())
    return min(abs(at - low), abs(at - high)) > high - low


def tell(seen: Seen) -> Iterator[Finding]:
    """Days that count as missing because they stand for none (``sentinel``)."""
    column = seen.column
    if column.kind != "date":
        return
    days = {one for one in column.missing if fold(one) not in seen.wished_missing | KNOWN}
    if not days:
        return
    before = seen.evidence.reading(replace(column, missing=tuple(one for one in column.missing if one not in days)))
    was_missing = missing_of(before.values) & ~before.refused
    rows = np.flatnonzero(missing_of(seen.read.values) & ~seen.read.refused & ~was_missing).tolist()
    if not rows:
        return
    written = dict.fromkeys(seen.written(row) for row in rows[:_LOOKED_AT])
    listed = ", ".join(list(written)[:_SHOWN])
    yield Finding(
        code="sentinel",
        severity="warning",
        message=f"{column.name!r} holds days that stand for 'none' in {len(rows):,} cells ({listed}); "
        "they count as missing",
        columns=(column.name,),
        rows=tuple(rows[:100]),
        numbers={"count": len(rows), "examples": [[rows[0] + 1, seen.written(rows[0]), ""]]},
        remedy=Remedy(action="review", words=f"if they are days, say --column {column.name}:keep={'|'.join(written)}"),
    )
