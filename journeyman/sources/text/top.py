"""Where a table begins in rows of cells: below a preamble, with one row of names, several, or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from journeyman.sources.text.columns import Columns
from journeyman.sources.text.heading import LEAST, continues_names, names_columns

#: Rows that a table's columns are learnt from, to find where its names are.
_LEARNT = 500
#: Rows of names are so many at most, and stand in the first so many rows of the table.
_MOST_NAMES, _FIRST = 3, 8
#: So many rows say how many cells a row usually holds.
_USUAL = 50
#: So often may names stand again among the rows that are looked at.
_AGAIN = 4
#: A table with fewer cells than this share of the largest is a preamble of it.
_SHARE = 0.2


@dataclass(frozen=True, kw_only=True)
class Top:
    """Where a table begins.

    Parameters
    ----------
    width : cells of a row
    header : the rows of names, empty where there are none
    body : the first row of data
    left_out : rows above the body that are no part of the table, and why: ``"preamble"``, ``"blank_lines"``,
        ``"comment_lines"``
    """

    width: int
    header: tuple[int, ...]
    body: int
    left_out: tuple[tuple[int, str], ...] = ()


def find_top(rows: Sequence[Sequence[str]], width: int = 0) -> Top:
    """Where a table begins in rows of cells, which may differ in length.

    Parameters
    ----------
    width : cells of a row, where that is known
    """
    width = width or usual_width(rows)
    block = _first_of_block(rows, width)
    left_out = [(place, _why(rows, place, block)) for place in range(block)]
    some = [place for place in range(block, min(len(rows), block + _LEARNT)) if len(rows[place]) == width]
    if not some:
        return Top(width=width, header=(), body=block, left_out=tuple(left_out))
    usual = median(filled(rows[place]) for place in some[len(some) // 3 :][:_USUAL])
    start = _past_titles(rows, block, some, usual)
    left_out += [(place, _why(rows, place, start)) for place in range(block, start)]
    names, body = _names(rows, start, width)
    if not names and start > block and width > 1:
        return Top(width=width, header=(), body=start, left_out=tuple(left_out))
    left_out += [(place, "blank_lines") for place in range(start, body) if place not in names]
    return Top(width=width, header=tuple(names), body=body, left_out=tuple(left_out))


def usual_width(rows: Sequence[Sequence[str]]) -> int:
    """How many cells the rows of the table have: the first block of rows of one width that is not small."""
    widths = [len(row) for row in rows if has_cells(row)]
    counts = Counter(widths)
    if not counts:
        return max((len(row) for row in rows), default=1)
    many = [width for width, count in counts.items() if count >= 3 and count >= 0.15 * len(widths) and width > 1]
    if not many:
        return max(counts.items(), key=lambda one: (one[1] * min(one[0], 2), one[0]))[0]
    largest = max(counts[width] * width for width in many)
    many = [width for width in many if counts[width] * width >= _SHARE * largest]
    return min(many, key=lambda width: _first_run(widths, width))


def _first_run(widths: Sequence[int], width: int) -> int:
    for place, one in enumerate(widths):
        window = widths[place : place + 8]
        if one == width and sum(other == width for other in window) >= 0.5 * len(window):
            return place
    return len(widths)


def _first_of_block(rows: Sequence[Sequence[str]], width: int) -> int:
    """The first row of the table's width that others follow; a row of names right above may be narrower."""
    widths = [len(row) if has_cells(row) or len(row) > 1 else 0 for row in rows]
    full = [place for place, one in enumerate(widths) if one]
    start = 0
    share = min(0.5, 0.8 * sum(widths[place] == width for place in full) / max(len(full), 1))
    for number, place in enumerate(full):
        window = [widths[one] for one in full[number : number + 6]]
        if widths[place] == width and sum(one == width for one in window) >= share * len(window):
            start = place
            break
    above = [place for place in full if place < start]
    if above and abs(widths[above[-1]] - width) <= max(1, width // 4) and widths[above[-1]] > 1 and width > 2:
        return above[-1]
    return start


def _past_titles(rows: Sequence[Sequence[str]], block: int, some: Sequence[int], usual: float) -> int:
    """The first row of the block that is no title: one with a single cell, or none, above fuller ones."""
    if usual < 2 and max(filled(rows[place]) for place in some[:4]) < 3:
        return block
    for place in some[:_FIRST]:
        if filled(rows[place]) > 1:
            above = [filled(rows[one]) for one in range(block, place)]
            # a name may be missing, so that only what stands first, or apart, is a title
            is_apart = above[-1:] == [0]
            is_first = len(rows[place]) > 2 and all(rows[one][0].strip() for one in range(block, place) if rows[one])
            is_title = all(count <= 1 for count in above) and (is_apart or is_first)
            return place if is_title else block
    return block


def _names(rows: Sequence[Sequence[str]], start: int, width: int) -> tuple[list[int], int]:
    """The rows of names, and the first row of data."""
    columns = _learnt(rows, start, width)
    if columns is None:
        return [start], start + 1
    names: list[int] = []
    body = start
    for place in range(start, min(len(rows), start + _FIRST)):
        cells = rows[place]
        if not has_cells(cells) and names:
            continue
        is_full = len(cells) == width
        cells = _brought_to(cells, width)
        if names and (
            not is_full
            or len(names) == _MOST_NAMES
            or not continues_names(cells, _brought_to(rows[names[-1]], width), columns)
        ):
            break
        if not names and names_columns(cells, columns) <= LEAST:
            break
        names.append(place)
        body = place + 1
    return names, body


def _learnt(rows: Sequence[Sequence[str]], start: int, width: int) -> Columns | None:
    """Models of the columns from rows so far down that they are no names, where there are enough."""
    below = [row for row in rows[start + 1 : start + _LEARNT] if len(row) == width and has_cells(row)]
    # Names may stand again further down; where many rows are alike, they are data.
    other = [row for row in below if not _is_alike(row, rows[start])]
    if len(below) - len(other) <= max(_AGAIN, len(below) // 20):
        below = other or below
    skipped = min(_FIRST, len(below) // 3)
    return Columns(below[skipped:]) if below else None


def _is_alike(row: Sequence[str], first: Sequence[str]) -> bool:
    same = sum(bool(one.strip()) and one == two for one, two in zip(row, first, strict=False))
    return same >= 2 and same * 2 >= filled(first)


def _brought_to(cells: Sequence[str], width: int) -> list[str]:
    return [*cells[:width], *[""] * (width - len(cells))]


def has_cells(row: Sequence[str]) -> bool:
    """Whether any cell of a row holds anything."""
    return any(map(str.strip, row))


def filled(row: Sequence[str]) -> int:
    """How many cells of a row hold anything."""
    return sum(bool(cell.strip()) for cell in row)


def _why(rows: Sequence[Sequence[str]], place: int, start: int) -> str:
    if not has_cells(rows[place]):
        return "blank_lines"
    above = [rows[one][0].lstrip() for one in range(start) if has_cells(rows[one])]
    return "comment_lines" if all(cell.startswith(("#", "//", "%")) for cell in above) else "preamble"
