"""Numbers that name rows: all different, and counting them, or called so, or too long for amounts."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from journeyman.bundle.cells import plain_text
from journeyman.sources.meaning.evidence import Evidence
from journeyman.sources.meaning.missing import marks_as_names
from journeyman.table.columns import Flags, Numbers, Strings
from journeyman.table.schema import Column, Kind

#: When columns are refined: after times are told from other long numbers.
AFTER = 30

#: Rows from which on "all different" says something.
ENOUGH_ROWS = 20
#: Beyond this, not every whole number is a number of 64 bits.
EXACT = 2**53
#: So many of the cells must have more digits than fit, and so many be different to name rows.
_MOSTLY, _NEARLY_ALL = 0.5, 0.95
_WHOLE = re.compile(r"[+-]?[0-9]{1,300}").fullmatch
_ID_NAME = re.compile(
    r"(^|[_\W])(?i:id|ids|uuid|guid|key|index|idx|nr|no|number|rownum|row|seq|serial|pk|unnamed.*|column_1)($|[_\W])"
    r"|[a-z](ID|Id|UUID|Key|Nr|No|Number|Num)$",
)
#: Numbers by these names say when or where in an order, all different or not.
_ORDER_NAME = re.compile(
    r"year|month|week|day|date|time|hour|age|jahr|wave|period|quarter|rank|position|score|level", re.IGNORECASE
)


def refine(column: Column, evidence: Evidence) -> Column:
    """The column as identifiers, where its numbers are whole, all different, and name rows.

    What is longer than a number holds is a name even where it is repeated: as numbers, different ones would be equal.
    """
    if column.kind != "number" or evidence.kind is not None or evidence.is_target or column.unit:
        return column
    values = evidence.numbers(column)
    there = values[~np.isnan(values)]
    if len(there) < ENOUGH_ROWS or bool((there != np.floor(there)).any()):
        return column
    if float(np.abs(there).max()) >= EXACT:
        return _of_long_numbers(column, evidence, values)
    if float(np.ptp(there)) < len(there) - 1 or len(np.unique(there)) < len(there):
        return column
    is_ordered = bool(_ORDER_NAME.search(column.name))
    is_named = bool(_ID_NAME.search(column.name)) and not is_ordered
    # In whichever order the rows stand: a number each, and none left out.
    counts_rows = not is_ordered and float(np.ptp(there)) == len(there) - 1
    if not (is_named or counts_rows):
        return column
    why = "they number the rows" if counts_rows else "the name says so"
    return as_names(column, "id", 0.95 if is_named else 0.85, f"all {len(there):,} numbers are different, and {why}")


def _of_long_numbers(column: Column, evidence: Evidence, values: Numbers) -> Column:
    """The column as names, where most of its numbers have more digits than a number can hold."""
    cells, counts = _whole_numbers(evidence, np.abs(values) >= EXACT)
    filled = int((~np.isnan(values)).sum())
    lossy = sum(count for cell, count in zip(cells, counts, strict=True) if int(float(cell)) != cell)
    if lossy < _MOSTLY * filled:
        return column
    if len(cells) < _NEARLY_ALL * sum(counts):
        reason = f"{len(cells):,} different numbers, which are too long for amounts"
        return as_names(column, "category", 0.85, reason)
    different = "all" if len(cells) == sum(counts) else "nearly all"
    reason = f"{different} {filled:,} numbers are different, and they are too long for amounts"
    return as_names(column, "id", 0.85, reason)


def _whole_numbers(evidence: Evidence, is_long: Flags) -> tuple[list[int], list[int]]:
    """The different whole numbers of some rows, exactly, and how often each is there; what is written else is left."""
    cells = evidence.cells
    if isinstance(cells, Strings):
        codes, counts = np.unique(cells.codes[is_long], return_counts=True)
        texts = [plain_text(cells.levels[code]) for code in codes.tolist()]
        pairs = [(int(text), count) for text, count in zip(texts, counts.tolist(), strict=True) if _WHOLE(text)]
        return [number for number, _ in pairs], [count for _, count in pairs]
    if isinstance(cells, np.ndarray) and cells.dtype.kind in "iu":
        found, counts = np.unique(cells[is_long], return_counts=True)
        return found.tolist(), counts.tolist()
    return [], []


def as_names(column: Column, kind: Kind, sure: float, reason: str) -> Column:
    """A column of numbers as one of names, of levels or of rows; what is missing stays so."""
    missing = marks_as_names(column)
    return replace(column, kind=kind, missing=missing, numeric_spelling=True, sure=sure, reason=reason)
