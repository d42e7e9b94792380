from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from journeyman.brief.brief import Brief
from journeyman.checks.evidence.answer import Answer
from journeyman.checks.missing_pattern_leak import apart_by, look
from journeyman.simulation.world import World
from journeyman.table.finding import Finding, Skip
from journeyman.table.table import Table

Make = Callable[..., Table]
RANDOM = np.random.default_rng(8)
TRUTH = (RANDOM.uniform(size=900) < 0.4).astype(int)


def seen_in(table: Table, target: str = "y", **columns: Any) -> tuple[Finding, ...]:
    found = look(table, Brief(predict=target, columns=columns))
    assert not isinstance(found, Skip)
    return found


@pytest.mark.parametrize("task", ["binary", "regression"])
@pytest.mark.parametrize("rows", [400, 2000])
def test_gaps_that_tell_are_told_and_others_are_not(table_of: Make, task: Any, rows: int) -> None:
    for seed in range(3):
        world = World(task=task, rows=rows, seed=seed, plants=("leaks.missing_pattern:medium",))
        (one,) = seen_in(table_of(dict(world.columns)), world.target)
        assert (one.code, one.severity, one.columns) == ("leak", "warning", ("follow_up",))
        assert one.remedy.action == "review"
        for plant in ("missing.completely_at_random", "missing.at_random", "missing.not_at_random"):
            honest = World(task=task, rows=rows, seed=seed, plants=(plant,))
            assert seen_in(table_of(dict(honest.columns)), honest.target) == ()


def test_nearly_all_is_set_aside_unless_the_brief_vouches(table_of: Make) -> None:
    world = World(task="regression", rows=2000, plants=("leaks.missing_pattern:strong",))
    table = table_of(dict(world.columns))
    (one,) = seen_in(table, world.target)
    assert (one.remedy.action, one.remedy.value) == ("role", "ignored")
    (kept,) = seen_in(table, world.target, follow_up={"role": "feature"})
    assert kept.remedy.action == "review"


def test_cells_that_only_one_class_has_are_told(table_of: Make) -> None:
    there = (TRUTH == 1) & (RANDOM.uniform(size=900) < 0.25)
    cells = np.where(there, 7.0, np.nan)
    (one,) = seen_in(table_of({"found": cells, "y": TRUTH}))
    assert one.numbers["pure"]
    assert "of one class" in one.message
    cells[np.flatnonzero(TRUTH == 0)[:10]] = 7.0
    assert seen_in(table_of({"found": cells, "y": TRUTH})) == ()
    few = np.where(there & (np.cumsum(there) <= 12), 7.0, np.nan)
    assert seen_in(table_of({"found": few, "y": TRUTH})) == ()


def test_rare_gaps_of_the_cheapest_things_are_honest(table_of: Make) -> None:
    price = RANDOM.gamma(4.0, 30.0, 900)
    garage = np.where((price < np.quantile(price, 0.15)) & (RANDOM.uniform(size=900) < 0.35), np.nan, price + 50)
    assert seen_in(table_of({"garage": np.where(np.isnan(garage), np.nan, RANDOM.normal(size=900)), "y": price})) == ()


def test_how_far_two_groups_lie_apart() -> None:
    values = np.arange(10.0)[:, None] / 10
    answer = Answer(np.arange(10), values, np.arange(10) % 5, is_number=True)
    assert apart_by(values[:, 0] > 0.45, answer) == 1.0
    assert apart_by(values[:, 0] < 0.45, answer) == 1.0
    assert apart_by(np.arange(10) % 2 == 0, answer) == pytest.approx(0.6)
