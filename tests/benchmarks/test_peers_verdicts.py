from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest

TASKS = [f"t{place:02}" for place in range(64)]


def row(task: str, system: str, time: str, score: float, **more: Any) -> dict[str, Any]:
    made = {"task": task, "system": system, "time": time, "score": score, "direction": "min", "status": "done"}
    return made | {"smallest_error": 0.001, "trivial": 2.0, "wall": 20.0, "peak_mb": 100.0, "bytes": 10**6} | more


def ours(time: str, score: float, **more: Any) -> list[dict[str, Any]]:
    return [row(task, "journeyman", time, score, **more) for task in TASKS]


def lines(rows: list[dict[str, Any]]) -> dict[str, tuple[str, str]]:
    """What → (what was found, whether it holds)."""
    times = {row["time"] for row in rows if row["system"] == "journeyman"}
    board_of = import_module("peers_judged").board_of
    text = import_module("peers_verdicts").verdicts({time: board_of(rows, time) for time in times})
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines()[4:]]
    return {what: (found, holds) for _, what, found, holds in cells}


def other(wins: int, time: str = "60s", system: str = "autogluon:best_quality") -> list[dict[str, Any]]:
    """A system against which ours, with an error of 1, wins so often."""
    return [row(task, system, time, 1.05 if place < wins else 0.97) for place, task in enumerate(TASKS)]


@pytest.mark.parametrize(("wins", "holds"), [(40, "yes"), (39, "no")])
def test_forty_of_sixty_four_wins_are_needed(wins: int, holds: str) -> None:
    found = lines(ours("60s", 1.0) + other(wins))
    name = "60s".replace("s", " s") + ": wins against autogluon:best_quality, 40 of 64, p ≤ .03"
    assert found[name][0].startswith(f"{wins} of 64")
    # 40 of 64 are just enough for the sign test too: p = .0300.
    assert found[name][1] == holds


def test_an_error_over_the_best_is_held_to_both_bounds() -> None:
    found = lines(ours("60s", 1.0) + other(40))
    assert found["60 s: best mean rank of all"][1] == "yes"
    assert found["60 s: error over the best, at most 1.02"] == ("1.011", "yes")
    assert found["60 s: the worst of it, at most 1.10"][1] == "yes"
    rows = ours("60s", 1.0) + other(40)
    rows[-1] = row(TASKS[-1], "autogluon:best_quality", "60s", 0.5)
    assert lines(rows)["60 s: the worst of it, at most 1.10"] == ("2.000 (t63)", "no")


def test_what_was_not_run_does_not_hold() -> None:
    assert all(holds == "no" for found, holds in lines(ours("30s", 1.0)).values() if found == "not run")
    assert lines(ours("30s", 1.0))["10 s: every run ends with a model"] == ("not run", "no")


def test_the_limit_of_time_and_a_run_without_a_model() -> None:
    rows = ours("10s", 1.0, wall=14.9)
    assert lines(rows)["10s: the limit of 15.0 s holds"][1] == "yes"
    rows[3]["wall"] = 15.1
    assert lines(rows)["10s: the limit of 15.0 s holds"] == ("longest 15.1 s of 64 runs; 1 too long: t03", "no")
    assert lines(rows)["10s: every run ends with a model"][1] == "yes"
    del rows[5]["score"]
    rows[5]["status"] = "failed"
    assert lines(rows)["10s: every run ends with a model"][1] == "no"


def test_memory_and_size_are_a_share_of_theirs_on_the_same_tasks() -> None:
    big = [row(task, "autogluon:best_quality", "60s", 1.0, peak_mb=400.0, bytes=2 * 10**6) for task in TASKS[:9]]
    found = lines(ours("60s", 1.0) + big)
    assert found["60s: peak memory at most a third of autogluon:best_quality's"] == (
        "0.25 of it in 9 tasks (medians 100.0 and 400.0 MB)",
        "yes",
    )
    assert found["60s: size at most a third of autogluon:best_quality's"][1] == "no"


def test_the_memory_limit_is_held_to_what_was_asked() -> None:
    assert lines(ours("60s", 1.0, memory="1GB"))["60s: the memory limit holds"][1] == "yes"
    assert lines(ours("60s", 1.0, memory="99MB"))["60s: the memory limit holds"][1] == "no"


def test_a_confirmed_loss_to_an_untuned_booster_is_named() -> None:
    ratio = {"ours_over": {"60s": {"catboost": {"value": 1.2, "low": 1.1, "high": 1.3}}}}
    rows = [row("t00", "catboost", "", 1.0), *ours("60s", 1.0)]
    equal = {"ours_over": {"60s": {"catboost": {"value": 1.0, "low": 0.9, "high": 1.1}}}}
    what = "60s: no error more than 2 % above an untuned booster's or their mean's, confirmed"
    # Nothing was kept to compare them by.
    assert lines(rows)[what] == ("none in 1 tasks; 1 without an interval", "no")
    rows[1] |= equal
    assert lines(rows)[what] == ("none in 1 tasks", "yes")
    rows[1] |= ratio
    assert lines(rows)[what] == ("t00 (catboost) 1.200 [1.100, 1.300]", "no")


def test_most_of_the_way_is_gone_early() -> None:
    rows = ours("30s", 1.01) + ours("5m", 1.0)
    assert lines(rows)["30 s of the way to 5 min, median of 64 tasks, at least 97 %"] == ("99.0%", "yes")
    for place in range(8):
        rows[place]["score"] = 1.5
    found = lines(rows)
    assert found["30 s of the way to 5 min, median of 64 tasks, at least 97 %"][1] == "yes"
    assert found["the same at the 10th percentile, at least 90 %"] == ("50.0% (least: t00)", "no")
