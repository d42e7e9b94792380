"""How much sense lines make when a dialect takes them apart."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from journeyman.sources.text.dialect import Dialect
from journeyman.sources.text.parsing import parse_line
from journeyman.sources.text.shapes import TYPED, kind_of

#: An open quote is looked for on so many lines behind.
_LOOK = 60
#: So many cells are looked at.
_CELLS = 20_000
#: How much sense cells make at least where every line has as many of them.
_SOUND = 0.7
#: What speaks for a dialect under which every line has as many cells.
_EVEN = 1.3
_WORDS = re.compile(r"[^;\t|^\x1f\x1e\x01~\"]*")


@dataclass(frozen=True)
class TakenApart:
    """The lines, taken apart by one dialect."""

    rows: list[list[str]]
    quoted: int
    strays: int


def taken_apart(lines: Sequence[str], dialect: Dialect) -> TakenApart:
    """The cells of some lines by a dialect."""
    rows: list[list[str]] = []
    quoted = strays = place = 0
    while place < len(lines):
        parsed = parse_line(lines[place], dialect)
        cells, marks, used = parsed.cells, parsed.quoted, 1
        while parsed.open is not None and used < _LOOK and place + used < len(lines):
            parsed = parse_line(lines[place + used], dialect, parsed.open + "\n")
            cells, marks, used = cells + parsed.cells, marks + parsed.quoted, used + 1
        if parsed.stray or parsed.open is not None:
            strays += 1
            cells, marks, used = lines[place].split(dialect.delimiter), [], 1
        strays += parsed.literal
        quoted += sum(marks)
        rows.append(cells)
        place += used
    return TakenApart(rows, quoted, strays)


def score(taken: TakenApart, dialect: Dialect) -> float:
    """How much sense the cells make: 0 for none, about 1 for many columns of numbers and words in every line."""
    widths = [len(row) for row in taken.rows]
    if not widths or max(widths) == 1:
        return 0.0
    if len(widths) == 1:
        same, usual = 1.0, widths[0]
    else:
        pairs = list(itertools.pairwise(widths))
        same = sum(_alike(one, two) for one, two in pairs) / len(pairs)
        usual = max(Counter(width for width in widths if width > 1).items(), key=lambda one: (one[1], one[0]))[0]
    rows = [row for row in taken.rows if len(row) == usual]
    typed, words, cells = _kinds(rows)
    sense = (typed + words) / max(cells, 1)
    is_even = same == 1.0 and not taken.strays
    if is_even:
        sense = max(sense, _SOUND)  # that all lines have as many cells is no accident
    hollow = sum(not any(cell.strip() for cell in column) for column in zip(*rows, strict=True)) / usual
    fit = 1.0 - taken.strays / (taken.strays + len(taken.rows)) if taken.strays else 1.0
    score = same * sense**2 * fit * (1.0 - hollow) ** 2 * (usual - 1) / usual * (_EVEN if is_even else 1.0)
    if dialect.delimiter in (" ", ":", "#") and typed < 0.3 * cells:
        return score * 0.3  # words have blanks between them, too
    return score


def _alike(one: int, two: int) -> float:
    """1 where neighbouring lines have as many cells, a little where they nearly have."""
    if min(one, two) < 2:
        return 0.0
    return 1.0 if one == two else 0.4 if abs(one - two) <= 1 and min(one, two) >= 4 else 0.0


def _kinds(rows: Sequence[Sequence[str]]) -> tuple[int, float, int]:
    """Cells that are numbers, dates and the like; cells that may be words; all cells."""
    typed = cells = 0
    words = 0.0
    step = sum(map(len, rows)) // _CELLS + 1
    for row in rows:
        for cell in row[::step]:
            cells += 1
            kind = kind_of(cell)
            if kind in TYPED:
                typed += 1
            elif kind == "missing" or _is_sound(cell):
                words += 1.0
    return typed, words, cells


def _is_sound(cell: str) -> bool:
    """Whether a cell of words holds no mark that separates cells elsewhere."""
    return bool(_WORDS.fullmatch(cell)) and not re.search(r",(?=[^ ])|,$", cell)
