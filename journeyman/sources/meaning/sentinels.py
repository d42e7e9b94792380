"""Numbers and dates that stand for "missing", as -999: many cells at one value far from all others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from journeyman.bundle.cells import fold, spell
from journeyman.bundle.number_cells import missing_numbers
from journeyman.sources.meaning.evidence import Evidence
from journeyman.sources.meaning.seen import Seen
from journeyman.table.columns import Numbers
from journeyman.table.finding import Finding, Remedy
from journeyman.table.schema import Column

#: When columns are refined: first, for what is missing tells nothing about the rest.
AFTER = 10

#: Such numbers are made of one digit, or are the ends of a type of integers.
_REPEATED = tuple(
    float(digit * length) for digit in ("9", "8", "7") for length in range(2, 11) if digit == "9" or length > 2
)
_ENDS = (32767.0, 32768.0, 65535.0, 2147483647.0, 2147483648.0, 4294967295.0, 9223372036854775807.0, 1e30, 1e10)
#: The nines among them are meant wherever they stand far out; the others only as a negative, or far beyond.
_CODES = frozenset({*_REPEATED, *_ENDS})
#: So many cells at least, and so many of all, are a mass and no value of its own.
_FEWEST, _SHARE = 2, 0.002
#: As far from the others as they are spread, at least: times their range.
_FAR = 1.0
#: Fewer different numbers beside it say nothing about how far is far.
_ENOUGH = 5


def refine(column: Column, evidence: Evidence) -> Column:
    """The column with the numbers among its missing marks that stand for "missing"."""
    if column.kind != "number" or evidence.is_target:
        return column
    values = evidence.numbers(column)
    found = stand_ins(values[~np.isnan(values)])
    return replace(column, missing=(*column.missing, *(spell(one) for one in found))) if found else column


def stand_ins(there: Numbers) -> tuple[float, ...]:
    """Numbers that stand for "missing" among some, the frequent ones first.

    Both ends are looked at again and again, for there may be several (-999 and 9999).

    Parameters
    ----------
    there : (rows,), none of them missing
    """
    found: dict[float, int] = {}
    left = there
    while len(left):
        ends = [end for end in (float(left.min()), float(left.max())) if abs(end) in _CODES]
        taken = [(end, int((left == end).sum())) for end in dict.fromkeys(ends)]
        taken = [(end, count) for end, count in taken if _stands_out(left, end, count, len(there))]
        if not taken:
            break
        found.update(taken)
        left = left[~np.isin(left, [end for end, _ in taken])]
    return tuple(sorted(found, key=lambda one: (-found[one], one)))


def _stands_out(there: Numbers, end: float, count: int, rows: int) -> bool:
    """Whether a mass of cells stands at one end, far from all the others."""
    if count < max(_FEWEST, _SHARE * rows):
        return False
    others = there[there != end]
    # The other end may be such a number, too.
    other_end = float(others.min() if end > 0 else others.max()) if len(others) else 0.0
    if abs(other_end) in _CODES and (other_end < 0) != (end < 0):
        inner = others[others != other_end]
        others = inner if len(inner) else others
    if len(others) < count or len(np.unique(others)) < _ENOUGH:
        return False
    low, high = float(others.min()), float(others.max())
    near = min(abs(end - low), abs(end - high))
    # Where everything else is positive, a negative one of these is no measurement.
    if end < 0 <= low and abs(end) >= 99:
        return True
    return near > _FAR * (high - low)


def tell(seen: Seen) -> Iterator[Finding]:
    """Numbers that count as missing because they stand for it (``sentinel``)."""
    column = seen.column
    if column.kind != "number" and not column.numeric_spelling:
        return
    holes = sorted(one for one in missing_numbers(column) if fold(spell(one)) not in seen.wished_missing)
    if not holes:
        return
    others = tuple(one for one in column.missing if fold(one) not in set(map(spell, holes)))
    values = seen.evidence.numbers(replace(column, kind="number", missing=others, levels=(), low=None, high=None))
    counts = {spell(one): int((values == one).sum()) for one in holes}
    rows = np.flatnonzero(np.isin(values, holes))
    if not len(rows):
        return
    listed = ", ".join(f"{name} {count:,}" for name, count in counts.items() if count)
    yield Finding(
        code="sentinel",
        severity="warning",
        message=f"{column.name!r} holds numbers that stand for 'missing' in {len(rows):,} cells ({listed}); "
        "they count as missing",
        columns=(column.name,),
        rows=tuple(rows[:100].tolist()),
        numbers={
            "count": len(rows),
            "examples": [[int(row) + 1, spell(float(values[row])), ""] for row in rows[:3]],
            **counts,
        },
        remedy=Remedy(
            action="review",
            words=f"if they are values, say --column {column.name}:keep={'|'.join(map(spell, holes))}",
        ),
    )
