from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from journeyman.curation.propose import Proposal
from journeyman.learners.best_rule import BestRule
from journeyman.learners.calibrate.affine import Affine
from journeyman.learners.constant import Constant
from journeyman.plan.calibrated import Calibrated
from journeyman.plan.combine import Blend, Chain
from journeyman.plan.data import plan_of, to_data
from journeyman.plan.step import Step
from journeyman.statistics.metrics.named import metric_named
from journeyman.store.journal import Journal
from journeyman.trials.ensemble import blend_trial
from journeyman.trials.here import Here, LaboratoryHere
from journeyman.trials.laboratory import PATIENCE, Laboratory
from journeyman.trials.pool import Job, Outcome, Pool
from journeyman.trials.refit import (
    begin_refit,
    forget_other_states,
    is_fitted,
    refit,
    refit_seconds,
    simple_plans,
)
from journeyman.trials.search import search
from journeyman.trials.shared import TrainingData
from journeyman.trials.trial import Trial
from journeyman.trials.worker import ALL_ROWS

PROPOSALS = (
    Proposal(plan=Constant(), name="constant", floor=True, weight=0, seconds=0.001),
    Proposal(plan=BestRule(), name="rule", floor=False, weight=1, seconds=0.01),
)


def searched(pool: Pool, data: TrainingData, folder: Path) -> tuple[Laboratory, list[Trial]]:
    pool.open(data)
    bench = Laboratory(pool, data, Journal(folder / "journal.jsonl"), folder / "trials", metric_named("brier"))
    return bench, search(bench, PROPOSALS, deadline=None, trials=1)


def test_a_blend_is_the_mean_of_its_members_before_and_after(
    pool: Pool, training: Callable[..., TrainingData], tmp_path: Path
) -> None:
    data = training()
    bench, trials = searched(pool, data, tmp_path)
    blended = blend_trial(bench, [(trials[0], 0.25), (trials[1], 0.75)])
    np.testing.assert_allclose(blended.answers, 0.25 * trials[0].answers + 0.75 * trials[1].answers)
    assert isinstance(blended.plan, Blend)
    assert not is_fitted(bench, blended)
    fitted = refit(bench, blended, deadline=None)
    assert fitted is not None
    assert is_fitted(bench, blended)
    state, checked = fitted
    np.testing.assert_allclose(blended.plan.apply(state, data.columns).numbers, checked)
    assert sorted(blended.plan.fit(data.columns, data.target)) == sorted(state)


def test_a_calibrated_blend_learns_from_out_of_fold_answers(
    pool: Pool, training: Callable[..., TrainingData], tmp_path: Path
) -> None:
    data = training()
    bench, trials = searched(pool, data, tmp_path)
    blended = blend_trial(bench, [(trials[0], 0.5), (trials[1], 0.5)])
    plan = Calibrated(inner=blended.plan, calibrator=Affine())
    whole = Trial(plan=plan, name="c", key="c", status="done", answers=blended.answers, members=(blended,))
    assert simple_plans(whole) == [Constant(), BestRule()]
    fitted = refit(bench, whole, deadline=None)
    assert fitted is not None
    state, checked = fitted
    np.testing.assert_allclose(plan.apply(state, data.columns).numbers, checked)
    told = plan.fit_calibrator(blended.answers, data.target)
    assert np.array_equal(state["calibrator/slope"], told["slope"])


def test_when_time_is_up_there_is_nothing(pool: Pool, training: Callable[..., TrainingData], tmp_path: Path) -> None:
    bench, trials = searched(pool, training(), tmp_path)
    assert refit(bench, trials[1], deadline=0.0) is None


def test_only_the_shipped_plans_state_stays(pool: Pool, training: Callable[..., TrainingData], tmp_path: Path) -> None:
    bench, trials = searched(pool, training(), tmp_path)
    for one in trials:
        assert refit(bench, one, deadline=None) is not None
    forget_other_states(bench, trials[1])
    left = {path.parent.name for path in (tmp_path / "trials").glob("*/state.*.npy")}
    assert left == {trials[1].key}
    assert refit(bench, trials[0], deadline=None) is not None, "what was removed is computed again"


def test_what_a_search_left_under_way_is_taken_over_and_harms_nobody(
    pool: Pool, training: Callable[..., TrainingData], tmp_path: Path
) -> None:
    bench, trials = searched(pool, training(), tmp_path)
    # As a search that had to stop leaves it: tagged by its place.
    pool.give(Job(to_data(trials[1].plan), ALL_ROWS, tag=1))
    assert refit(bench, trials[1], deadline=None) is not None
    fits = [event for event in bench.journal.events if event["event"] == "fit" and event["fold"] == ALL_ROWS]
    assert [event["key"] for event in fits] == [trials[1].key], "once, under its own name"
    pool.give(Job(to_data(Chain(steps=())), ALL_ROWS, tag=0))  # it fails
    assert refit(bench, trials[0], deadline=None) is not None


