from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from journeyman.bundle.decision import DecisionRule
from journeyman.evaluation.evaluate import evaluate
from journeyman.evaluation.evaluation import Evaluation
from journeyman.evaluation.learning import with_learning_curve
from journeyman.evaluation.learning_curve import FLATTEST, reach
from journeyman.evaluation.stakes import Stakes
from journeyman.learners.constant import Constant
from journeyman.plan.target import Target
from journeyman.statistics.folds import make_folds
from journeyman.statistics.metrics.named import metric_named
from journeyman.trials.trial import Trial

HIGHER = {"roc_auc", "accuracy", "r2", "payoff"}


def trial(name: str, answers: np.ndarray, weight: int = 5) -> Trial:
    return Trial(
        plan=Constant(), name=name, key=name, status="done", answers=answers[:, None], weight=weight, floor=weight == 0
    )


def measured(
    noise: float, *, numbers: bool = False, rows: int = 600, share: float = 0.95, groups: bool = False
) -> tuple[Evaluation, Evaluation]:
    """The evaluation before and after, where answers of halves are off by so much more."""
    random = np.random.default_rng(5)
    signal, luck = random.normal(size=rows), random.normal(size=rows)
    if numbers:
        target = Target(task="regression", values=signal + luck, seed=1)
        full, half = signal, signal + noise * random.normal(size=rows)
    else:
        truth = (signal + luck > 0).astype(float)
        target = Target(task="binary", values=truth, classes=("no", "yes"), seed=1)
        full, half = (1 / (1 + np.exp(-1.7 * (signal + more * random.normal(size=rows)))) for more in (0.0, noise))
    if groups:
        target = replace(target, groups=np.arange(rows) // 3)
    codes = None if numbers else target.codes
    kind: Any = "random" if numbers else "stratified"
    folds = make_folds(kind, 5, rows=rows, classes=codes, groups=target.groups)
    metric = metric_named("rmse" if numbers else "log_loss")
    stakes = Stakes() if numbers else Stakes(DecisionRule({"act": {"yes": 1.0, "no": -1.0}}))
    shipped = trial("model", full)
    trials = [trial("floor", np.full(rows, target.values.mean()), 0), shipped]
    before = evaluate(trials, target, folds, metric, stakes=stakes, seed=3, share=share)
    assert before.name == "model"
    data: Any = SimpleNamespace(target=target, folds=folds)
    after = with_learning_curve(before, shipped, replace(shipped, answers=half[:, None]), data, stakes, seed=3)
    return before, after


@pytest.mark.parametrize("numbers", [False, True])
@pytest.mark.parametrize("noise", [0.0, 0.02, 0.5])
@pytest.mark.parametrize("groups", [False, True])
def test_the_better_end_only_moves_outward_and_all_else_stays(numbers: bool, noise: float, groups: bool) -> None:
    before, after = measured(noise, numbers=numbers, groups=groups)
    assert set(after.estimates) == set(before.estimates)
    for name, old in before.estimates.items():
        new = after.estimates[name]
        worse, better = ("low", "high") if name in HIGHER else ("high", "low")
        sign = 1 if name in HIGHER else -1
        assert (new.value, getattr(new, worse)) == (old.value, getattr(old, worse))
        moved = sign * (getattr(new, better) - getattr(old, better))
        assert moved >= 0
        if noise == 0.5:
            assert moved > 0, name
    shown = after.estimates[after.metric]
    assert (after.leaderboard[0].low, after.leaderboard[0].high) == (shown.low, shown.high)
    assert after.leaderboard[1:] == before.leaderboard[1:]
    kept = {"estimates": before.estimates, "leaderboard": before.leaderboard, "learning_curve": None}
    assert replace(after, **kept) == before  # type: ignore[arg-type]  # three fields of three types


def test_it_moves_by_what_the_flattest_curve_brings_from_a_fold_to_all_rows() -> None:
    before, after = measured(0.5, numbers=True)
    curve = after.learning_curve
    assert curve is not None
    assert (curve.half_rows, curve.full_rows, curve.rows) == (240.0, 480.0, 600)
    by = reach(240, 480, 600, FLATTEST) * curve.doubling.value
    assert by == pytest.approx(0.2868 * curve.doubling.value, rel=1e-3)
    assert before.estimates["rmse"].low - after.estimates["rmse"].low == pytest.approx(by)


def test_the_gain_of_a_doubling_is_paired() -> None:
    """The rows' own luck cancels: the gain is surer than the two scores."""
    _, after = measured(0.5, numbers=True)
    curve = after.learning_curve
    assert curve is not None
    assert curve.doubling.low > 0
    assert curve.doubling.value == pytest.approx(curve.half.value - curve.full.value)
    widths = [one.high - one.low for one in (curve.doubling, curve.full, curve.half)]
    assert widths[0] < min(widths[1:])


def test_forecasts_go_on_as_the_curve_went_and_hold_more_the_further_they_reach() -> None:
    before, after = measured(0.5, numbers=True)
    curve = after.learning_curve
    assert curve is not None
    assert curve.more.value < curve.whole.value < before.estimates["rmse"].value
    assert curve.more.low < curve.whole.low
    assert curve.more.low <= curve.more.value <= curve.more.high
    assert curve.outlook == "helps"
    _, wider = measured(0.5, numbers=True, share=0.999)
    assert wider.learning_curve is not None
    assert wider.learning_curve.doubling.low < curve.doubling.low


def test_a_score_is_never_better_than_perfect() -> None:
    rows = 400
    truth = np.random.default_rng(0).integers(0, 2, rows).astype(float)
    target = Target(task="binary", values=truth, classes=("no", "yes"))
    folds = make_folds("stratified", 5, rows=rows, classes=target.codes)
    shipped = trial("model", 0.02 + 0.96 * truth)
    trials = [trial("floor", np.full(rows, 0.5), 0), shipped]
    before = evaluate(trials, target, folds, metric_named("log_loss"), seed=3)
    half = replace(shipped, answers=np.full((rows, 1), 0.5))
    after = with_learning_curve(
        before, shipped, half, SimpleNamespace(target=target, folds=folds), Stakes(), seed=3  # type: ignore[arg-type]
    )  # fmt: skip
    assert after.estimates["log_loss"].low == 0.0
    assert after.estimates["roc_auc"].high == 1.0
    assert after.learning_curve is not None
    assert after.learning_curve.more.low == 0.0


def test_what_brings_nothing_is_said_and_what_cannot_be_told_too() -> None:
    _, same = measured(0.0, numbers=True)
    assert same.learning_curve is not None
    assert same.learning_curve.outlook == "settled"
    assert same.learning_curve.doubling.value == 0
    _, noisy = measured(0.1, numbers=True, rows=60)
    assert noisy.learning_curve is not None
    assert noisy.learning_curve.outlook == "unclear"


def test_without_answers_of_halves_nothing_changes() -> None:
    before, _ = measured(0.1)
    data: Any = SimpleNamespace()
    assert with_learning_curve(before, trial("model", np.zeros(1)), None, data, Stakes(), seed=3) is before


def test_where_no_fold_has_a_half_there_is_no_curve() -> None:
    """One group is all that a fold learns from."""
    random = np.random.default_rng(0)
    target = Target(task="regression", values=random.normal(size=100), groups=np.arange(100) // 50)
    folds = make_folds("entity", 2, rows=100, groups=target.groups)
    shipped = trial("model", target.values + random.normal(size=100))
    before = evaluate([shipped], target, folds, metric_named("rmse"))
    data: Any = SimpleNamespace(target=target, folds=folds)
    assert with_learning_curve(before, shipped, shipped, data, Stakes(), seed=0) is before
