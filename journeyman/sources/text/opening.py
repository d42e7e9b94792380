"""From the first lines of a text table to how all of it is read: dialect, names, width, and what its cells are like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from journeyman.sources.text.columns import Columns
from journeyman.sources.text.dialect import Dialect
from journeyman.sources.text.ending import looks_like_end
from journeyman.sources.text.form import Form
from journeyman.sources.text.head import Head, Record, head_of, records_of_head
from journeyman.sources.text.heading import STRONG, joined, names_columns
from journeyman.sources.text.known_names import by_known_names, top_by_known_names
from journeyman.sources.text.naming import bring_names
from journeyman.sources.text.parsing import parse_line
from journeyman.sources.text.sniffing import find_dialect
from journeyman.sources.text.telling import LeftOut
from journeyman.sources.text.top import Top, find_top

#: Rows that columns are learnt from.
_LEARNT = 1_000


@dataclass(frozen=True)
class Names:
    """The names of a table.

    Parameters
    ----------
    cells : as many as there are columns, as they stand; none where there are none
    how : what was assumed of a row of names that has another width (`naming.bring_names`)
    text : that row as it stands
    stand : the names without those that the row lacks
    at : the lines of the rows of names, from 1
    """

    cells: tuple[str, ...] = ()
    how: str = ""
    text: str = ""
    stand: tuple[str, ...] = ()
    at: tuple[int, ...] = ()


@dataclass(frozen=True)
class Opened:
    """How a text table is read, and what was found on the way.

    Parameters
    ----------
    form : how it is read
    names : its names
    left_out : lines above the rows that are no part of the table
    rows : the first rows of the table, sound ones
    start : the place of the first row in the text, in characters
    """

    form: Form
    names: Names
    left_out: tuple[LeftOut, ...]
    rows: tuple[tuple[str, ...], ...]
    start: int


def open_table(text: str, known: Sequence[str] = ()) -> Opened:
    """Find out how to read a table that begins with this text, which is of whole lines.

    Parameters
    ----------
    known : names that the table is known to have, as those that a model asks for
    """
    head = head_of(text)
    said = head.delimiter()
    first = 1 if said else 0
    dialect = by_known_names(head.lines[first:], find_dialect(head.lines[first:], said), known)
    records = records_of_head(head.lines, dialect, first)
    top = find_top([one.cells for one in records], _width_of_names(records, dialect))
    top = top_by_known_names(records, top, known)
    if top.width == 1:
        dialect = replace(dialect, delimiter="", blanks="", slots=())
        records = records_of_head(head.lines, dialect, first)
        top = top_by_known_names(records, find_top([one.cells for one in records], 1), known)
    rows = _learnt_from(_of_first_table(records, top), top.width)
    columns = Columns([one.cells for one in rows], [one.quoted for one in rows], width=top.width)
    top, names = _names(head, records, top, dialect, columns)
    body = records[top.body].line if top.body < len(records) else len(head.lines)
    left_out = [LeftOut("preamble", 1, head.lines[0])] if said else []
    left_out += [
        LeftOut(code, head.number(line), head.lines[line])
        for place, code in top.left_out
        for line in range(records[place].line, records[place].line + records[place].lines)
    ]
    form = Form(dialect, top.width, columns, names.cells, head.number(body) - 1, head.returns)
    return Opened(form, names, tuple(left_out), tuple(tuple(one.cells) for one in rows), head.start(body))


def _width_of_names(records: Sequence[Record], dialect: Dialect) -> int:
    """How many names the first row has, where cells are separated by blanks and words have blanks in them, too.

    0 where that says nothing: the width that most rows have is the table's then.
    """
    if dialect.delimiter != " " or dialect.slots:
        return 0
    widths = [len(one.cells) for one in records if one.cells]
    return widths[0] if widths and widths.count(widths[0]) >= max(4, 0.1 * len(widths)) else 0


def _names(head: Head, records: Sequence[Record], top: Top, dialect: Dialect, columns: Columns) -> tuple[Top, Names]:
    if not top.header:
        return _foreign_names(head, records, top, dialect, columns)
    how = text = ""
    has = top.width
    some = []
    for place in top.header:
        one = records[place]
        cells = tuple(one.cells)
        if len(cells) != top.width or not one.is_sound:
            text = "\n".join(head.lines[one.line : one.line + one.lines])
            has = len(cells)
            cells, how = bring_names(text, dialect, columns)
        some.append(cells)
    names = joined(some)
    stand = {"unnamed first": names[-has:], "unnamed last": names[:has]}.get(how, names)
    return top, Names(names, how, text, stand, tuple(head.number(records[place].line) for place in top.header))


def _foreign_names(
    head: Head, records: Sequence[Record], top: Top, dialect: Dialect, columns: Columns
) -> tuple[Top, Names]:
    """The names where they are separated otherwise than the rows, right above them."""
    above = [place for place, code in top.left_out if code in ("preamble", "comment_lines")]
    if not above or above[-1] != top.body - 1 or top.width < 2:
        return top, Names()
    place = above[-1]
    line = head.lines[records[place].line]
    for delimiter in ("\t", ";", ",", "|", " "):
        parsed = parse_line(line, Dialect(delimiter=delimiter, quote=dialect.quote))
        is_whole = parsed.open is None and not parsed.stray and len(parsed.cells) == top.width
        if is_whole and names_columns(parsed.cells, columns) >= STRONG:
            left_out = tuple(one for one in top.left_out if one[0] != place)
            cells = tuple(parsed.cells)
            names = Names(cells, "delimiter", line, cells, (head.number(records[place].line),))
            return replace(top, header=(place,), left_out=left_out), names
    return top, Names()


def _of_first_table(records: Sequence[Record], top: Top) -> list[Record]:
    """The sound rows, up to where below an empty line or a title other names stand than those of the table."""
    rows: list[Record] = []
    columns = Columns([])
    learnt = 0
    is_apart = False
    for one in records[top.body :]:
        if not one.is_sound or len(one.cells) != top.width:
            is_apart |= len(one.cells) <= 1 < top.width
            continue
        if is_apart and len(rows) >= 3:
            if len(rows) > 1.5 * learnt:
                columns, learnt = Columns([row.cells for row in rows]), len(rows)
            if any(column.strict for column in columns) and names_columns(one.cells, columns) >= STRONG:
                break
        is_apart = not any(map(str.strip, one.cells))
        rows.append(one)
        if len(rows) == _LEARNT:
            break
    return rows


def _learnt_from(rows: Sequence[Record], width: int) -> Sequence[Record]:
    """The rows that columns are learnt from: without what may be a total or a note, or have a broken quote."""
    some = [one for one in rows if not looks_like_end(one.cells)] or rows
    full = [one for one in some if sum(map(bool, map(str.strip, one.cells))) > 1]
    if width > 2 and len(full) >= 0.8 * len(some):
        some = full  # what stands alone in its row may be a note
    return [one for one in some if not one.is_literal] or some
