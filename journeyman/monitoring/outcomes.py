"""Outcomes of rows that were predicted: a column that says what came, read as the training table's target was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from journeyman.brief.aim import Aim
from journeyman.bundle.model import Model
from journeyman.bundle.reader import Cells, read_cells
from journeyman.errors import InputError, nearest
from journeyman.plan.target import Task
from journeyman.table.columns import MISSING_WORD, Flags, Numbers, Strings
from journeyman.table.schema import Column, Schema
from journeyman.table.table import Dates, Ledger, Table, Values


def outcomes_for(model: Model, summary: Mapping[str, Any], cells: Mapping[str, Cells], rows: int) -> Numbers:
    """What came of rows by a model's own target, (rows,), as `outcomes_of` gives it.

    Parameters
    ----------
    summary : ``run.json`` of the model's run, which says how the training table's target was read

    Raises
    ------
    InputError : as `outcomes_of`
    """
    target = next(Column.from_data(one) for one in summary["schema"] if one["name"] == model.target)
    return outcomes_of(target, model.manifest.task, model.classes, cells, rows, model.target)


def outcomes_of(
    target: Column, task: Task, classes: Sequence[str], cells: Mapping[str, Cells], rows: int, outcome: str
) -> Numbers:
    """What came, (rows,): class codes or values; NaN where it is missing, or none of the classes.

    Parameters
    ----------
    target : how the training table's target was read
    outcome : the column of outcomes

    Raises
    ------
    InputError : there is no such column, or it holds something else than the model predicts
    """
    if outcome not in cells:
        raise InputError(
            f"there is no column {outcome!r} of outcomes", remedy=nearest(outcome, cells), code="column_missing"
        )
    column = replace(target, name=outcome)
    read = read_cells(column, cells[outcome])
    aim = Aim(task=task, target=outcome, classes=tuple(classes), positive="", metric="", reason="")
    table = Table(
        name="new rows",
        schema=Schema((column,)),
        values={outcome: read.values},
        rows=rows,
        ledger=Ledger(read=rows, used=rows),
        origin="",
        digest="",
        row_numbers=np.arange(rows),
    )
    found = aim.values(table)
    there = ~missing_of(read.values)
    lost = int((np.isnan(found) & there).sum()) + int(read.refused.sum())
    if lost and lost * 2 >= int(there.sum()) + int(read.refused.sum()):
        wanted = ", ".join(map(repr, classes[:4])) or "numbers"
        raise InputError(
            f"the outcomes in {outcome!r} are not what the model predicts",
            because=f"{lost:,} of {int(there.sum()) + int(read.refused.sum()):,} are none of {wanted}",
            remedy="name the column that holds what came, as the training table held it",
            code="target_type",
        )
    return found


def missing_of(values: Values) -> Flags:
    """Which cells of a column are missing, (rows,)."""
    if isinstance(values, Strings):
        return np.array([level == MISSING_WORD for level in values.levels] or [False])[values.codes]
    return values.missing if isinstance(values, Dates) else np.isnan(values)