class Stuck:
    """Workers of whom those that fit one plan on all rows never come to its end."""

    size = 2

    def __init__(self, here: Here, plan: Step) -> None:
        self.here, self.plan = here, plan
        self.jobs: list[Job] = []
        self.dropped: list[Job] = []
        self.waits = 0

    @property
    def idle(self) -> int:
        return self.here.idle

    def give(self, job: Job) -> None:
        if job.fold == ALL_ROWS and plan_of(job.plan) == self.plan:
            self.jobs.append(job)
        else:
            self.here.give(job)

    def wait(self, seconds: float) -> list[Outcome]:
        self.waits += 1
        assert self.waits < 100, "whoever waits for these waits for ever"
        return self.here.wait(seconds)

    def drop(self, job: Job) -> None:
        self.dropped.append(job)
        self.jobs = [one for one in self.jobs if one is not job]
        self.here.drop(job)

    def busy(self) -> list[Job]:
        return self.jobs + self.here.busy()


def interrupted_with(data: TrainingData, stuck: Step) -> tuple[LaboratoryHere, Stuck, list[Trial]]:
    """A laboratory whose user has pressed Ctrl-C and waited, and what was tried, a blend behind it."""
    here = Here()
    here.open(data)
    workers = Stuck(here, stuck)
    bench = LaboratoryHere(workers, data, metric_named("brier"))
    trials = search(bench, PROPOSALS, deadline=None, trials=1)
    trials.append(blend_trial(bench, [(trials[0], 0.25), (trials[1], 0.75)]))
    bench.interrupted = lambda: 130
    bench.heeded = time.monotonic() - PATIENCE
    return bench, workers, trials


def test_who_interrupts_gets_what_is_ready_and_waits_for_nothing(training: Callable[..., TrainingData]) -> None:
    bench, workers, (constant, rule, blended) = interrupted_with(training(), Constant())
    assert refit(bench, rule, deadline=None) is not None, "with nothing to ship, the first fit goes on"
    assert refit(bench, blended, deadline=None) is None
    assert refit(bench, constant, deadline=None) is None
    assert workers.jobs == workers.dropped == [], "nothing is begun any more"
    assert refit(bench, rule, deadline=None) is not None, "what is ready is shipped"


def test_who_interrupts_gets_the_best_so_far_where_that_is_quick(training: Callable[..., TrainingData]) -> None:
    bench, workers, (_, rule, blended) = interrupted_with(training(), Chain(steps=()))
    assert refit(bench, rule, deadline=None) is not None
    bench.heeded = None
    assert refit(bench, blended, deadline=None) is not None
    assert 0 < bench.patience() < PATIENCE
    assert workers.dropped == []


def test_the_first_part_that_is_ready_ends_the_wait_for_others(training: Callable[..., TrainingData]) -> None:
    bench, workers, (_, rule, blended) = interrupted_with(training(), Constant())
    assert refit(bench, blended, deadline=None) is None
    assert [plan_of(job.plan) for job in workers.dropped] == [Constant()]
    assert workers.busy() == []
    assert refit(bench, rule, deadline=None) is not None


def test_what_the_search_secured_is_shipped_though_it_is_part_of_nothing_else(
    training: Callable[..., TrainingData],
) -> None:
    bench, workers, (constant, rule, _) = interrupted_with(training(), Constant())
    # As a search that had to stop leaves it.
    workers.give(Job(to_data(rule.plan), ALL_ROWS, tag=1))
    assert refit(bench, constant, deadline=None) is None
    assert refit(bench, rule, deadline=None) is not None


def test_what_cannot_be_deployed_is_not_waited_for(
    training: Callable[..., TrainingData], monkeypatch: pytest.MonkeyPatch
) -> None:
    bench, _, (constant, rule, _) = interrupted_with(training(), BestRule())
    with monkeypatch.context() as patched:
        patched.setattr("journeyman.trials.refit.MOST_BYTES", 0)
        assert refit(bench, constant, deadline=None) is None
    assert bench.ready == set()
    bench.pool = Stuck(bench.pool.here, Chain(steps=()))
    assert refit(bench, rule, deadline=None) is not None


def test_it_is_begun_while_the_caller_is_busy_and_a_core_is_left_for_that(
    pool: Pool, training: Callable[..., TrainingData], tmp_path: Path
) -> None:
    bench, trials = searched(pool, training(), tmp_path)
    blended = blend_trial(bench, [(trials[0], 0.25), (trials[1], 0.75)])
    assert refit_seconds(bench, blended) > 0
    begin_refit(bench, blended)
    assert len(pool.busy()) == pool.size - 1 == 1
    begin_refit(bench, blended)
    assert len(pool.busy()) == 1
    assert refit(bench, blended, deadline=None) is not None
    assert refit_seconds(bench, blended) == 0
    begin_refit(bench, blended)
    assert pool.busy() == [], "what is known is not fitted again"
