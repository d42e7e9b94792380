"""Rows that lie in the order of the target: whoever takes a part of the file by place takes other answers."""

from __future__ import annotations

import numpy as np

from journeyman.brief.aim import labelled
from journeyman.brief.brief import Brief
from journeyman.checks.check import sample
from journeyman.table.columns import Integers, Strings
from journeyman.table.finding import Finding, Remedy, Skip
from journeyman.table.table import Dates, Table

#: From this rank correlation of target and place on, or with so few changes of class, the file is sorted by it.
SORTED, MOST_CHANGES = 0.95, 0.02
FEWEST_ROWS, MOST_ROWS, MOST_CLASSES = 50, 20_000, 100


def look(table: Table, brief: Brief) -> Finding | Skip | None:
    """Whether the target rises or falls through the file, or its classes stand in blocks.

    Scores here do not mind: rows are drawn, not cut. But the first rows of such a file are no sample of it, and the
    place of a row, or a number that counts rows, tells the answer.
    """
    if brief.predict not in table.schema or isinstance(table.values[brief.predict], Dates):
        return Skip("no target of classes or numbers is named")
    cells, labels = labelled(table, brief.predict)
    are_classes = isinstance(table.values[brief.predict], Strings) or len(labels) == 2
    known = np.flatnonzero(cells >= 0)
    if len(known) < FEWEST_ROWS or len(labels) < 2 or (are_classes and len(labels) > MOST_CLASSES):
        return Skip("there are too few rows, or too many classes")
    codes = cells[known].astype(np.int64)
    how = _in_blocks(codes, len(labels)) if are_classes else _in_order(np.asarray(table.values[brief.predict])[known])
    if not how:
        return None
    return Finding(
        code="target_order",
        severity="info",
        message=f"the rows lie in the order of the target {brief.predict!r} ({how}): the first rows are no sample of "
        "all",
        columns=(brief.predict,),
        numbers={"rows": len(known)},
        remedy=Remedy(words="folds are drawn, so no score minds; shuffle the file before you cut it yourself"),
    )


def _in_blocks(codes: Integers, labels: int) -> str:
    """How the classes stand in blocks, in words; empty where they change as by chance."""
    changes = int((np.diff(codes) != 0).sum())
    shares = np.bincount(codes, minlength=labels) / len(codes)
    by_chance = (len(codes) - 1) * (1 - float(shares @ shares))
    is_sorted = by_chance >= FEWEST_ROWS / 5 and changes <= max(labels - 1, MOST_CHANGES * by_chance)
    return f"it changes {changes:,} times, and by chance would {by_chance:,.0f} times" if is_sorted else ""


def _in_order(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> str:
    looked = values[sample(len(values), MOST_ROWS)]
    ranks = np.unique(looked, return_inverse=True)[1].astype(np.float64)
    along = float(np.corrcoef(ranks, np.arange(len(ranks)))[0, 1]) if float(np.ptp(ranks)) else 0.0
    return f"{'rising' if along > 0 else 'falling'}, rank correlation {along:.2f}" if abs(along) >= SORTED else ""
