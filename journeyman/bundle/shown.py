"""Cells and amounts in words, for people."""

from __future__ import annotations

import math

from journeyman.bundle.background import TypedCell
from journeyman.bundle.cells import spell
from journeyman.bundle.golden import date_text
from journeyman.table.columns import MISSING_WORD, TERM_END, Columns
from journeyman.table.schema import Column

#: Characters of a word or text that are shown.
MOST_SHOWN = 60
_DAY = 86_400_000_000


def typed_cell(columns: Columns, name: str, row: int) -> TypedCell:
    """A cell by column and row: a number, a date in microseconds, a word, or a text's terms; None is missing."""
    if name in columns.number_names:
        number = float(columns.numbers[row, columns.number_names.index(name)])
        return None if math.isnan(number) else number
    if name in columns.date_names:
        place = columns.date_names.index(name)
        return None if columns.dates_missing[row, place] else int(columns.dates[row, place])
    words = columns.words[columns.word_names.index(name)]
    word = words.levels[words.codes[row]]
    return None if word == MISSING_WORD else word


def shown_cell(column: Column, cell: TypedCell) -> str:
    """A typed cell in words: empty where it is missing, of a text the single words that it holds.

    >>> shown_cell(Column(name="since", kind="date"), 86_400_000_000)
    '1970-01-02'
    """
    if cell is None:
        return ""
    if column.kind == "text":
        return plain(" ".join(term for term in str(cell).split(TERM_END) if " " not in term))
    if isinstance(cell, str):
        return plain(cell)
    if column.kind == "date":
        text = date_text(cell, "iso")
        return text[:10] if int(cell) % _DAY == 0 else text.replace("T", " ")
    if column.kind == "flag":
        words = column.true_words if cell else column.false_words
        return plain(words[0]) if words else ("true" if cell else "false")
    unit = f" {plain(column.unit)}" if column.unit else ""
    return amount(float(cell)) + unit


def amount(value: float) -> str:
    """A number for people: large and whole ones with marks at thousands, others to four digits.

    >>> amount(1234567.0), amount(0.123456), amount(2012.6)
    ('1,234,567', '0.1235', '2,013')
    """
    if not math.isfinite(value):
        return ""
    if abs(value) >= 1e15 or 0 < abs(value) < 1e-4:
        return f"{value:.4g}"
    if value.is_integer() or abs(value) >= 1e3:
        return f"{round(value):,}"
    return spell(float(f"{value:.4g}"))


def about(value: float) -> str:
    """A number that is not known better than to three digits.

    >>> about(38158.2), about(0.09921)
    ('38,200', '0.0992')
    """
    return amount(float(f"{value:.3g}"))


def plain(text: str) -> str:
    """Text that somebody else chose, on one line and not too long."""
    line = "".join(mark if mark.isprintable() else " " for mark in text)
    return line if len(line) <= MOST_SHOWN else line[: MOST_SHOWN - 1] + "…"
