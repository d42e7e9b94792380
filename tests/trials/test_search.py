from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from journeyman.curation.propose import Candidacy
from journeyman.learners.best_rule import BestRule
from journeyman.learners.constant import Constant
from journeyman.plan.combine import Blend
from journeyman.plan.shelf import kind_at
from journeyman.statistics.metrics.named import metric_named
from journeyman.store.journal import Journal
from journeyman.trials.pool import Pool
from journeyman.trials.search import Laboratory, blend_trial, forget_other_states, refit, search
from journeyman.trials.shared import TrainingData

FLOORS = (
    Candidacy(plan=Constant(), name="constant", floor=True, weight=0, seconds=0.001),
    Candidacy(plan=BestRule(), name="rule", floor=False, weight=1, seconds=0.01),
)


def laboratory(pool: Pool, data: TrainingData, folder: Path) -> Laboratory:
    return Laboratory(pool, data, Journal(folder / "journal.jsonl"), folder / "trials", metric_named("brier"))


def test_answers_are_out_of_fold_and_a_second_run_reads_them_back(
    pool: Pool, training: Callable[..., TrainingData], tmp_path: Path
) -> None:
    data = training()
    pool.open(data)
    bench = laboratory(pool, data, tmp_path)
    trials = search(bench, FLOORS, deadline=None, trials=1)
    assert [one.status for one in trials] == ["done", "done"]
    for fold in range(3):
        rows = data.folds.scored(fold)
        np.testing.assert_allclose(trials[0].answers[rows, 0], data.target.values[data.folds.training(fold)].mean())
    events = len(bench.journal.events)
    again = search(laboratory(pool, data, tmp_path), FLOORS, deadline=None, trials=1)
    assert np.array_equal(again[1].answers, trials[1].answers)
    bench.journal.close()
    assert len(Journal(tmp_path / "journal.jsonl").events) == events


def test_a_result_changed_on_disk_is_computed_again(
    pool: Pool, training: Callable[..., TrainingData], tmp_path: Path
) -> None:
    data = training()
    pool.open(data)
    first = search(laboratory(pool, data, tmp_path), FLOORS, deadline=None, trials=1)
    victim = next((tmp_path / "trials" / first[1].key).glob("fold_2.npy"))
    victim.write_bytes(victim.read_bytes()[:-3])
    again = search(laboratory(pool, data, tmp_path), FLOORS, deadline=None, trials=1)
    assert np.array_equal(again[1].answers, first[1].answers)


def test_only_as_many_candidates_as_asked_for(
    pool: Pool, training: Callable[..., TrainingData], tmp_path: Path
) -> None:
    data = training()
    pool.open(data)
    trials = search(laboratory(pool, data, tmp_path), FLOORS, deadline=None, trials=0)
    assert [one.name for one in trials] == ["constant"]


@pytest.mark.parametrize("how", ["raise", "nan"])
def test_a_failing_candidate_leaves_the_rest(
    outside: str, training: Callable[..., TrainingData], tmp_path: Path, how: str
) -> None:
    pool = Pool(2)
    try:
        data = training()
        pool.open(data)
        bad = Candidacy(plan=kind_at(outside)(how=how), name="bad", floor=False, weight=9, seconds=0.01)
        trials = search(laboratory(pool, data, tmp_path), (*FLOORS, bad), deadline=None, trials=5)
        assert [one.status for one in trials] == ["done", "done", "failed"]
        assert trials[2].reason
    finally:
        pool.close()


def test_the_clock_is_hard(outside: str, training: Callable[..., TrainingData], tmp_path: Path) -> None:
    pool = Pool(2)
    try:
        data = training()
        pool.open(data)
        hangs = Candidacy(plan=kind_at(outside)(how="hang"), name="hangs", floor=False, weight=9, seconds=0.01)
        never = Candidacy(plan=kind_at(outside)(how="no"), name="too long", floor=False, weight=9, seconds=1e6)
        began = time.monotonic()
        trials = search(laboratory(pool, data, tmp_path), (*FLOORS, never, hangs), deadline=began + 6, trials=None)
        assert time.monotonic() - began < 8
        assert [one.status for one in trials] == ["done", "done", "skipped", "stopped"]
    finally:
        pool.close()


def test_a_blend_is_the_mean_of_its_members_before_and_after_the_refit(
    pool: Pool, training: Callable[..., TrainingData], tmp_path: Path
) -> None:
    data = training()
    pool.open(data)
    bench = laboratory(pool, data, tmp_path)
    trials = search(bench, FLOORS, deadline=None, trials=1)
    blended = blend_trial(bench, trials)
    np.testing.assert_allclose(blended.answers, (trials[0].answers + trials[1].answers) / 2)
    assert isinstance(blended.plan, Blend)
    fitted = refit(bench, blended.plan, deadline=None)
    assert fitted is not None
    state, checked = fitted
    np.testing.assert_allclose(blended.plan.apply(state, data.columns).numbers, checked)
    whole = blended.plan.fit(data.columns, data.target)
    assert sorted(whole) == sorted(state)


def test_only_the_shipped_plans_state_stays(pool: Pool, training: Callable[..., TrainingData], tmp_path: Path) -> None:
    data = training()
    pool.open(data)
    bench = laboratory(pool, data, tmp_path)
    trials = search(bench, FLOORS, deadline=None, trials=1)
    for one in trials:
        assert refit(bench, one.plan, deadline=None) is not None
    forget_other_states(bench, trials[1].plan)
    left = {path.parent.name for path in (tmp_path / "trials").glob("*/state.*.npy")}
    assert left == {trials[1].key}
    assert refit(bench, trials[0].plan, deadline=None) is not None, "what was removed is computed again"
