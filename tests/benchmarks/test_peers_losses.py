from __future__ import annotations

import math
from importlib import import_module
from typing import Any


def row(task: str, system: str, score: float | None, **more: Any) -> dict[str, Any]:
    made = {"task": task, "system": system, "time": "60s", "direction": "min", "smallest_error": 0.001}
    return made | ({} if score is None else {"score": score}) | more


def board(*rows: dict[str, Any]) -> Any:
    return import_module("peers_judged").board_of(rows, "60s")


def test_a_loss_must_be_large_and_beyond_chance() -> None:
    found_in = import_module("peers_losses")

    def over(value: float, low: float) -> dict[str, Any]:
        return {"ours_over": {"60s": {"mean": {"value": value, "low": low, "high": 9.0}}}}

    rows = [
        row("large", "mean", 1, time=""), row("large", "journeyman", 1.2, **over(1.2, 1.01)),
        row("chance", "mean", 1, time=""), row("chance", "journeyman", 1.2, **over(1.2, 0.9)),
        row("small", "mean", 1, time=""), row("small", "journeyman", 1.01, **over(1.01, 1.005)),
        row("none", "mean", 1, time=""), row("none", "journeyman", None),
    ]  # fmt: skip
    found = found_in.losses(board(*rows), ("mean", "catboost"), 0.02)
    assert [one.task for one in found] == ["none", "large"]


def test_the_later_of_two_rows_tells_of_both() -> None:
    found_in = import_module("peers_losses")

    def told(value: float, order: int, system: str) -> dict[str, Any]:
        ours_over = {"60s": {"flaml": {"value": value, "low": 0.0, "high": 9.0}}}
        return row("a", system, 1.0, order=order, ours_over=ours_over)

    early, late = told(1.5, 1, "flaml"), told(1.1, 2, "journeyman")
    assert found_in.ratio_of(late, early, "60s")["value"] == 1.1
    assert found_in.ratio_of(late, early, "30s") is None


def test_the_furthest_from_the_best_comes_first() -> None:
    rows = [row("a", "journeyman", 2.0), row("a", "x", 1.0), row("b", "journeyman", 3.0), row("b", "x", 1.0)]
    rows += [row("c", "journeyman", 1.0), row("c", "x", 2.0)]
    found = import_module("peers_losses").furthest(board(*rows), 5)
    assert [(one.task, one.value, one.low, one.high) for one in found] == [("b", 3, 0, math.inf), ("a", 2, 0, math.inf)]


def test_pairs_without_an_interval_are_counted() -> None:
    rows = [row("a", "journeyman", 2.0), row("a", "x", 1.0), row("b", "journeyman", None), row("b", "x", 1.0)]
    assert import_module("peers_losses").unpaired(board(*rows), ("x", "y")) == 1
