from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from journeyman.curation.propose import Candidacy
from journeyman.learners.best_rule import BestRule
from journeyman.learners.calibrate.affine import Affine
from journeyman.learners.constant import Constant
from journeyman.plan.calibrated import Calibrated
from journeyman.plan.combine import Blend, Chain
from journeyman.plan.data import to_data
from journeyman.statistics.metrics.named import metric_named
from journeyman.store.journal import Journal
from journeyman.trials.ensemble import blend_trial
from journeyman.trials.laboratory import Laboratory
from journeyman.trials.pool import Job, Pool
from journeyman.trials.refit import forget_other_states, is_fitted, refit, simple_plans
from journeyman.trials.search import search
from journeyman.trials.shared import TrainingData
from journeyman.trials.trial import Trial
from journeyman.trials.worker import ALL_ROWS

PROPOSALS = (
    Candidacy(plan=Constant(), name="constant", floor=True, weight=0, seconds=0.001),
    Candidacy(plan=BestRule(), name="rule", floor=False, weight=1, seconds=0.01),
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
