"""Numbers that name rows: all different, and counting them, or called so, or too long for amounts."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from journeyman.sources.meaning.evidence import Evidence
from journeyman.sources.meaning.missing import IN_WORDS
from journeyman.table.columns import Strings
from journeyman.table.schema import Column

#: When columns are refined: after times are told from other long numbers.
AFTER = 30

#: Rows from which on "all different" says something.
ENOUGH_ROWS = 20
_ID_NAME = re.compile(
    r"(^|[_\W])(?i:id|ids|uuid|guid|key|index|idx|nr|no|number|rownum|row|seq|serial|pk|unnamed.*|column_1)($|[_\W])"
    r"|[a-z](ID|Id|UUID|Key|Nr|No|Number|Num)$",
)
#: Numbers by these names say when or where in an order, all different or not.
_ORDER_NAME = re.compile(
    r"year|month|week|day|date|time|hour|age|jahr|wave|period|quarter|rank|position|score|level", re.IGNORECASE
)


def refine(column: Column, evidence: Evidence) -> Column:
    """The column as identifiers, where its numbers are whole, all different, and name rows."""
    if column.kind != "number" or evidence.kind is not None or evidence.is_target or column.unit:
        return column
    values = evidence.numbers(column)
    there = values[~np.isnan(values)]
    if len(there) < ENOUGH_ROWS or bool((there != np.floor(there)).any()):
        return column
    is_exact = float(np.abs(there).max()) < 2**53
    cells = evidence.cells
    if is_exact and (float(np.ptp(there)) < len(there) - 1 or len(np.unique(there)) < len(there)):
        return column
    if not is_exact and not (isinstance(cells, Strings) and bool((cells.counts() <= 1).all())):
        return column
    is_ordered = bool(_ORDER_NAME.search(column.name))
    is_named = bool(_ID_NAME.search(column.name)) and not is_ordered
    # In whichever order the rows stand: a number each, and none left out.
    counts_rows = is_exact and not is_ordered and float(np.ptp(there)) == len(there) - 1
    if not (is_named or counts_rows or not is_exact):
        return column
    why = "they number the rows" if counts_rows else "the name says so" if is_named else "they are too long for amounts"
    return replace(
        column,
        kind="id",
        missing=IN_WORDS,
        numeric_spelling=True,
        sure=0.95 if is_named else 0.85,
        reason=f"all {len(there):,} numbers are different, and {why}",
    )
