"""Tables with more columns than rows: among so many, some go with the target by chance."""

from __future__ import annotations

from journeyman.brief.brief import Brief
from journeyman.checks.check import looked_at
from journeyman.table.finding import Finding, Remedy
from journeyman.table.table import Table

#: Below so many columns, "more columns than rows" is a table of hardly any row.
FEWEST_COLUMNS = 50


def look(table: Table, brief: Brief) -> Finding | None:
    """Whether there are more columns to predict from than rows."""
    columns = len(looked_at(table, brief))
    if columns < FEWEST_COLUMNS or columns <= table.rows:
        return None
    return Finding(
        code="wide",
        severity="warning",
        message=f"there are more columns ({columns:,}) than rows ({table.rows:,}): some columns go with any target by "
        "chance alone",
        numbers={"columns": columns, "rows": table.rows},
        remedy=Remedy(action="review", words="trust only what is scored out of fold; more rows help most"),
    )
