from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import journeyman.evaluation.ship as room
from journeyman.errors import ResourceError
from journeyman.evaluation.latency import Limit, latency_findings
from journeyman.evaluation.looks import MOST_BUILDS, Odometer
from journeyman.evaluation.stakes import Stakes
from journeyman.evaluation.verdict import decide
from journeyman.learners.constant import Constant
from journeyman.plan.target import Target
from journeyman.statistics.folds import make_folds
from journeyman.statistics.metrics.named import metric_named
from journeyman.trials.trial import Trial


def board(rows: int = 300) -> tuple[Any, list[Trial]]:
    random = np.random.default_rng(2)
    truth = (random.random(rows) < 0.5).astype(float)
    target = Target(task="binary", values=truth, classes=("no", "yes"))
    folds = make_folds("stratified", 5, rows=rows, classes=target.codes)

    def trial(name: str, answers: np.ndarray, weight: int, status: Any = "done") -> Trial:
        return Trial(
            plan=Constant(), name=name, key=name, status=status, answers=answers[:, None], weight=weight,
            floor=weight == 0,
        )  # fmt: skip

    trials = [
        trial("floor", np.full(rows, truth.mean()), 0),
        trial("good", np.clip(0.8 * truth + 0.1 + random.normal(0, 0.1, rows), 0.01, 0.99), 5),
        trial("best", np.clip(0.98 * truth + 0.01, 0.01, 0.99), 9),
        trial("failed", np.zeros(0), 1, "failed"),
    ]
    data = SimpleNamespace(target=target, folds=folds, columns=None)
    return SimpleNamespace(data=data, interrupted=lambda: 0, patience=lambda: float("inf")), trials


def ship(
    monkeypatch: pytest.MonkeyPatch,
    refuse: int,
    *,
    fitted: bool = True,
    deadline: float | None = 7.0,
    half: Any = None,
) -> tuple[Any, list[float | None]]:
    laboratory, trials = board()
    deadlines: list[float | None] = []
    begun: list[str] = []

    def refit(_: Any, trial: Trial, *, deadline: float | None) -> Any:
        deadlines.append(deadline)
        return None if len(deadlines) <= refuse else ({"answer": np.zeros(1)}, np.zeros((3, 1)))

    monkeypatch.setattr(room, "refit", refit)
    monkeypatch.setattr(room, "begin_refit", lambda laboratory, trial: begun.append(trial.name))
    monkeypatch.setattr(room, "refit_seconds", lambda laboratory, trial: 0.0)
    monkeypatch.setattr(room, "is_fitted", lambda laboratory, trial: fitted)
    monkeypatch.setattr(room, "ensembles", lambda laboratory, trials: [])
    monkeypatch.setattr(room, "halved", half or (lambda laboratory, trial, *, deadline: None))
    shipped = room.ship(laboratory, trials, metric_named("log_loss"), Stakes(), seed=0, deadline=deadline)
    assert begun == ["best"] * (deadline is not None), "what all rows speak for is fitted while the replays are made"
    return shipped, deadlines


def test_the_best_is_shipped_with_its_state(monkeypatch: pytest.MonkeyPatch) -> None:
    shipped, deadlines = ship(monkeypatch, 0)
    assert shipped.trial.name == "best"
    assert shipped.evaluation.name == "best"
    assert deadlines == [7.0]


def test_what_cannot_be_fitted_in_time_leaves_the_board_and_what_is_ready_is_shipped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shipped, deadlines = ship(monkeypatch, 1)
    assert shipped.trial.name == "good"
    assert deadlines == [7.0, None], "what is ready is shipped without a clock"


def test_where_nothing_is_ready_a_floor_is_shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    shipped, deadlines = ship(monkeypatch, 1, fitted=False)
    assert shipped.trial.name == "floor"
    assert [one.name for one in shipped.evaluation.leaderboard] == ["floor"]
    assert deadlines == [7.0, None]


@pytest.mark.parametrize("deadline", [None, 1e12])
def test_where_there_is_time_the_next_best_is_fitted(monkeypatch: pytest.MonkeyPatch, deadline: float | None) -> None:
    shipped, deadlines = ship(monkeypatch, 1, fitted=False, deadline=deadline)
    assert shipped.trial.name == "good", "no floor, though nothing is ready"
    assert deadlines == [deadline, deadline]


def test_what_holds_all_that_could_not_be_fitted_is_not_tried() -> None:
    _, (floor, good, best, _) = board()
    blend = replace(best, key="blend", members=(good, best))
    calibrated = replace(blend, key="calibrated", members=(blend,))
    assert room._parts(calibrated) == room._parts(blend) == {"good", "best"} > room._parts(best)
    assert not room._parts(floor) <= room._parts(calibrated)


def test_nothing_to_ship_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ResourceError, match="no model could be fitted"):
        ship(monkeypatch, 9)


def test_it_says_what_was_evaluated_and_what_came_too_late(monkeypatch: pytest.MonkeyPatch) -> None:
    shipped, _ = ship(monkeypatch, 0)
    assert [one.name for one in shipped.judged] == ["floor", "good", "best"]
    assert shipped.evaluation.too_late == ()
    shipped, _ = ship(monkeypatch, 1)
    assert shipped.judged[shipped.evaluation.chosen] is shipped.trial
    assert shipped.evaluation.too_late == ("best",)


