from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import ModuleType

import polars as pl
import pytest

from journeyman.repairs.grid import Grid, grid_of
from journeyman.repairs.rule import Doubts

#: row → (text that repairs it, or None), of one column.
Told = dict[str, dict[int, str | None]]


@pytest.fixture
def grid_from() -> Callable[[Mapping[str, Sequence[str]]], Grid]:
    """A table of text cells by column."""
    return lambda columns: grid_of(pl.DataFrame(dict(columns), schema=dict.fromkeys(columns, pl.String)))


@pytest.fixture
def doubts_of() -> Callable[[ModuleType, Grid], list[Doubts]]:
    """What one detector doubts of a table by what it learnt of the same."""

    def found(detector: ModuleType, grid: Grid) -> list[Doubts]:
        each = (detector.apply(rule, grid) for rule in detector.learn(grid))
        return [one for one in each if one is not None]

    return found


@pytest.fixture
def told_by(doubts_of: Callable[[ModuleType, Grid], list[Doubts]]) -> Callable[[ModuleType, Grid], Told]:
    """The same by column and row, with the repair where one is more likely right than not."""

    def told(detector: ModuleType, grid: Grid) -> Told:
        by_column: Told = {}
        for one in doubts_of(detector, grid):
            for row, after, sure in zip(one.rows.tolist(), one.after.tolist(), one.sure.tolist(), strict=True):
                by_column.setdefault(one.column, {})[row] = after if sure >= 0.5 else None
        return by_column

    return told
