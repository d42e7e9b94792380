"""Tables of few rows: what is said of them is said with wide intervals."""

from __future__ import annotations

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.table.finding import Finding, Remedy, Skip
from journeyman.table.table import Table

#: With so many rows a share of one half is known to about seven points either way.
FEW = 200


def look(table: Table, brief: Brief) -> Finding | Skip | None:
    """How sure a score of this table can be at best, where it has under 200 rows with a target."""
    if brief.predict not in table.schema:
        return Skip("no target is named")
    known = int((~table.missing(brief.predict)).sum())
    if not 0 < known < FEW:
        return None
    margin = 1.96 * 0.5 / np.sqrt(known)
    return Finding(
        code="few_rows",
        severity="info",
        message=f"{known} rows are few: a share counted on all of them is sure to ±{100 * margin:.0f} points at best",
        columns=(brief.predict,),
        numbers={"rows": known, "margin": round(float(margin), 3)},
        remedy=Remedy(words="look at the intervals, not at the figures; simple models do as well"),
    )
