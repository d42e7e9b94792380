"""Rows whose target is missing: nothing can be learnt from them, and they are not guessed."""

from __future__ import annotations

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.check import row_numbers, some
from journeyman.table import said
from journeyman.table.finding import Finding, Remedy, Skip
from journeyman.table.table import Table


def look(table: Table, brief: Brief) -> Finding | Skip | None:
    """How many rows have no target. They are set aside and counted."""
    if brief.predict not in table.schema:
        return Skip("no target is named")
    positions = np.flatnonzero(table.missing(brief.predict))
    if not len(positions):
        return None
    share = said.share(len(positions) / table.rows)
    return Finding(
        code="target_missing_values",
        severity="warning",
        message=f"{some(len(positions), 'row')} of {table.rows:,} ({share}) "
        f"{'has' if len(positions) == 1 else 'have'} no value in {brief.predict!r}",
        columns=(brief.predict,),
        rows=row_numbers(table, positions),
        numbers={"missing": len(positions), "rows": table.rows},
        remedy=Remedy(action="none", words="they are set aside; they can be predicted later"),
    )
