from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from journeyman.brief.brief import Brief
from journeyman.checks.single_column_leak import look
from journeyman.simulation.world import World
from journeyman.table.finding import Skip
from journeyman.table.table import Table

Make = Callable[..., Table]
BRIEF = Brief(predict="y")
RANDOM = np.random.default_rng(5)
TRUTH = RANDOM.integers(0, 2, 600)
NUMBER = RANDOM.gamma(1.0, 100.0, 600)
THREE = RANDOM.integers(0, 3, 600)


def found_in(table_of: Make, y: Any, **columns: Any) -> list[str]:
    brief = BRIEF if len(np.unique(y)) != 3 else Brief(predict="y", task="multiclass")
    found = look(table_of({**columns, "y": y}), brief)
    assert not isinstance(found, Skip)
    assert all((one.code, one.severity, one.remedy.value) == ("leak", "warning", "ignored") for one in found)
    return [one.columns[0] for one in found]


def gauss(spread: float) -> Any:
    return TRUTH + np.random.default_rng(11).normal(0, spread, 600)


@pytest.mark.parametrize(
    "leak",
    [
        TRUTH,
        1 - TRUTH,
        [("open", "closed")[one] for one in TRUTH],
        np.where(RANDOM.uniform(size=600) < 0.01, 1 - TRUTH, TRUTH).astype(str),
        gauss(0.16),
        [f"{'ab'[one]}{other}" for one, other in zip(TRUTH, RANDOM.integers(0, 9, 600), strict=True)],
        [None if one == 0 else 3.5 for one in TRUTH],
        [None if one == 0 else f"2{place % 7}" for place, one in enumerate(TRUTH)],
        np.where(TRUTH == 1, np.datetime64("2024-05-01"), np.datetime64("NaT")) + RANDOM.integers(0, 99, 600),
        [None if one == 1 else other for one, other in zip(TRUTH, RANDOM.normal(size=600), strict=True)],
        np.abs(RANDOM.normal(size=600)) * 0.1 + np.where(TRUTH == 1, 0.0, np.where(RANDOM.integers(0, 2, 600), 5, -5)),
    ],
)
def test_columns_that_give_two_classes_away(table_of: Make, leak: Any) -> None:
    assert found_in(table_of, TRUTH, honest=RANDOM.normal(size=600), leak=leak) == ["leak"]


@pytest.mark.parametrize(
    "honest",
    [
        gauss(0.37),
        np.where(RANDOM.uniform(size=600) < 0.12, 1 - TRUTH, TRUTH),
        [None if gone else 1.5 for gone in RANDOM.uniform(size=600) < 0.5],
        [None if one and RANDOM.uniform() < 0.8 else 1.5 for one in TRUTH],
        RANDOM.permutation(600) + 0.5,
        [f"sku{place}" for place in RANDOM.integers(0, 300, 600)],
    ],
)
def test_strong_but_honest_columns_are_left_alone(table_of: Make, honest: Any) -> None:
    assert found_in(table_of, TRUTH, honest=honest) == []


@pytest.mark.parametrize("leak", [NUMBER, -2 * NUMBER + 3, np.log(NUMBER), NUMBER * RANDOM.normal(1, 0.01, 600)])
def test_columns_that_give_a_number_away(table_of: Make, leak: Any) -> None:
    assert found_in(table_of, NUMBER, leak=leak) == ["leak"]
    assert found_in(table_of, NUMBER[:120], leak=leak[:120]) == ["leak"]


def test_a_strong_but_honest_column_of_a_number(table_of: Make) -> None:
    assert found_in(table_of, NUMBER, honest=NUMBER * RANDOM.normal(1, 0.25, 600)) == []


def test_columns_that_give_several_classes_away(table_of: Make) -> None:
    words = [("x", "y", "z")[one] for one in THREE]
    assert found_in(table_of, THREE, leak=words, number=THREE * 10 % 7, honest=THREE + RANDOM.normal(size=600)) == [
        "leak", "number",
    ]  # fmt: skip


@pytest.mark.parametrize("rows", [200, 500, 3000])
@pytest.mark.parametrize("task", ["binary", "regression"])
def test_worlds_with_a_leak_are_seen_through_and_others_raise_no_alarm(table_of: Make, rows: int, task: Any) -> None:
    for seed in range(4):
        world = World(plants=("leaks.too_good_column:strong",), rows=rows, seed=seed, task=task)
        found = look(table_of(dict(world.columns)), Brief(predict=world.target))
        assert not isinstance(found, Skip)
        assert tuple(one.columns[0] for one in found) == world.truth.leaks
        honest = World(law="trees", rows=rows, seed=seed, task=task)
        assert not look(table_of(dict(honest.columns)), Brief(predict=honest.target))


def test_rare_classes_are_not_thinned_out(table_of: Make) -> None:
    y = np.zeros(60_000, np.int64)
    y[::3000] = 1
    noise = np.random.default_rng(0).normal(size=60_000)
    assert found_in(table_of, y, honest=noise, leak=y * 3 + noise * 0.1) == ["leak"]


def test_nothing_fires_on_few_rows_or_on_chance(table_of: Make) -> None:
    assert isinstance(look(table_of({"x": [0, 1] * 10, "y": [0, 1] * 10}), BRIEF), Skip)
    assert isinstance(look(table_of({"x": range(100), "y": [1] * 5 + [0] * 95}), BRIEF), Skip)
    assert isinstance(look(table_of({"x": range(100)}), Brief()), Skip)
    for seed in range(30):
        random = np.random.default_rng(seed)
        y = np.r_[np.ones(10), np.zeros(50)]
        assert found_in(table_of, y, **{f"x{place}": random.normal(size=60) for place in range(20)}) == []


def test_ids_are_not_judged_and_who_vouches_for_a_column_keeps_it(table_of: Make) -> None:
    table = table_of({"id": [f"{'ab'[one]}{place}" for place, one in enumerate(TRUTH)], "copy": TRUTH, "y": TRUTH})
    (found,) = look(table, Brief(predict="y", columns={"copy": {"role": "feature"}}))  # type: ignore[misc]
    assert (found.columns, found.remedy.action) == (("copy",), "review")


def test_a_name_that_speaks_of_the_end_is_told(table_of: Make) -> None:
    found = look(table_of({"closed_on": gauss(0.16), "y": TRUTH}), BRIEF)
    assert not isinstance(found, Skip)
    assert "its name, too" in found[0].message
