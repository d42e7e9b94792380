"""A small letter among capitals, a capital inside a word, or a lone letter behind it: ``FORTk``, ``iNcoma``."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from journeyman.repairs.grid import Grid, Written
from journeyman.repairs.rule import Doubts, Rule, Verdict, by_level

STAGE = 1
#: A way of writing that so little of the cells have is none of the column's.
_RARE = 0.12
_FEWEST_CELLS = 20
#: A text that more cells hold is written as it is meant.
_MOST_EACH = 0.005
_LONGEST = 200
#: Each way in which a text can break its column's habit: a pattern of what is odd, how odd it is.
_ODD = {
    "small": (re.compile(r"[a-zß-öø-ÿ]"), 0.85),
    "large": (re.compile(r"[A-ZÀ-ÖØ-Þ]"), 0.7),
    "begins small": (re.compile(r"(?:^|(?<=[\s(-]))[a-z][A-Z]"), 0.8),
    "capital at the end": (re.compile(r"[a-z]{2,}[A-Z](?=\s|$)"), 0.7),
    "lone letter": (re.compile(r"(?<=\w) [b-df-hj-np-xz]$"), 0.8),
    "marks": (re.compile(r"[*]{2,}$|\s[,;.](?=\w)|(?<=[a-z])[,;](?=[a-z])"), 0.8),
}


def learn(grid: Grid) -> Iterator[Rule]:
    """A rule for each column of words: which oddities only few of its cells have."""
    for name, column in grid.columns.items():
        if column.is_numeric or column.is_prose or column.filled < _FEWEST_CELLS:
            continue
        kept = [way for way in _ODD if _is_rare(way, column)]
        if kept:
            yield Rule("capital", name, {"ways": kept})


def apply(rule: Rule, grid: Grid) -> Doubts | None:
    """The cells with one of the oddities, and without it where one character too many makes it."""
    column = grid.columns[rule.column]
    verdicts = {}
    most = max(_MOST_EACH * column.filled, 2)
    for code in np.flatnonzero(column.is_filled & (column.counts > 0) & (column.counts <= most)).tolist():
        level = column.levels[code]
        for way in rule.knows["ways"]:
            pattern, strength = _ODD[way]
            if len(level) <= _LONGEST and pattern.search(level):
                verdicts[code] = Verdict(strength, _without(way, level), 0.7, f"hardly any cell is so written ({way})")
                break
    return by_level(rule, column, verdicts)


def _is_rare(way: str, column: Written) -> bool:
    pattern = _ODD[way][0]
    having = np.array([len(level) <= _LONGEST and pattern.search(level) is not None for level in column.levels])
    return bool(0 < column.counts[having].sum() <= _RARE * column.filled)


def _without(way: str, level: str) -> str | None:
    """The text without the one character, or the marks, that make it odd; None where more than that is odd."""
    pattern = _ODD[way][0]
    if way in ("lone letter", "marks"):
        bare = pattern.sub("", level).rstrip()
        return bare if way == "lone letter" or level.endswith("*") else None
    if way == "small":
        small = [one for one in level if one.islower()]
        return level.replace(small[0], "", 1) if len(small) == 1 and len(level) > 2 else None
    return None
