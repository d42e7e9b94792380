"""Choices of training rows are told apart from what keeps every row, and taken only where they have paid."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from journeyman.learners.calibrate.affine import Affine
from journeyman.learners.constant import Constant
from journeyman.learners.linear import Linear
from journeyman.plan.calibrated import Calibrated
from journeyman.plan.cleaned import Cleaned
from journeyman.plan.combine import Blend
from journeyman.plan.recent import Recent
from journeyman.plan.step import Step
from journeyman.plan.target import Target
from journeyman.statistics.folds import make_folds
from journeyman.statistics.metrics.named import metric_named
from journeyman.table.columns import Numbers
from journeyman.trials.trial import Trial
from journeyman.trials.twins import (
    ALONE,
    KEEPS_ALL,
    beyond_noise,
    choice_of,
    rows_tried,
    twins,
    without_dated,
    without_unproven,
)

RECENT, CLEANED = Recent(inner=Linear(), share=0.5), Cleaned(inner=Linear(), judge=Linear())
TRUTH = np.random.default_rng(0).normal(size=400)
TARGET = Target(task="regression", values=TRUTH)
FOLDS = make_folds("random", 4, rows=400)


def trial(plan: Step, noise: float, seed: int, members: tuple[Trial, ...] = ()) -> Trial:
    answers: Numbers = (TRUTH + noise * np.random.default_rng(seed).normal(size=400))[:, None]
    return Trial(plan=plan, name=f"{seed}", key=f"{seed}", status="done", answers=answers, members=members)


def test_a_twin_is_the_same_plan_on_every_row_calibrated_if_it_is() -> None:
    calibrated = Calibrated(inner=Linear(), calibrator=Affine())
    cleaned = Calibrated(inner=CLEANED, calibrator=Affine())
    plans = [Linear(), RECENT, CLEANED, cleaned, calibrated, Recent(inner=Constant(), share=0.5)]
    among = twins(plans)
    assert among.of.tolist() == [KEEPS_ALL, 0, 0, 4, KEEPS_ALL, ALONE]
    assert among.choice.tolist() == [KEEPS_ALL, 1, 2, 3, KEEPS_ALL, 1]
    assert among.choices == [1, 2, 3]


def test_a_gain_must_be_beyond_noise_and_the_more_so_the_more_were_tried() -> None:
    apart = 1 - np.eye(5)
    plans = [Linear(), RECENT]
    assert beyond_noise(np.array([0.0, 2.2]), apart[:2, :2], twins(plans)).tolist() == [True, True]
    plans += [CLEANED, Recent(inner=Linear(), share=0.25)]
    found = beyond_noise(np.array([0.0, 2.2, 0.0, 0.0]), apart[:4, :4], twins(plans))
    assert found.tolist() == [True, False, False, False]
    assert not beyond_noise(np.array([0.0, 9.0]), apart[:2, :2], twins([Constant(), RECENT]))[1]


def test_a_choice_is_judged_by_all_plans_that_made_it() -> None:
    plans = [Linear(), RECENT, Constant(), replace(RECENT, inner=Constant())]
    # Gains whose errors have nothing in common: of two alike the mean is surer than each.
    apart = np.sqrt(2) * (1 - np.eye(4))
    assert not beyond_noise(np.array([0.0, 2.5]), apart[:2, :2], twins(plans[:2]))[1]
    assert beyond_noise(np.array([0.0, 2.5, 0.0, 2.5]), apart, twins(plans)).all()
    assert beyond_noise(np.array([0.0, 4.0, 0.0, -2.0]), apart, twins(plans)).tolist() == [True, False, True, False]


def test_a_gain_over_a_poor_twin_is_none() -> None:
    plans = [Linear(), RECENT, Constant()]
    apart = 0.5 * (1 - np.eye(3))
    assert beyond_noise(np.array([0.0, 2.0, 1.0]), apart, twins(plans))[1]
    assert not beyond_noise(np.array([0.0, 2.0, 1.9]), apart, twins(plans))[1]
    # A blend may have learnt from chosen rows itself.
    plans[2] = Blend(members=(Linear(), RECENT), weights=(0.5, 0.5))
    assert beyond_noise(np.array([0.0, 2.0, 1.9]), apart, twins(plans))[1]


def test_what_has_paid_is_kept_and_what_has_not_is_not() -> None:
    whole, better, worse = trial(Linear(), 1.0, 1), trial(RECENT, 0.5, 2), trial(CLEANED, 1.0, 3)
    metric = metric_named("rmse")
    told = rows_tried([whole, better, worse], metric, TARGET, FOLDS)
    assert [one.accepted for one in told] == [True, False]
    assert told[0].low > 0
    assert told[1].low < 0
    assert without_unproven([whole, better, worse], metric, TARGET, FOLDS) == [whole, better]


def test_in_words_what_is_shipped_has_learnt_from() -> None:
    whole, recent = trial(Linear(), 1.0, 1), trial(RECENT, 0.5, 2)
    assert choice_of(whole) == "keep everything"
    assert choice_of(trial(Linear(), 1.0, 4, (recent,))) == "newest half of the rows"
    assert choice_of(trial(Linear(), 1.0, 5, (whole, recent))).endswith("in some members, every row in the others")


def test_a_window_must_be_better_in_the_newest_block_too() -> None:
    whole = replace(trial(Linear(), 1.0, 1), scores=(9.0, 1.0))
    dated, good = (replace(trial(RECENT, 1.0, 2), scores=one) for one in ((2.0, 1.1), (9.5, 0.9)))
    metric = metric_named("rmse")
    assert [one.status for one in without_dated([whole, dated], metric)] == ["done", "stopped"]
    assert without_dated([whole, good], metric) == [whole, good]


def test_where_the_newest_block_has_no_score_the_one_before_it_judges() -> None:
    nothing = float("nan")
    whole = replace(trial(Linear(), 1.0, 1), scores=(9.0, 1.0, nothing))
    good = replace(trial(RECENT, 1.0, 2), scores=(9.5, 0.9, nothing))
    assert without_dated([whole, good], metric_named("rmse")) == [whole, good]


def test_the_newest_block_judges_a_window_by_all_plans_that_had_it() -> None:
    trials = [
        replace(trial(plan, 1.0, seed), scores=(5.0, score))
        for seed, (plan, score) in enumerate(
            [(Linear(), 1.0), (RECENT, 0.5), (Constant(), 1.0), (replace(RECENT, inner=Constant()), 1.2)]
        )
    ]
    metric = metric_named("rmse")
    assert without_dated(trials, metric) == trials
    trials[3] = replace(trials[3], scores=(5.0, 1.6))
    assert [one.status for one in without_dated(trials, metric)] == ["done", "stopped", "done", "stopped"]


def test_the_best_plan_of_every_row_is_the_best_on_all_rows_together() -> None:
    """Folds of unlike difficulty: what is best in their mean is not what the board judges by."""
    plans = (Linear(), Constant(), replace(RECENT, inner=Linear()))
    fold = FOLDS.number
    noise = np.random.default_rng(3).normal(size=400)
    # By the mean over folds the first is better than the second, together it is not.
    by_fold = ((4.0, 0.5, 0.5, 0.5), (2.1, 1.5, 1.5, 1.5), (3.9, 0.4, 0.4, 0.4))
    trials = [
        Trial(plan=plan, name=f"{place}", key=f"{place}", status="done", answers=(TRUTH + size * noise)[:, None],
              scores=tuple(sizes))
        for place, (plan, sizes) in enumerate(zip(plans, by_fold, strict=True))
        for size in [np.array(sizes)[fold]]
    ]  # fmt: skip
    assert trials[0].score < trials[1].score
    metric = metric_named("rmse")
    (told,) = rows_tried(trials, metric, TARGET, FOLDS)
    assert told.low > 0
    assert not told.accepted
    assert without_unproven(trials, metric, TARGET, FOLDS) == trials[:2]


def test_what_has_no_score_says_nothing_of_a_choice() -> None:
    plans = [Linear(), RECENT, Constant(), replace(RECENT, inner=Constant())]
    found = beyond_noise(np.array([0.0, -1.0, np.nan, 9.0]), 0.1 * (1 - np.eye(4)), twins(plans))
    assert found.tolist() == [True, False, True, False]
