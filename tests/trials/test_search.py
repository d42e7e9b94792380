from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import psutil
import pytest

from journeyman.curation.propose import Proposal, propose
from journeyman.learners.best_rule import BestRule
from journeyman.learners.constant import Constant
from journeyman.learners.linear import Linear
from journeyman.plan.shelf import kind_at
from journeyman.statistics.metrics.named import metric_named
from journeyman.store.journal import Journal
from journeyman.trials.clock import learner_of
from journeyman.trials.here import Here, LaboratoryHere
from journeyman.trials.laboratory import Laboratory
from journeyman.trials.pool import Pool
from journeyman.trials.search import search
from journeyman.trials.shared import TrainingData
from journeyman.trials.worker import ALL_ROWS

FLOORS = (
    Proposal(plan=Constant(), name="constant", floor=True, weight=0, seconds=0.001),
    Proposal(plan=BestRule(), name="rule", floor=False, weight=1, seconds=0.01),
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
        bad = Proposal(plan=kind_at(outside)(how=how), name="bad", floor=False, weight=9, seconds=0.01)
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
        hangs = Proposal(plan=kind_at(outside)(how="hang"), name="hangs", floor=False, weight=9, seconds=0.01)
        never = Proposal(plan=kind_at(outside)(how="no"), name="too long", floor=False, weight=9, seconds=1e6)
        began = time.monotonic()
        trials = search(laboratory(pool, data, tmp_path), (*FLOORS, never, hangs), deadline=began + 6, trials=None)
        assert time.monotonic() - began < 8
        assert {one.name: one.status for one in trials}["too long"] == "skipped"
        assert {one.name: one.status for one in trials}["hangs"] == "stopped"
    finally:
        pool.close()


def test_floors_come_first_and_then_what_promises_most_for_its_time(
    pool: Pool, training: Callable[..., TrainingData], tmp_path: Path
) -> None:
    data = training()
    pool.open(data)
    bench = laboratory(pool, data, tmp_path)
    begun: list[str] = []
    bench.say = lambda text: begun.append(text.partition(",")[0])
    slow = Proposal(plan=Linear(), name="slow", floor=False, weight=3, seconds=2.0, worth=0.9)
    quick = Proposal(plan=BestRule(), name="quick", floor=False, weight=3, seconds=0.01)
    search(bench, (slow, quick, FLOORS[0]), deadline=time.monotonic() + 60, trials=None)
    assert list(dict.fromkeys(begun)) == ["constant", "quick", "slow"]


def test_whoever_waits_is_told_of_floors_and_the_first_model(
    pool: Pool, training: Callable[..., TrainingData], tmp_path: Path
) -> None:
    data = training()
    pool.open(data)
    bench = laboratory(pool, data, tmp_path)
    told: list[object] = []
    bench.floors_done = lambda floors: told.append([one.name for one in floors])
    bench.first_done = lambda trial: told.append(trial.name)
    search(bench, FLOORS, deadline=None, trials=1)
    assert told == [["constant"], "rule"]


def test_what_is_clearly_better_is_told_once_and_what_goes_on_with_the_best_so_far(
    training: Callable[..., TrainingData],
) -> None:
    data = training()
    # One at a time: with several workers, what is quick may be done together with what is better.
    here = Here()
    here.open(data)
    bench = LaboratoryHere(here, data, metric_named("brier"))
    told: list[tuple[str, str, float]] = []
    said: list[str] = []
    bench.better = lambda trial, before, lower: told.append((trial.name, before.name, lower))
    bench.say = said.append
    linear = Proposal(plan=Linear(), name="linear", floor=False, weight=3, seconds=5.0)
    again = Proposal(plan=Linear(strength=1.0), name="again", floor=False, weight=3, seconds=9.0)
    search(bench, (FLOORS[0], FLOORS[1], linear, again), deadline=time.monotonic() + 60, trials=None)
    # Both are as good, and whichever is done first is told.
    ((name, before, lower),) = told
    assert name in ("linear", "again")
    assert before == "rule"
    assert 0 < lower < 1
    assert any("s left · best so far rule" in one for one in said)


def test_under_a_clock_the_first_model_is_told_once_it_could_be_shipped(
    pool: Pool, training: Callable[..., TrainingData], tmp_path: Path
) -> None:
    data = training()
    pool.open(data)
    bench = laboratory(pool, data, tmp_path)
    fitted: list[int] = []
    bench.first_done = lambda trial: fitted.extend(
        event["fold"] for event in bench.journal.events if event["event"] == "fit" and event["key"] == trial.key
    )
    search(bench, FLOORS, deadline=time.monotonic() + 60, trials=None)
    assert ALL_ROWS in fitted, "Ctrl-C is said to keep what is not there yet"


def test_a_much_worse_candidate_is_given_up_after_two_folds_where_others_wait_in_vain(
    training: Callable[..., TrainingData], tmp_path: Path
) -> None:
    # One worker: with more, a third fold may be done before the second is looked at.
    pool = Pool(1)
    try:
        data = training()
        pool.open(data)
        bench = laboratory(pool, data, tmp_path)
        poor = Proposal(plan=Constant(), name="poor", floor=False, weight=9, seconds=5.0)
        endless = Proposal(plan=BestRule(), name="endless", floor=False, weight=9, seconds=1000.0)
        trials = search(bench, (FLOORS[1], poor, endless), deadline=time.monotonic() + 60, trials=None)
        assert [one.status for one in trials] == ["done", "stopped", "skipped"]
        assert "worse" in trials[1].reason
        alone = search(
            laboratory(pool, data, tmp_path / "alone"), (FLOORS[1], poor), deadline=time.monotonic() + 60, trials=None
        )
        assert [one.status for one in alone] == ["done", "done"], "there is time for it"
        counted = search(laboratory(pool, data, tmp_path), (FLOORS[1], poor), deadline=None, trials=2)
        assert [one.status for one in counted] == ["done", "done"], "a fixed amount of work does not depend on it"
    finally:
        pool.close()


def test_what_takes_much_longer_than_it_should_makes_room_for_others(
    outside: str, training: Callable[..., TrainingData], tmp_path: Path
) -> None:
    pool = Pool(2)
    try:
        data = training()
        pool.open(data)
        hangs = Proposal(plan=kind_at(outside)(how="hang"), name="hangs", floor=False, weight=9, seconds=0.1, worth=9.0)
        waits = Proposal(plan=Linear(), name="waits", floor=False, weight=3, seconds=0.5, worth=0.1)
        floors = (replace(FLOORS[1], worth=99.0), hangs, waits)
        trials = search(laboratory(pool, data, tmp_path), floors, deadline=time.monotonic() + 60, trials=None)
        told = {one.name: (one.status, one.reason) for one in trials}
        assert told["hangs"] == ("stopped", "it took much longer than it should have")
        assert told["waits"][0] == "done"
    finally:
        pool.close()


def test_without_any_model_yet_the_quickest_is_tried_though_it_may_not_finish(
    pool: Pool, training: Callable[..., TrainingData], tmp_path: Path
) -> None:
    data = training()
    pool.open(data)
    slow = [replace(FLOORS[1], name=name, seconds=seconds) for name, seconds in (("slower", 900.0), ("slow", 90.0))]
    slow[0] = replace(slow[0], plan=Linear())
    trials = search(laboratory(pool, data, tmp_path), slow, deadline=time.monotonic() + 10, trials=None)
    assert {one.name: one.status for one in trials}["slow"] == "done"


# ---- failed candidates never fail a run ------------------------------------------------------------------------------


def every_learner(data: TrainingData) -> list[Proposal]:
    """One light plan for each learner on the shelf."""
    proposals = propose(data.columns, data.target, "log_loss")
    found: dict[str, Proposal] = {}
    for one in sorted(proposals, key=lambda one: one.seconds):
        found.setdefault(learner_of(one.plan), one)
    return list(found.values())


@pytest.mark.parametrize("how", ["raise", "nan", "die", "hang", "eat"])
def test_whichever_learner_fails_however_the_rest_comes_to_its_end(
    outside: str, training: Callable[..., TrainingData], tmp_path: Path, how: str
) -> None:
    data = training(rows=120)
    learners = every_learner(data)
    assert len(learners) >= 4
    if how in ("die", "hang", "eat"):
        # Whose process it is does not matter to who stops it, and each takes seconds.
        learners = learners[:3]
    memory = psutil.Process().memory_info().rss + 900_000_000 if how == "eat" else None
    pool = Pool(2, memory)
    try:
        pool.open(data)
        wrapped = [(one, kind_at(outside)(how=how, inner=one.plan)) for one in learners]
        bad = [replace(one, plan=plan, name=f"bad {one.name}", floor=False, seconds=0.05) for one, plan in wrapped]
        # What hangs is given up for others that wait, and the last one when time is up.
        deadline = time.monotonic() + 12 if how == "hang" else None
        healthy = (FLOORS[0], replace(FLOORS[1], worth=99.0))
        trials = search(laboratory(pool, data, tmp_path), (*healthy, *bad), deadline=deadline, trials=99)
        told = {one.name: one for one in trials}
        assert told.keys() == {one.name for one in (*healthy, *bad)}
        for one in healthy:
            assert told[one.name].status == "done", told[one.name].reason
        for one in bad:
            assert told[one.name].reason, "the run says why"
        became = {told[one.name].status for one in bad}
        # After some that hang, the clock takes the rest for too slow to begin with.
        assert became <= ({"stopped", "skipped"} if how == "hang" else {"failed"})
        assert became != {"skipped"}
    finally:
        pool.close()
