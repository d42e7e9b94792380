from __future__ import annotations

import math
from importlib import import_module
from typing import Any

import numpy as np
import pytest


def board(ours: dict[str, float], spread: float, systems: int = 8) -> Any:
    """Ours beside systems that all have an error of 1, with intervals of some standard error."""
    half = 1.959964 * spread
    rows = []
    for task, value in ours.items():
        over = {"value": value, "low": value * math.exp(-half), "high": value * math.exp(half)}
        names = [f"s{place}" for place in range(systems)]
        rows += [_row(task, name, 1.0) for name in names]
        rows.append(_row(task, "journeyman", value, ours_over={"60s": dict.fromkeys(names, over)}))
    return import_module("peers_judged").board_of(rows, "60s")


def _row(task: str, system: str, score: float, **more: Any) -> dict[str, Any]:
    made = {"task": task, "system": system, "time": "60s", "direction": "min", "smallest_error": 0.001}
    return made | {"score": score} | more


def test_an_equal_of_eight_is_over_the_best_of_them_by_what_chance_makes_of_nine() -> None:
    module = import_module("peers_chance")
    found = module.chance(board({f"t{place}": 1.0 for place in range(60)}, 0.1))
    # Our error and eight others, of whose paired variance ours is a share: the first less the smallest, by simulation.
    nine = np.random.default_rng(0).normal(size=(200_000, 9)) * 0.1
    nine *= np.sqrt([module.SHARED] + [1 - module.SHARED] * 8)
    assert math.log(found.over_best[0]) == pytest.approx((nine[:, 0] - nine.min(axis=1)).mean(), rel=0.03)
    assert found.over_best[1] < found.over_best[0] < found.over_best[2] < found.worst[1]
    assert found.tasks == 60


def test_what_was_lost_counts_as_chance_and_what_was_clearly_won_stays_won() -> None:
    chance = import_module("peers_chance").chance
    even = chance(board({"a": 1.0, "b": 1.0}, 0.05))
    assert chance(board({"a": 1.5, "b": 2.5}, 0.05)).over_best == pytest.approx(even.over_best)
    assert chance(board({"a": 0.5, "b": 0.5}, 0.05)).over_best == (1.0, 1.0, 1.0)


def test_nothing_follows_without_intervals() -> None:
    rows = [_row("a", "journeyman", 2.0), _row("a", "x", 1.0)]
    assert import_module("peers_chance").chance(import_module("peers_judged").board_of(rows, "60s")) is None
    unbounded = {"60s": {"x": {"value": 2.0, "low": 0.0, "high": math.inf}}}
    rows = [_row("a", "journeyman", 2.0, ours_over=unbounded), _row("a", "x", 1.0)]
    assert import_module("peers_chance").chance(import_module("peers_judged").board_of(rows, "60s")) is None
