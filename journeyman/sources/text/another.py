"""Where in the lines of a text table another table begins."""

from __future__ import annotations

from collections.abc import Sequence

from journeyman.sources.text.form import Form, Window
from journeyman.sources.text.heading import STRONG, names_columns
from journeyman.sources.text.parsing import parse_line
from journeyman.sources.text.shapes import TYPED, kind_of

#: So many lines below names are looked at.
_LOOK = 6


def begins_table(window: Window, place: int, form: Form) -> bool | None:
    """Whether a line names the columns of another table, or is a title above such a line.

    None where lines that are needed to say so are not at hand yet.
    """
    dialect = form.dialect
    if window.lines.sound[place] and _has_typed(parse_line(window.line(place), dialect).cells):
        return False
    rows: list[list[str]] = []
    for one in range(place, len(window)):
        cells = parse_line(window.line(one), dialect).cells
        if any(cell.strip() for cell in cells):
            rows.append(cells)
        if len(rows) > _LOOK + 1:
            break
    else:
        if not window.final:
            return None
    while len(rows) > 3 and sum(bool(cell.strip()) for cell in rows[0]) == 1 < form.width:
        rows = rows[1:]  # a title
    return len(rows) >= 3 and _names_others(rows[0], rows[1:], form)


def _names_others(names: Sequence[str], below: Sequence[Sequence[str]], form: Form) -> bool:
    """Whether names stand above rows that are as wide, and they are not those of the table."""
    as_wide = [row for row in below if len(row) == len(names)]
    if len(names) < 2 or len(as_wide) < 2 or len(as_wide) * 2 < len(below):
        return False
    if tuple(names) == form.header or _has_typed(names):
        return False
    has_types = any(column.strict for column in form.columns)
    if len(names) == form.width:
        return has_types and names_columns(names, form.columns) >= STRONG
    again = len({*names} & {*form.header}) * 2 > len(names)
    return again or (has_types and all(name.strip() for name in names) and any(map(_has_typed, as_wide)))


def _has_typed(cells: Sequence[str]) -> bool:
    return any(kind_of(cell) in TYPED for cell in cells)
