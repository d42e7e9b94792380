from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from journeyman.brief.brief import Brief
from journeyman.checks.decision_proxy import look
from journeyman.simulation.world import World
from journeyman.table.finding import Finding, Skip
from journeyman.table.table import Table

Make = Callable[..., Table]
RANDOM = np.random.default_rng(13)
NUMBER = RANDOM.normal(size=1200)
DECIDED = NUMBER > 0.3


def seen_in(table: Table, target: str = "y") -> tuple[Finding, ...]:
    found = look(table, Brief(predict=target))
    assert not isinstance(found, Skip)
    return found


@pytest.mark.parametrize("strength", ["medium", "strong"])
def test_a_decision_that_is_recorded_as_the_outcome(table_of: Make, strength: str) -> None:
    for seed in range(4):
        world = World(task="regression", rows=1500, seed=seed, plants=(f"leaks.decision_proxy:{strength}",))
        (one,) = seen_in(table_of(dict(world.columns)), world.target)
        assert (one.code, one.severity, one.columns) == ("leak", "warning", ("queue",))
        assert one.remedy.action == "review"


@pytest.mark.parametrize("wrong", [0.0, 0.2])
def test_a_level_that_changes_at_one_point_is_told(table_of: Make, wrong: float) -> None:
    flag = DECIDED ^ (RANDOM.uniform(size=1200) < wrong)
    (one,) = seen_in(table_of({"flag": flag.astype(float), "y": NUMBER}))
    assert abs(one.numbers["point"] - 0.3) < 0.15


def noisy(spread: float) -> Any:
    return (NUMBER + RANDOM.normal(0, spread, 1200) > 0.3).astype(float)


@pytest.mark.parametrize("spread", [0.4, 0.7, 1.0, 2.0])
def test_levels_that_go_on_with_the_number_are_causes(table_of: Make, spread: float) -> None:
    assert seen_in(table_of({"flag": noisy(spread), "y": NUMBER})) == ()


def test_honest_words_and_flags_are_left_alone(table_of: Make) -> None:
    for seed in range(6):
        world = World(law="linear", task="regression", rows=1000, seed=seed, words=(2, 2, 3), strength=2.0)
        assert seen_in(table_of(dict(world.columns)), world.target) == ()


def test_two_classes_few_rows_and_dates_are_not_for_it(table_of: Make) -> None:
    brief = Brief(predict="y")
    assert isinstance(look(table_of({"flag": DECIDED, "y": DECIDED.astype(int)}), brief), Skip)
    assert isinstance(look(table_of({"flag": DECIDED[:100], "y": NUMBER[:100]}), brief), Skip)
    days = np.datetime64("2024-01-01") + DECIDED.astype(int)
    assert seen_in(table_of({"day": days, "y": NUMBER})) == ()


def test_things_of_two_kinds_are_no_decision(table_of: Make) -> None:
    fast = RANDOM.uniform(size=1200) < 0.5
    oil = (fast ^ (RANDOM.uniform(size=1200) < 0.05)).astype(float)
    apart = np.where(fast, 400 + 20 * NUMBER, 100 + 20 * NUMBER)
    rounded = np.where(fast, RANDOM.choice(np.arange(200, 800, 20), 1200), RANDOM.choice(np.arange(20, 200, 5), 1200))
    assert seen_in(table_of({"buffer": oil, "y": apart})) == ()
    assert seen_in(table_of({"buffer": oil, "y": rounded})) == ()
