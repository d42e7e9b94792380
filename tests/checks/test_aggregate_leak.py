from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from journeyman.brief.brief import Brief
from journeyman.checks.aggregate_leak import look
from journeyman.simulation.world import World
from journeyman.table.finding import Finding, Skip
from journeyman.table.table import Table

Make = Callable[..., Table]
RANDOM = np.random.default_rng(9)
SHOP = RANDOM.integers(0, 80, 600)
NOISE = RANDOM.normal(size=600)
TRUTH = RANDOM.integers(0, 2, 600)
PRICE = RANDOM.gamma(2.0, 50.0, 600)


def means(goal: Any, more: float = 0.0) -> Any:
    total, count = np.bincount(SHOP, goal), np.bincount(SHOP)
    return ((total + more * goal.mean()) / (count + more))[SHOP]


def found(table_of: Make, y: Any, role: str = "", **columns: Any) -> tuple[Finding, ...]:
    brief = Brief(predict="y", columns={"rate": {"role": role}} if role else {})
    seen = look(table_of({"shop": [f"s{one}" for one in SHOP], "noise": NOISE, **columns, "y": y}), brief)
    assert not isinstance(seen, Skip)
    return seen


@pytest.mark.parametrize("more", [0.0, 4.0])
@pytest.mark.parametrize("y", [TRUTH, PRICE])
def test_means_of_the_target_are_set_aside(table_of: Make, y: Any, more: float) -> None:
    (one,) = found(table_of, y, rate=means(y, more))
    assert (one.code, one.severity, one.columns, one.remedy.value) == ("leak", "warning", ("rate",), "ignored")
    assert "the row's own among them" in one.message
    assert one.numbers["groups"] > 3


def test_means_of_a_class_of_several(table_of: Make) -> None:
    y = RANDOM.choice(["a", "b", "c"], 600)
    (one,) = found(table_of, y, rate=means((y == "b").astype(float)))
    assert "'y' = 'b'" in one.message


def test_who_vouches_for_it_keeps_it(table_of: Make) -> None:
    (one,) = found(table_of, PRICE, role="feature", rate=means(PRICE))
    assert one.remedy.action == "review"


@pytest.mark.parametrize("y", [TRUTH, PRICE])
def test_facts_of_a_group_and_means_of_other_things_are_none(table_of: Make, y: Any) -> None:
    past = means(RANDOM.permutation(y))
    effect = RANDOM.normal(size=80)[SHOP]
    assert found(table_of, y, rate=past, size=effect, mean=np.full(600, y.mean())) == ()


@pytest.mark.parametrize("task", ["binary", "regression"])
@pytest.mark.parametrize("strength", ["weak", "strong"])
def test_worlds(table_of: Make, task: Any, strength: str) -> None:
    world = World(plants=(f"leaks.aggregate:{strength}",), rows=500, seed=1, task=task)
    seen = look(table_of(dict(world.columns)), Brief(predict=world.target))
    assert not isinstance(seen, Skip)
    assert [one.columns for one in seen] == [("branch_average",)]


def test_without_a_target_nothing_can_be_said(table_of: Make) -> None:
    assert isinstance(look(table_of({"x": range(100)}), Brief()), Skip)
