"""A letter or marks that fell into a number: ``44f3`` in a column of numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from journeyman.repairs.grid import Grid
from journeyman.repairs.rule import Doubts, Rule, Verdict, by_level

STAGE = 1
_ENOUGH = 0.5
#: Two such texts of different letters are slips; one letter alone that recurs is a mark with a meaning.
_FEWEST, _MOST_EACH = 2, 0.005
_LONGEST = 40
_STRAY = re.compile(r"([^\d\W]|\*{1,3})")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)")
_LEADING_ZERO = re.compile(r"[+-]?0\d.*")


def learn(grid: Grid) -> Iterator[Rule]:
    """A rule for each column of numbers with texts that are numbers but for one letter, or that begin with a needless
    zero where hardly any do.
    """
    for name, column in grid.columns.items():
        if column.share_numbers < _ENOUGH or not column.filled:
            continue
        cells = column.counts[[_without(level) is not None for level in column.levels]]
        zeros = column.counts[[_LEADING_ZERO.fullmatch(level[:_LONGEST]) is not None for level in column.levels]].sum()
        has_zeros = 0 < zeros <= 0.05 * column.filled and not any("." in level[:3] for level in column.levels)
        has_letters = len(cells) >= _FEWEST and cells.max() <= max(_MOST_EACH * column.filled, 2)
        if has_letters or has_zeros:
            yield Rule("stray", name, {"letters": bool(has_letters), "zeros": bool(has_zeros)})


def apply(rule: Rule, grid: Grid) -> Doubts | None:
    """The cells with such a letter, and the number without it; a needless zero has no repair."""
    column = grid.columns[rule.column]
    verdicts = {}
    for code in np.flatnonzero(column.counts > 0).tolist():
        level = column.levels[code]
        number = _without(level) if rule.knows["letters"] else None
        if number is not None:
            verdicts[code] = Verdict(0.9, number, 0.85, "it is a number but for one letter or mark")
        elif rule.knows["zeros"] and _LEADING_ZERO.fullmatch(level) and not np.isnan(column.numbers[code]):
            verdicts[code] = Verdict(0.75, None, 0.0, "hardly any number of the column begins with a zero")
    return by_level(rule, column, verdicts)


def _without(level: str) -> str | None:
    """The number that is left without the one letter or mark in a text; None where that makes none."""
    if len(level) > _LONGEST or len(_STRAY.findall(level)) != 1:
        return None
    number = _STRAY.sub("", level)
    return number if _NUMBER.fullmatch(number) else None
