"""Numbers that are cut off: many cells at one value beyond which there is none."""

from __future__ import annotations

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.check import looked_at, sample, some
from journeyman.table.columns import Numbers
from journeyman.table.finding import Finding, Remedy
from journeyman.table.said import number, share
from journeyman.table.table import Table

#: At the end stands so much of the column, so many cells, and so many times what a value beside it has.
LEAST_SHARE, FEWEST, TIMES = 0.01, 15, 5.0
#: What most cells are is the rule, and no cap.
MOST_SHARE = 0.5
#: A column of fewer different values has levels, of which the last may well be frequent.
FEWEST_VALUES = 30
#: So many values next to the end are what the end is compared with.
BESIDE = 20
MOST_ROWS = 50_000


def look(table: Table, brief: Brief) -> tuple[Finding, ...]:
    """A finding for each column of numbers, the target too, with a pile of cells at its largest value.

    Zeros are no cap, so only the upper end is looked at. A model can learn a capped feature; of a capped target it
    learns the cap, and what lies beyond is unknown.
    """
    rows = sample(table.rows, MOST_ROWS)
    names = [column.name for column in looked_at(table, brief) if column.kind == "number"]
    found = []
    for name in names + ([brief.predict] if brief.predict in table.schema else []):
        value = table.values[name]
        if isinstance(value, np.ndarray) and (cap := _cap(value[rows])) is not None:
            found.append(_finding(table, name, value, cap, is_target=name == brief.predict))
    return tuple(found)


def _cap(cells: Numbers) -> float | None:
    there = cells[~np.isnan(cells)]
    if len(there) < FEWEST_VALUES:
        return None
    high = float(there.max())
    count = int((there == high).sum())
    if not max(FEWEST, LEAST_SHARE * len(there)) <= count <= MOST_SHARE * len(there):
        return None
    values, counts = np.unique(there, return_counts=True)
    beside = counts[-BESIDE - 1 : -1]
    if (
        len(values) < FEWEST_VALUES
        or count < TIMES * max(float(np.median(beside)), 1.0)
        or count < 3 * int(beside.max())
    ):
        return None
    return high


def _finding(table: Table, name: str, value: Numbers, cap: float, *, is_target: bool) -> Finding:
    count = int((value == cap).sum())
    known = int((~np.isnan(value)).sum())
    beyond = "; what is larger was written as this" if is_target else ""
    return Finding(
        code="capped_values",
        severity="warning" if is_target else "info",
        message=f"{name!r} stops at {number(cap)}: {some(count, 'cell')} ({share(count / known)}) are there, and none "
        f"beyond{beyond}",
        columns=(name,),
        numbers={"cap": cap, "count": count, "share": round(count / known, 5)},
        remedy=Remedy(
            action="review" if is_target else "none",
            words="answers near the cap are too low; ask whoever made the table for the values beyond"
            if is_target
            else "it is used as it is",
        ),
    )
