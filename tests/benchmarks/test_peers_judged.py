from __future__ import annotations

import math
from importlib import import_module
from typing import Any

import pytest


def row(task: str, system: str, score: float | None, **more: Any) -> dict[str, Any]:
    made = {"task": task, "system": system, "time": "60s", "direction": "min", "smallest_error": 0.001, "trivial": 2.0}
    return made | ({} if score is None else {"score": score}) | {"status": "done" if score else "failed"} | more


def board(*rows: dict[str, Any]) -> Any:
    return import_module("peers_judged").board_of(rows, "60s")


ROWS = (
    row("a", "journeyman", 1.0), row("a", "flaml", 2.0), row("a", "h2o", 1.0005),
    row("b", "journeyman", 0.9, direction="max"), row("b", "flaml", 0.95, direction="max"),
    row("b", "h2o", None, direction="max"),
    row("c", "flaml", 1.0), row("d", "journeyman", 1.0, time="30s"),
)  # fmt: skip


def test_ranks_errors_and_wins_are_those_computed_by_hand() -> None:
    found = {one.system: one for one in import_module("peers_judged").standings(board(*ROWS))}
    ours, flaml, h2o = found["journeyman"], found["flaml"], found["h2o"]
    # Task c has no row of ours and d is of another budget.
    assert (ours.tasks, flaml.tasks, h2o.tasks, h2o.failed) == (2, 2, 2, 1)
    assert (ours.rank, flaml.rank, h2o.rank) == (1.5, 2.0, 2.5)
    # On b an AUC of 0.9 leaves 0.1 where the best leaves 0.05.
    assert ours.over_best == pytest.approx(math.sqrt(1 * 2))
    assert (ours.worst, ours.worst_task) == (pytest.approx(2), "b")
    assert flaml.wins == 1
    # Within 0.1 % it is half a win; without a model it is lost.
    assert h2o.wins == 1.5
    assert flaml.ours_over == pytest.approx(math.sqrt(0.5 * 2))


def test_what_failed_shares_the_last_ranks_and_equal_ones_share_theirs() -> None:
    found = {
        one.system: one.rank
        for one in import_module("peers_judged").standings(
            board(row("a", "journeyman", 1), row("a", "x", 1), row("a", "y", None), row("a", "z", None))
        )
    }
    assert found == {"journeyman": 1.5, "x": 1.5, "y": 3.5, "z": 3.5}


def test_ranks_are_those_of_the_tasks_that_all_ran() -> None:
    two = (row("a", "journeyman", 1), row("a", "h2o", 2), row("b", "journeyman", 5), row("b", "h2o", 4))
    standings = import_module("peers_judged").standings
    assert {one.system: one.rank for one in standings(board(*two))} == {"journeyman": 1.5, "h2o": 1.5}
    found = standings(board(*two, row("a", "flaml", 3)))
    assert {one.system: (one.rank, one.tasks) for one in found} == {
        "journeyman": (1, 2),
        "h2o": (2, 2),
        "flaml": (3, 1),
    }


def test_errors_below_the_smallest_are_that() -> None:
    judged = import_module("peers_judged")
    assert judged.error(row("a", "x", 1e-9)) == judged.error(row("a", "y", 5e-4)) == 0.001
    assert judged.win(row("a", "x", 1e-9), row("a", "y", 5e-4)) == 0.5
    assert judged.error(row("a", "x", math.nan)) == math.inf


def test_the_sign_test_is_the_tail_of_fair_coins() -> None:
    sign_test = import_module("peers_judged").sign_test
    assert sign_test(40, 64) == pytest.approx(0.0300, abs=5e-4)
    assert sign_test(39.5, 64) == sign_test(39, 64) > sign_test(40, 64)
    assert sign_test(0, 5) == 1
    assert math.isnan(sign_test(0, 0))


def test_the_way_is_measured_from_the_trivial_score() -> None:
    judged = import_module("peers_judged")
    rows = [
        row("a", "journeyman", 1.1, time="30s"), row("a", "journeyman", 1.0, time="5m"),
        row("b", "journeyman", 0.7, time="30s", direction="max", trivial=0.5),
        row("b", "journeyman", 0.9, time="5m", direction="max", trivial=0.5),
        row("nothing", "journeyman", 2.0, time="30s"), row("nothing", "journeyman", 2.0, time="5m"),
        row("lost", "journeyman", None, time="30s"), row("lost", "journeyman", 1.0, time="5m"),
    ]  # fmt: skip
    found = judged.ways(judged.board_of(rows, "30s"), judged.board_of(rows, "5m"))
    assert found == {"a": pytest.approx(0.9), "b": pytest.approx(0.5), "lost": 0.0}
