"""The door: which cells of a table are likely wrong, why, and what would repair them. No labels are needed.

Every detector on the shelf learns rules on a sample of the rows and applies them to all. Stage by stage: what compares
columns looks at cells that the earlier ones have repaired.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING

import numpy as np

from journeyman.plan.shelf import modules
from journeyman.repairs.combine import Combined, combine
from journeyman.repairs.grid import Grid, grid_of
from journeyman.repairs.rule import LIKELY, Doubts, Rule
from journeyman.table.columns import Strings

if TYPE_CHECKING:
    import polars as pl

#: Rules are learnt on at most so many rows, drawn without regard to any pattern in them.
MOST_ROWS = 10_000


@dataclass(frozen=True)
class Suspect:
    """A cell that is likely wrong.

    Parameters
    ----------
    row : its position in the table, from 0
    before, after : the text that it holds, and what it should be; None where nobody knows
    strength, sure : how likely it is wrong, and how sure the repair is, both in 0…1
    """

    row: int
    column: str
    before: str
    after: str | None
    strength: float
    sure: float
    detector: str
    why: str


@dataclass(frozen=True)
class Suspects:
    """The suspect cells, in order of columns and rows, and the rules that tell them."""

    cells: tuple[Suspect, ...]
    rules: tuple[Rule, ...]


def suspects(frame: pl.DataFrame) -> Suspects:
    """The cells of a table that are likely wrong.

    Parameters
    ----------
    frame : cells as they are written; only columns of text are looked at
    """
    return suspects_of(grid_of(frame))


def suspects_of(grid: Grid) -> Suspects:
    """The cells of a table that are likely wrong by what is learnt of itself."""
    if grid.rows > MOST_ROWS:
        rows = np.random.default_rng(np.random.PCG64(0)).choice(grid.rows, MOST_ROWS, replace=False)
        return suspects_by(grid, _learnt(grid.take(np.sort(rows)))[0])
    rules, doubts = _learnt(grid)
    return _told(grid, doubts, rules)


def suspects_by(grid: Grid, rules: Sequence[Rule]) -> Suspects:
    """The cells of a table that are likely wrong by rules, which may be learnt of another; columns that they do not
    know are not looked at, and columns that are not there do not matter.
    """
    found: list[Doubts] = []
    now = grid
    for stage in _stages():
        names = {_name(module) for module in stage}
        new = list(_doubts(now, [rule for rule in rules if rule.detector in names]))
        found += new
        now = repaired(now, combine(now, new))
    return _told(grid, found, rules)


def _learnt(grid: Grid) -> tuple[list[Rule], list[Doubts]]:
    """The rules of a table, in the order in which they are applied, and what they doubt in it."""
    rules: list[Rule] = []
    doubts: list[Doubts] = []
    now = grid
    for stage in _stages():
        new = [rule for module in stage for rule in module.learn(now)]
        found = list(_doubts(now, new))
        rules += new
        doubts += found
        now = repaired(now, combine(now, found))
    return rules, doubts


def _told(grid: Grid, doubts: Sequence[Doubts], rules: Sequence[Rule]) -> Suspects:
    return Suspects(tuple(_cells(grid, combine(grid, doubts))), tuple(rules))


def repaired(grid: Grid, combined: Sequence[Combined]) -> Grid:
    """The table with those cells changed whose repair is more likely right than not."""
    for one in combined:
        is_made = (one.sure >= LIKELY) & (one.strength >= LIKELY)
        if is_made.any():
            column = grid.columns[one.column]
            index = {level: code for code, level in enumerate(column.levels)}
            codes = column.codes.copy()
            new = [index.setdefault(after, len(index)) for after in one.after[is_made].tolist()]
            codes[one.rows[is_made]] = new
            grid = grid.with_column(one.column, Strings(codes.astype(np.int32), tuple(index)))
    return grid


def _doubts(grid: Grid, rules: Sequence[Rule]) -> Iterator[Doubts]:
    by_name = {_name(module): module for stage in _stages() for module in stage}
    for rule in rules:
        if rule.column in grid.columns and rule.detector in by_name:
            found = by_name[rule.detector].apply(rule, grid)
            if found is not None:
                yield found


def _stages() -> list[list[ModuleType]]:
    """The detectors by the stage at which they look."""
    shelf = [one for one in modules("repairs.detectors") if hasattr(one, "learn")]
    return [[one for one in shelf if stage == one.STAGE] for stage in sorted({one.STAGE for one in shelf})]


def _name(module: ModuleType) -> str:
    return module.__name__.rpartition(".")[2]


def _cells(grid: Grid, combined: Sequence[Combined]) -> Iterator[Suspect]:
    for one in combined:
        column = grid.columns[one.column]
        for place in np.flatnonzero(one.strength >= LIKELY).tolist():
            row = int(one.rows[place])
            before = column.levels[column.codes[row]]
            sure = float(one.sure[place])
            after = one.after[place] if sure >= LIKELY and one.after[place] != before else None
            yield Suspect(
                row, one.column, before, after, float(one.strength[place]), sure, one.detector[place], one.why[place]
            )
