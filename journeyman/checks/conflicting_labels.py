"""Rows that are equal in every column but the target: no model can be right about both."""

from __future__ import annotations

from functools import partial

import numpy as np

from journeyman.brief.aim import labelled
from journeyman.brief.brief import Brief
from journeyman.checks.check import row_numbers, sample, some
from journeyman.checks.duplicate_rows import compared
from journeyman.checks.evidence.cell_hashes import Hashes, alike, cell_hashes
from journeyman.table.columns import Integers, Strings
from journeyman.table.finding import Finding, Remedy, Skip
from journeyman.table.said import share
from journeyman.table.table import Dates, Table, Values

#: Above this share of the rows it is a bound on what any model can reach, and a person should know.
MUCH = 0.01
#: So few are slips that change nothing.
NEXT_TO_NONE = 0.001
#: Where equal rows are many, columns are few, and the same case may well end in two ways.
USUAL = 0.5
MOST_CLASSES, MOST_ROWS = 100, 200_000


def look(table: Table, brief: Brief) -> Finding | Skip | None:
    """How many rows have a twin of another class, and how good a guess can be at best on these rows.

    The bound is the share of rows in the largest class of their twins, rows without twins counted as known.
    """
    if brief.predict not in table.schema or isinstance(table.values[brief.predict], Dates):
        return Skip("no target of classes is named")
    cells, labels = labelled(table, brief.predict)
    value = table.values[brief.predict]
    are_classes = isinstance(value, Strings) or len(labels) == 2 or brief.task == "multiclass"
    if not are_classes or not 2 <= len(labels) <= MOST_CLASSES:
        return Skip("the target has no classes")
    names = [name for name in compared(table, brief) if name != brief.predict]
    if not names:
        return Skip("there is no column to compare")
    known = np.flatnonzero(cells >= 0)
    known = known[sample(len(known), MOST_ROWS)]
    columns = [partial(_hashes, table.values[name], place, known) for place, name in enumerate(names)]
    cases = alike(len(known), columns)
    return _told(table, brief, cases, cells[known].astype(np.int64), known, len(labels))


def _hashes(value: Values, place: int, known: Integers, left: Integers) -> Hashes:
    rows = known[left]
    return cell_hashes(value[rows] if isinstance(value, np.ndarray) else value.take(rows), place)


def _told(
    table: Table, brief: Brief, cases: Integers, classes: Integers, known: Integers, labels: int
) -> Finding | None:
    both, counts = np.unique(cases * labels + classes, return_counts=True)
    case_of = both // labels
    sizes, kinds = np.bincount(cases), np.bincount(case_of)
    largest = np.zeros(len(sizes), np.int64)
    np.maximum.at(largest, case_of, counts)
    is_torn = kinds > 1
    rows = int(sizes[is_torn].sum())
    if rows <= NEXT_TO_NONE * len(cases):
        return None
    equal = float(sizes[sizes > 1].sum() / len(cases))
    best = float(largest.sum() / len(cases))
    is_much = rows > MUCH * len(cases) and equal < USUAL
    also = ", as is to be expected of so few different cells" if equal >= USUAL else ""
    return Finding(
        code="conflicting_labels",
        severity="warning" if is_much else "info",
        message=f"{some(rows, 'row')} ({share(rows / len(cases))}) are equal in every column to a row of another class "
        f"of {brief.predict!r}{also}: a model is right in {share(best)} of these rows at best",
        columns=(brief.predict,),
        rows=row_numbers(table, known[np.flatnonzero(is_torn[cases])]),
        numbers={"rows": rows, "cases": int(is_torn.sum()), "best": round(best, 5), "of": len(cases)},
        remedy=Remedy(action="review", words="look whether the target is wrong in one of them, or a column is missing"),
    )
