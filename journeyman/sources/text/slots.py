"""Tables whose cells stand below each other: the places at which no line has anything but a blank."""

from __future__ import annotations

from collections.abc import Sequence

from journeyman.sources.text.shapes import TYPED, kind_of

#: So many lines are needed before places that are blank in all of them mean something.
_LEAST = 4


def find_slots(lines: Sequence[str]) -> tuple[int, ...]:
    """Where each cell begins, for lines whose cells stand below each other; ``()`` where that is not evident.

    Evident is: at least two columns, between them places that are blank in every line, all cells of the same column
    begin or end at the same place, and some column holds nothing but numbers or dates below its name.
    """
    lines = [line.expandtabs(1) for line in lines]
    if len(lines) < _LEAST:
        return ()
    length = max(len(line) for line in lines)
    blank = [all(line[place : place + 1] in ("", " ") for line in lines) for place in range(length)]
    starts = [place for place in range(length) if not blank[place] and (place == 0 or blank[place - 1])]
    if len(starts) < 2:
        return ()
    slots = (0, *starts[1:])
    ends = [*slots[1:], None]
    columns = [[line[start:end] for line in lines] for start, end in zip(slots, ends, strict=True)]
    if not all(_is_aligned(column) for column in columns[:-1]):
        return ()
    typed = [all(kind_of(cell) in (*TYPED, "missing") for cell in column[1:]) for column in columns]
    filled = [any(cell.strip() for cell in column[1:]) for column in columns]
    return slots if any(one and two for one, two in zip(typed, filled, strict=True)) else ()


def _is_aligned(column: Sequence[str]) -> bool:
    cells = [cell for cell in column if cell.strip()]
    width = max((len(cell) for cell in cells), default=0)
    left = len({len(cell) - len(cell.lstrip()) for cell in cells}) == 1
    right = len({len(cell.ljust(width).rstrip()) for cell in cells}) == 1
    return left or right
