from __future__ import annotations

import time
import warnings
from collections.abc import Callable

import numpy as np
import pytest

from journeyman.curation.propose import Proposal
from journeyman.learners.best_rule import BestRule
from journeyman.learners.constant import Constant
from journeyman.plan.data import to_data
from journeyman.plan.shelf import kind_at
from journeyman.statistics.metrics.named import metric_named
from journeyman.trials.here import Here, LaboratoryHere
from journeyman.trials.pool import Job, Pool
from journeyman.trials.refit import is_fitted, refit
from journeyman.trials.search import search
from journeyman.trials.shared import TrainingData
from journeyman.trials.worker import ALL_ROWS

FLOORS = (
    Proposal(plan=Constant(), name="constant", floor=True, weight=0, seconds=0.001),
    Proposal(plan=BestRule(), name="rule", floor=False, weight=1, seconds=0.01),
)


def here(data: TrainingData) -> Here:
    pool = Here()
    pool.open(data)
    return pool


def test_it_gives_what_a_worker_gives(pool: Pool, training: Callable[..., TrainingData]) -> None:
    data = training()
    pool.open(data)
    own = here(data)
    for fold in (0, ALL_ROWS):
        job = Job(to_data(BestRule()), fold)
        own.give(job)
        (mine,) = own.wait(0)
        pool.give(Job(to_data(BestRule()), fold))
        theirs = []
        while not theirs:
            theirs = pool.wait(1)
        assert sorted(mine.arrays) == sorted(theirs[0].arrays)
        assert all(np.array_equal(mine.arrays[name], theirs[0].arrays[name]) for name in mine.arrays)


def test_one_job_at_a_time_and_none_after_it_is_dropped(training: Callable[..., TrainingData]) -> None:
    pool = here(training())
    assert (pool.idle, pool.busy(), pool.wait(0)) == (1, [], [])
    job = Job(to_data(Constant()), 0)
    pool.give(job)
    assert (pool.idle, pool.busy()) == (0, [job])
    pool.drop(Job(to_data(Constant()), 0))
    assert pool.busy() == [job]
    pool.drop(job)
    assert (pool.idle, pool.wait(0)) == (1, [])
    pool.close()


@pytest.mark.parametrize(("how", "words"), [("raise", "no luck"), ("nan", "finite number")])
def test_a_failing_learner_fails_its_job_only(
    outside: str, training: Callable[..., TrainingData], how: str, words: str
) -> None:
    pool = here(training())
    pool.give(Job({"step": outside, "how": how}, 0))
    (bad,) = pool.wait(0)
    assert words in bad.failed
    assert bad.is_its_own
    pool.give(Job({"step": "learners.unknown"}, 0))
    (unknown,) = pool.wait(0)
    assert "no step at 'learners.unknown'" in unknown.failed
    pool.give(Job(to_data(Constant()), 0))
    (good,) = pool.wait(0)
    assert not good.failed


def test_warnings_of_learners_stay_inside(
    outside: str, training: Callable[..., TrainingData], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kind_at(outside), "fit", lambda *_: warnings.warn("so many columns", stacklevel=1))
    pool = here(training())
    pool.give(Job({"step": outside, "how": "well"}, 0))
    pool.wait(0)


def test_a_search_and_a_refit_work_on_it_and_leave_nothing_behind(training: Callable[..., TrainingData]) -> None:
    data = training()
    laboratory = LaboratoryHere(here(data), data, metric_named("brier"))
    trials = search(laboratory, FLOORS, deadline=None, trials=1)
    assert [one.status for one in trials] == ["done", "done"]
    for fold in range(3):
        rows = data.folds.scored(fold)
        np.testing.assert_allclose(trials[0].answers[rows, 0], data.target.values[data.folds.training(fold)].mean())
    fitted = refit(laboratory, trials[1], deadline=None)
    assert fitted is not None
    np.testing.assert_allclose(trials[1].plan.apply(fitted[0], data.columns).numbers, fitted[1])
    # What is known is not computed again.
    laboratory.pool = Here()
    assert refit(laboratory, trials[1], deadline=None) is not None


def test_the_clock_is_looked_at_between_jobs(outside: str, training: Callable[..., TrainingData]) -> None:
    data = training()
    laboratory = LaboratoryHere(here(data), data, metric_named("brier"))
    slow = Proposal(plan=kind_at(outside)(how="well"), name="too long", floor=False, weight=9, seconds=1e6)
    began = time.monotonic()
    trials = search(laboratory, (*FLOORS, slow), deadline=began + 20, trials=None)
    assert [one.status for one in trials] == ["done", "done", "skipped"]
    assert search(laboratory, FLOORS, deadline=began - 1, trials=None)[0].status != "done"


def test_failures_are_noted_in_memory(outside: str, training: Callable[..., TrainingData]) -> None:
    data = training()
    laboratory = LaboratoryHere(here(data), data, metric_named("brier"))
    bad = Proposal(plan=kind_at(outside)(how="raise"), name="bad", floor=False, weight=9, seconds=0.01)
    trials = search(laboratory, (*FLOORS, bad), deadline=None, trials=2)
    assert trials[-1].status == "failed"
    assert laboratory.journal.last("failed", key=trials[-1].key) is not None
    laboratory.journal.close()


def test_what_is_fitted_on_all_rows_is_known_to_be(training: Callable[..., TrainingData]) -> None:
    data = training()
    bench = LaboratoryHere(here(data), data, metric_named("brier"))
    trials = search(bench, FLOORS, deadline=None, trials=1)
    assert not is_fitted(bench, trials[1])
    assert refit(bench, trials[1], deadline=None) is not None
    assert is_fitted(bench, trials[1])