def test_rows_that_have_judged_before_are_less_sure_and_at_last_say_nothing() -> None:
    laboratory, trials = board()
    del trials[2:]

    def judged(builds: int) -> Any:
        odometer = Odometer(("",) * builds)
        return room.judge(
            trials, laboratory.data, metric_named("log_loss"), Stakes(), seed=0, odometer=odometer if builds else None
        )

    first, third, last = judged(0), judged(2), judged(MOST_BUILDS)
    one, other = first.estimates["log_loss"], third.estimates["log_loss"]
    stretch = Odometer(("", "")).stretch
    assert one.value == other.value
    assert other.high - other.value == pytest.approx(stretch * (one.high - one.value))
    assert other.value - other.low == pytest.approx(stretch * (one.value - one.low))
    assert not third.too_few
    assert last.too_few
    assert "20 builds were judged by the same rows" in last.too_few_reason
    assert decide(last).decision == "do_not_deploy"


def test_what_ships_has_its_learning_curve_within_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    deadlines: list[float | None] = []

    def half(_: Any, trial: Trial, *, deadline: float | None) -> Trial:
        deadlines.append(deadline)
        return replace(trial, answers=0.5 * trial.answers + 0.25)

    shipped, _ = ship(monkeypatch, 0, half=half)
    assert deadlines == [7.0]
    assert shipped.halved is not None
    assert shipped.evaluation.learning_curve.doubling.low > 0
    plain, _ = ship(monkeypatch, 0)
    assert plain.evaluation.learning_curve is plain.halved is None
    shipped, _ = ship(monkeypatch, 1, half=half)
    assert deadlines == [7.0, 7.0], "what is shipped without a clock has no more time for this than any other"
    _, _ = ship(monkeypatch, 1, fitted=False, half=half)
    assert len(deadlines) == 2, "always the same answer learns nothing"


def test_what_is_quick_stands_in_where_the_clock_leaves_no_time_for_the_curve_of_what_ships(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def half(_: Any, trial: Trial, *, deadline: float | None) -> Trial | None:
        asked.append(trial.name)
        return replace(trial, answers=0.5 * trial.answers + 0.25) if trial.name == "good" else None

    shipped, _ = ship(monkeypatch, 0, half=half)
    assert asked == ["best", "good"], "its own first, and never always the same answer"
    curve = shipped.evaluation.learning_curve
    assert (curve.of, shipped.trial.name, shipped.halved.name) == ("good", "best", "good")
    assert "measured on 'good'" in curve.sentence
    plain, _ = ship(monkeypatch, 0)
    assert shipped.evaluation.estimates == plain.evaluation.estimates, "its better ends are not known"


# ---- where an answer may only take so long ---------------------------------------------------------------------------


def limited(
    monkeypatch: pytest.MonkeyPatch, limit: float, takes: dict[str, float], *, told: dict[str, float] | None = None
) -> Any:
    """Ship under a limit, where graphs take so long as deployed; the folds said ``told``, the same by default."""
    laboratory, trials = board()
    laboratory.mixes = False
    trials = [replace(one, row_seconds=(told or takes).get(one.key)) for one in trials]
    states = {one.key: {"answer": np.array([place])} for place, one in enumerate(trials)}
    fits: list[str] = []

    def refit(_: Any, trial: Trial, *, deadline: float | None) -> Any:
        fits.append(trial.key)
        return states[trial.key], np.zeros((3, 1))

    def whole(plan: Any, state: Any, rule: Any) -> float:
        return 1e-5 + takes[trials[int(state["answer"][0])].key]

    monkeypatch.setattr(room, "refit", refit)
    monkeypatch.setattr(room, "halved", lambda laboratory, trial, *, deadline: None)
    asked = Limit(limit, "measured", lambda: 1e-5, whole)
    shipped = room.ship(laboratory, trials, metric_named("log_loss"), Stakes(), seed=0, deadline=None, limit=asked)
    return shipped, fits


TAKES = {"floor": 0.0, "good": 1e-4, "best": 1e-3}


def test_a_generous_limit_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    shipped, fits = limited(monkeypatch, 1.0, TAKES)
    plain, _ = ship(monkeypatch, 0)
    assert shipped.evaluation == plain.evaluation
    assert fits == ["best"]
    assert shipped.latency.price is None
    assert shipped.latency.is_kept
    assert shipped.latency.seconds == pytest.approx(1.01e-3)
    assert latency_findings(shipped.latency.as_data()) == ()


def test_what_is_too_slow_is_not_even_fitted_and_its_price_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    shipped, fits = limited(monkeypatch, 2e-4, TAKES)
    assert (shipped.trial.key, fits) == ("good", ["good"])
    told = shipped.latency
    assert (told.without, told.name, told.is_kept, told.too_slow) == ("best", "good", True, ("best",))
    assert told.price.low > 0
    assert shipped.slow == {"best"}
    assert shipped.evaluation.too_late == (), "it was not for lack of time"
    assert "best" not in [one.name for one in shipped.evaluation.leaderboard]


def test_what_turns_out_to_be_too_slow_leaves_the_board(monkeypatch: pytest.MonkeyPatch) -> None:
    shipped, fits = limited(monkeypatch, 2e-4, TAKES, told=TAKES | {"best": 1.5e-4})
    assert (shipped.trial.key, fits) == ("good", ["best", "good"])
    assert shipped.latency.without_seconds == pytest.approx(1.01e-3), "as it was measured"


def test_where_nothing_is_fast_enough_the_fastest_that_learns_is_shipped_and_not_to_be_deployed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shipped, _ = limited(monkeypatch, 5e-5, TAKES)
    assert shipped.trial.key == "good"
    assert not shipped.latency.is_kept
    (finding,) = latency_findings(shipped.latency.as_data())
    assert finding.severity == "error"
    verdict = decide(shipped.evaluation, [finding])
    assert verdict.decision == "do_not_deploy"
    assert "within 50 µs" in verdict.reasons[-1]
    assert "--max-latency" in verdict.would_change[-1]
    assert decide(shipped.evaluation).decision == "deploy"
