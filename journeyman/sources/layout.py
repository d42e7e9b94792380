"""Where in a grid of cells the table is: above it a preamble, its names, its rows, and what stands below them.

For sheets as for text tables. Everything that is left out is told, with its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from journeyman.sources.text.columns import Columns
from journeyman.sources.text.ending import is_note, is_total, looks_like_end
from journeyman.sources.text.heading import STRONG, joined, names_columns
from journeyman.sources.text.telling import LeftOut, findings_of
from journeyman.sources.text.top import Top, filled, find_top
from journeyman.table.finding import Finding

#: Rows that a table's columns are learnt from, to find where it ends.
_LEARNT = 500


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Where a table is in a grid of cells.

    Parameters
    ----------
    first : the first row that belongs to it
    header : its names as they stand, several rows joined by a blank; empty where it has none
    body : its rows of data; those among them that are in ``left_out`` are none
    columns : its columns, without those at the edges that are empty and have no name
    left_out : rows that are no part of it, with the code of why
    findings : what there is to tell
    """

    first: int
    header: tuple[str, ...]
    body: range
    columns: tuple[int, ...]
    left_out: tuple[tuple[int, str], ...]
    findings: tuple[Finding, ...]

    def rows(self) -> list[int]:
        """The rows of data."""
        lost = {place for place, _ in self.left_out}
        return [place for place in self.body if place not in lost]


def lay_out(grid: Sequence[Sequence[str]], word: str = "row") -> Layout:
    """Find the table in a grid of cells (a sheet), to its end.

    Parameters
    ----------
    grid : rows of cells as text, empty ones ``""``; rows may differ in length
    word : what a row of the grid is called in messages

    >>> found = lay_out([["Report"], [], ["name", "age"], ["Ada", "36"], ["Bo", "41"], ["Total", "77"]])
    >>> found.header, found.rows(), found.left_out
    (('name', 'age'), [3, 4], ((0, 'preamble'), (1, 'blank_lines'), (5, 'footer')))
    """
    width = max((len(row) for row in grid), default=0)
    square = [[*row, *[""] * (width - len(row))] for row in grid]
    columns = _columns_in_use(square)
    cells = [[row[place] for place in columns] for row in square]
    top = find_top(cells)
    stop, below = _find_end(cells, top)
    left_out = (*top.left_out, *below)
    header = joined([cells[place] for place in top.header]) if top.header else ()
    told = [LeftOut(code, place + 1, " ".join(one for one in cells[place] if one)) for place, code in left_out]
    findings = list(findings_of(told, word))
    if len(top.header) > 1:
        findings.append(several_names([place + 1 for place in top.header], word))
    first = min([*top.header, top.body])
    body = range(top.body, stop)
    return Layout(first=first, header=header, body=body, columns=columns, left_out=left_out, findings=tuple(findings))


def several_names(places: Sequence[int], word: str) -> Finding:
    """Told where more than one row names the columns."""
    listed = ", ".join(str(one) for one in places[:-1]) + f" and {places[-1]}"
    return Finding(
        code="multi_header",
        severity="info",
        message=f"{word}s {listed} name the columns together; names were joined by a blank where one is not enough",
        numbers={"count": len(places), f"{word}s": list(places)},
    )


def _columns_in_use(grid: Sequence[Sequence[str]]) -> tuple[int, ...]:
    used = [place for place, column in enumerate(zip(*grid, strict=True)) if any(cell.strip() for cell in column)]
    return tuple(range(used[0], used[-1] + 1)) if used else ()


def _find_end(rows: Sequence[Sequence[str]], top: Top) -> tuple[int, list[tuple[int, str]]]:
    """Behind the last row of data, and what is left out from there on."""
    stop = _second_table(rows, top)
    lost = [(place, "second_table") for place in range(stop, len(rows)) if filled(rows[place])]
    body = [row for row in rows[top.body : stop] if filled(row) and not looks_like_end(row)]
    full = [row for row in body if filled(row) > 1]
    columns = Columns(full[:_LEARNT] or body or [[""] * top.width])
    below: list[tuple[int, str]] = []
    while stop > top.body + 1:
        row = rows[stop - 1]
        others = [one for one in rows[top.body : stop - 1] if filled(one)]
        if not filled(row):
            below.append((stop - 1, "blank_lines"))
        elif is_note(row, columns) or is_total(row, columns, others):
            below.append((stop - 1, "footer"))
        else:
            break
        stop -= 1
    between = list(_between(rows, top.body, stop, columns))
    return stop, [*between, *reversed(below), *lost]


def _between(rows: Sequence[Sequence[str]], start: int, stop: int, columns: Columns) -> Iterator[tuple[int, str]]:
    """Empty rows and subtotals among the rows."""
    since = start
    for place in range(start, stop):
        if not filled(rows[place]):
            yield place, "blank_lines"
        elif is_total(rows[place], columns, rows[since:place]):
            yield place, "footer"
            since = place + 1


def _second_table(rows: Sequence[Sequence[str]], top: Top) -> int:
    """Where another table begins below an empty row: with a row of names, or a title above one."""
    body = [row for row in rows[top.body :] if filled(row)][:_LEARNT]
    columns = Columns(body[: max(3, len(body) // 2)] or [[""] * top.width])
    for place in range(top.body + 2, len(rows)):
        if filled(rows[place - 1]) or not filled(rows[place]):
            continue
        for one in range(place, min(place + 3, len(rows) - 1)):
            follows = [row for row in rows[one + 1 : one + 4] if filled(row)]
            if filled(rows[one]) > 1 and follows and names_columns(rows[one], columns) >= STRONG:
                return place
            if filled(rows[one]) > 1:
                break
    return len(rows)
