"""What below the rows of a table is no row of it: totals, footnotes, empty rows, the beginning of another table."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from journeyman.sources.text.columns import ColumnModel
from journeyman.sources.text.shapes import TYPED, is_missing, kind_of

_TOTAL = re.compile(
    r"(?:grand |sub-?|overall |column )?(?:totals?|sums?|averages?|means?|mean values?|summe|gesamt|insgesamt"
    r"|total général|somme|totale|suma|totaal|итого)\b[\s:.*]*(?:\([^)]*\))?",
    re.IGNORECASE,
)
#: The same for polars, to find rows that may be totals among many.
TOTAL = rf"(?i)^\s*{_TOTAL.pattern}\s*$"
_NOTE = re.compile(
    r"\s*(?:[*†‡§¹²³]|\[?\(?[0-9a-z]\)?\]?[.)\]]\s|(?:notes?|footnotes?|sources?|remarks?|legend|disclaimer|copyright|©"
    r"|\(c\)|n\.?b\.?|quelle|anmerkung(?:en)?|hinweis|exported|generated|created|printed|prepared|end of|last updated"
    r"|compiled|retrieved|page [0-9]+|see |data (?:from|source)|provisional|preliminary)\b)",
    re.IGNORECASE,
)
#: A cell that is so much longer than twice what its column holds is a sentence, not a level.
_SENTENCE = 40


def is_total(row: Sequence[str], columns: Sequence[ColumnModel], rows: Sequence[Sequence[str]] = ()) -> bool:
    """Whether a row sums up the others: it says so, and where it says so stand numbers or dates in the others, cells
    are missing that no other row lacks, or its numbers are the sums of theirs.

    Parameters
    ----------
    rows : the rows above, where they are at hand, to compare sums
    """
    said = [place for place, cell in enumerate(row) if _TOTAL.fullmatch(cell.strip())]
    if not said:
        return False
    if any(columns[place].strict or (columns[place].typed and not columns[place].fits(row[place])) for place in said):
        return True
    lacks = [place for place, cell in enumerate(row) if not cell.strip() and columns[place].empty == 0]
    if lacks and row[said[0]] not in columns[said[0]].levels and len(lacks) * 2 >= len(row) - 1 - len(said):
        return True
    return _sums_up(row, rows)


def _sums_up(row: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether at least one number, and every number but means, is the sum of the column above it."""
    if len(rows) < 2:
        return False
    sums = compared = 0
    for place, cell in enumerate(row):
        number = _number(cell)
        above = [_number(one[place]) for one in rows if one[place].strip()]
        if number is None or not above or any(one is None for one in above):
            continue
        compared += 1
        whole = sum(one for one in above if one is not None)
        sums += abs(whole - number) <= 1e-6 * max(1.0, abs(whole)) + 0.5 * 10 ** -_decimals(cell) * len(above)
    return compared > 0 and sums == compared and any(_number(cell) for cell in row)


def _number(cell: str) -> float | None:
    text = cell.strip().lstrip("$€£¥ ").rstrip("%$€£¥ ")
    if not re.fullmatch(r"[+-]?[0-9][0-9,]*(?:\.[0-9]+)?", text):
        return None
    return float(text.replace(",", ""))


def _decimals(cell: str) -> int:
    return len(cell.strip().rpartition(".")[2]) if "." in cell else 0


def is_note(row: Sequence[str], columns: Sequence[ColumnModel]) -> bool:
    """Whether a row says something about the table: one cell that is no cell of its column, the others empty.

    ``row`` may have fewer cells than there are columns.
    """
    filled = [(place, cell) for place, cell in enumerate(row) if cell.strip()]
    if len(filled) != 1 or len(columns) < 2 or _usual(columns) < 2:
        return False
    place, cell = filled[0]
    column = columns[min(place, len(columns) - 1)]
    if cell in column.levels or is_missing(cell) or not any(letter.isalpha() for letter in cell):
        return False
    if column.strict or column.typed:
        return kind_of(cell) not in TYPED and not column.fits(cell)
    return bool(_NOTE.match(cell)) or len(cell) > _SENTENCE + 2 * math.exp(column.length)


def _usual(columns: Sequence[ColumnModel]) -> float:
    """How many cells of a row are filled, usually."""
    return sum(1.0 - column.empty / max(column.rows, 1) for column in columns)


def looks_like_end(row: Sequence[str]) -> bool:
    """Whether a row says of itself that it is a total or a note, before anything is known of its columns."""
    filled = [cell for cell in row if cell.strip()]
    if not filled:
        return True
    return bool(_TOTAL.fullmatch(filled[0].strip())) or (len(filled) == 1 < len(row) and bool(_NOTE.match(filled[0])))
