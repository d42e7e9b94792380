"""Columns that say nothing: one value in every row, or none at all."""

from __future__ import annotations

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.check import looked_at
from journeyman.table.columns import MISSING_WORD, Strings
from journeyman.table.finding import Finding, Remedy
from journeyman.table.table import Dates, Table


def look(table: Table, brief: Brief) -> tuple[Finding, ...]:
    """A finding for each column of one value and no gaps (``constant``), or of gaps only (``all_missing``).

    A column of one value and gaps is left alone: where it is empty may tell something.
    """
    if table.rows < 2:
        return ()
    return tuple(found for column in looked_at(table, brief) if (found := _look(table, column.name)) is not None)


def _look(table: Table, name: str) -> Finding | None:
    missing = int(table.missing(name).sum())
    if missing == table.rows:
        return Finding(
            code="all_missing",
            severity="warning",
            message=f"{name!r} holds no value at all",
            columns=(name,),
            numbers={"rows": table.rows},
            remedy=Remedy(action="role", value="ignored", words="it is not used"),
        )
    if missing or not _is_constant(table, name):
        return None
    return Finding(
        code="constant",
        severity="warning",
        message=f"{name!r} holds {_shown(table, name)} in every row",
        columns=(name,),
        numbers={"rows": table.rows},
        remedy=Remedy(action="role", value="ignored", words="it is not used"),
    )


def _is_constant(table: Table, name: str) -> bool:
    value = table.values[name]
    cells = value.codes if isinstance(value, Strings) else value.at if isinstance(value, Dates) else value
    return bool(np.all(cells == cells[0]))


def _shown(table: Table, name: str) -> str:
    value = table.values[name]
    if isinstance(value, Strings):
        level = value.levels[value.codes[0]]
        return "nothing" if level == MISSING_WORD else repr(level if len(level) <= 40 else level[:39] + "…")
    if isinstance(value, Dates):
        return "the same date"
    return f"{float(value[0]):.12g}"
