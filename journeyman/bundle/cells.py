"""How one cell is read, for each kind of column. The one place where text, numbers and dates get their meaning.

Every way in (a file, a frame, a batch, one row at a time) ends here, so the same cell means the same everywhere.
A reading is a pair: the value, and whether the cell is ordinary, unusual, or cannot be what its column is.
"""

from __future__ import annotations

from journeyman.bundle.cell import OK, REFUSED, UNUSUAL, ReadOne, fold, plain_text, simplify, spell
from journeyman.bundle.date_cells import date_reader
from journeyman.bundle.date_formats import date_pattern
from journeyman.bundle.number_cells import flag_reader, missing_numbers, number_reader, plain_range
from journeyman.bundle.word_cells import plain_words, text_reader, word_reader
from journeyman.table.schema import Column

__all__ = [
    "OK",
    "REFUSED",
    "UNUSUAL",
    "ReadOne",
    "cell_reader",
    "date_pattern",
    "date_reader",
    "flag_reader",
    "fold",
    "missing_numbers",
    "number_reader",
    "plain_range",
    "plain_text",
    "plain_words",
    "simplify",
    "spell",
    "text_reader",
    "word_reader",
]

_READERS = {"number": number_reader, "flag": flag_reader, "date": date_reader, "text": text_reader}


def cell_reader(column: Column) -> ReadOne:
    """The reader of one cell of a column."""
    return _READERS.get(column.kind, word_reader)(column)
