from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from journeyman.curation.propose import Proposal
from journeyman.learners.best_rule import BestRule
from journeyman.learners.calibrate.affine import Affine
from journeyman.learners.constant import Constant
from journeyman.plan.calibrated import Calibrated
from journeyman.plan.combine import Halved
from journeyman.statistics.folds import Folds
from journeyman.statistics.metrics.named import metric_named
from journeyman.store.journal import Journal
from journeyman.trials.ensemble import blend_trial, calibrated
from journeyman.trials.halves import halved, rows_learnt_from
from journeyman.trials.here import Here
from journeyman.trials.laboratory import Laboratory
from journeyman.trials.pool import Pool
from journeyman.trials.refit import leaves
from journeyman.trials.search import search
from journeyman.trials.shared import TrainingData
from journeyman.trials.trial import Trial

PROPOSALS = (
    Proposal(plan=Constant(), name="constant", floor=True, weight=0, seconds=0.001),
    Proposal(plan=BestRule(), name="rule", floor=False, weight=1, seconds=0.01),
)
Make = Callable[..., TrainingData]


def searched(pool: Pool | Here, data: TrainingData, folder: Path) -> tuple[Laboratory, list[Trial]]:
    """A constant, a rule, their blend, and the blend calibrated."""
    pool.open(data)
    bench = Laboratory(pool, data, Journal(folder / "journal.jsonl"), folder / "trials", metric_named("brier"))
    trials = search(bench, PROPOSALS, deadline=None, trials=1)[:2]
    blend = blend_trial(bench, [(trials[0], 0.25), (trials[1], 0.75)])
    plan = Calibrated(inner=blend.plan, calibrator=Affine())
    answers = calibrated(plan, blend.answers, data.target, data.folds)
    whole = replace(blend, plan=plan, key=bench.key(plan), answers=answers, members=(blend,))
    return bench, [*trials, blend, whole]


def by_hand(data: TrainingData, trial: Trial) -> np.ndarray:
    answers = np.full((len(data.target), 1), np.nan)
    for fold in data.folds.usable:
        training, scored = data.folds.training(fold), data.folds.scored(fold)
        rows = training[Halved.stay(data.target.take(training))]
        state = trial.plan.fit(data.columns.take(rows), data.target.take(rows))
        answers[scored] = trial.plan.apply(state, data.columns.take(scored)).numbers
    return answers


def test_each_fold_is_answered_by_what_half_of_its_rows_teach(pool: Pool, training: Make, tmp_path: Path) -> None:
    data = training()
    bench, (constant, rule, blend, whole) = searched(pool, data, tmp_path)
    found = halved(bench, whole, deadline=None)
    assert found is not None
    halves = {one.name: one for one in leaves(found)}
    for one in (constant, rule):
        np.testing.assert_allclose(halves[one.name].answers, by_hand(data, one))
    assert not np.array_equal(halves["rule"].answers, rule.answers)
    (mixed,) = found.members
    np.testing.assert_allclose(mixed.answers, 0.25 * halves["constant"].answers + 0.75 * halves["rule"].answers)
    assert isinstance(whole.plan, Calibrated)
    np.testing.assert_array_equal(found.answers, calibrated(whole.plan, mixed.answers, data.target, data.folds))
    assert whole.members == (blend,), "the trial itself is as it was"


def test_what_was_fitted_is_kept_and_not_fitted_again(training: Make, tmp_path: Path) -> None:
    here = Here()
    bench, (_, rule, *_) = searched(here, training(), tmp_path)
    first = halved(bench, rule, deadline=None)
    fits = len(bench.journal.events)
    key = bench.key(Halved(inner=rule.plan))
    assert {(one["key"], one["fold"]) for one in bench.journal.events[-3:]} == {(key, fold) for fold in range(3)}
    here.give = None  # type: ignore[method-assign,assignment]  # whoever gives a job fails
    again = halved(bench, rule, deadline=0.0)
    assert first is not None
    assert again is not None, "what is there needs no time"
    np.testing.assert_array_equal(first.answers, again.answers)
    assert len(bench.journal.events) == fits


def test_without_time_nothing_is_begun(training: Make, tmp_path: Path) -> None:
    bench, (_, rule, blend, _) = searched(Here(), training(), tmp_path)
    fits = len(bench.journal.events)
    assert halved(bench, rule, deadline=0.0) is None
    slow = replace(blend, members=tuple(replace(one, seconds=50.0) for one in blend.members))
    assert halved(bench, slow, deadline=time.monotonic() + 55) is None, "60 seconds are expected of 100"
    assert len(bench.journal.events) == fits
    assert halved(bench, slow, deadline=time.monotonic() + 65) is not None


def test_who_interrupts_does_not_wait(training: Make, tmp_path: Path) -> None:
    bench, (_, rule, *_) = searched(Here(), training(), tmp_path)
    bench.interrupted = lambda: 130
    assert halved(bench, rule, deadline=None) is None
    assert bench.pool.busy() == []


@pytest.mark.parametrize("how", ["raise", "nan"])
def test_a_failure_means_no_more_than_no_answer(how: str, outside: str, training: Make, tmp_path: Path) -> None:
    from journeyman.plan.shelf import kind_at

    bench, (_, rule, *_) = searched(Here(), training(), tmp_path)
    bad = replace(rule, plan=kind_at(outside)(how=how), key="bad")
    assert halved(bench, bad, deadline=None) is None
    assert bench.pool.busy() == []
    assert halved(bench, rule, deadline=None) is not None


def test_forward_in_time_it_is_not_asked(training: Make, tmp_path: Path) -> None:
    data = training()
    bench, (_, rule, *_) = searched(Here(), data, tmp_path)
    folds = Folds("forward", 3, data.folds.number)
    bench.data = replace(data, folds=folds)
    assert halved(bench, rule, deadline=None) is None


def test_rows_are_counted_on_average(training: Make) -> None:
    assert rows_learnt_from(training(300)) == (100.0, 200.0)
