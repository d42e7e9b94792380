from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from journeyman.curation.propose import propose
from journeyman.learners.constant import Constant
from journeyman.plan.data import to_data
from journeyman.plan.step import Step
from journeyman.table.columns import TERM_END, Columns, Strings
from journeyman.trials.pool import Job, Outcome, Pool, workers
from journeyman.trials.shared import TrainingData


def outcomes(pool: Pool, count: int, seconds: float = 40) -> list[Outcome]:
    found: list[Outcome] = []
    until = time.monotonic() + seconds
    while len(found) < count and time.monotonic() < until:
        found += pool.wait(0.2)
    return found


def test_jobs_come_back_and_a_dead_worker_is_replaced(
    pool: Pool, training: Callable[..., TrainingData], tmp_path: Path
) -> None:
    pool.open(training())
    pool.give(Job(to_data(Constant()), 0))
    (first,) = outcomes(pool, 1)
    assert not first.failed
    victim = pool._workers[0].process
    pool.give(Job(to_data(Constant()), 1))
    victim.kill()
    (second,) = outcomes(pool, 1)
    assert not second.failed
    assert set(second.arrays) == {"fold_1"}


def test_what_a_fresh_worker_imports_for_itself_is_whole(pool: Pool, training: Callable[..., TrainingData]) -> None:
    """Libraries without those that a worker does not need: every candidate fits in a process of its own, texts too."""
    data = training(rows=150)
    # A text is its terms.
    said = Strings.of([f"{('late', 'early')[place % 2]}{TERM_END}again {place % 7}{TERM_END}" for place in range(150)])
    columns = Columns.of(rows=150, words=[said], word_names=("said",), text_names=("said",))
    data = replace(data, columns=columns)
    pool.open(data)
    plans = {to_plan(one.plan): one for one in propose(data.columns, data.target, "log_loss")}
    assert any("preparation.text.scores" in one for one in plans)
    for one in plans.values():
        pool.give(Job(to_data(one.plan), 0))
        (answered,) = outcomes(pool, 1)
        assert not answered.failed, (one.name, answered.failed)


def to_plan(plan: Step) -> str:
    return json.dumps(to_data(plan))


def test_meanwhile_matrix_products_here_take_one_core() -> None:
    def threads() -> set[int]:
        return {one["num_threads"] for one in threadpool_info() if "numpy" in one["filepath"]}

    with threadpool_limits(2, user_api="blas"):
        assert threads() == {2}
        with workers():
            assert threads() == {1}
        assert threads() == {2}


@pytest.mark.parametrize(("how", "words"), [("raise", "no luck"), ("die", "status -9"), ("nan", "finite number")])
def test_a_failing_learner_fails_its_job_only(
    outside: str, training: Callable[..., TrainingData], tmp_path: Path, how: str, words: str
) -> None:
    pool = Pool(1)
    try:
        pool.open(training())
        pool.give(Job({"step": outside, "how": how}, 0))
        (bad,) = outcomes(pool, 1)
        assert words in bad.failed
        pool.give(Job(to_data(Constant()), 0))
        (good,) = outcomes(pool, 1)
        assert not good.failed
    finally:
        pool.close()


def test_a_hanging_job_can_be_dropped(outside: str, training: Callable[..., TrainingData], tmp_path: Path) -> None:
    pool = Pool(1)
    try:
        pool.open(training())
        job = Job({"step": outside, "how": "hang"}, 0)
        pool.give(job)
        pool.wait(0.5)
        pool.drop(job)
        assert pool.idle == 1
        pool.give(Job(to_data(Constant()), 0))
        assert not outcomes(pool, 1)[0].failed
    finally:
        pool.close()


def test_too_much_memory_stops_the_largest_worker(training: Callable[..., TrainingData], tmp_path: Path) -> None:
    pool = Pool(1, memory=1)
    try:
        pool.open(training())
        pool.give(Job(to_data(Constant()), 0))
        (outcome,) = outcomes(pool, 1)
        assert outcome.failed.startswith("memory")
    finally:
        pool.close()


def test_workers_are_gone_when_their_parent_is(tmp_path: Path) -> None:
    code = (
        "import os, time\nfrom journeyman.trials.pool import Pool\npool = Pool(2)\n"
        "print(*[one.process.pid for one in pool._workers], flush=True)\ntime.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=tmp_path)
    if parent.stdout is None:
        raise AssertionError
    workers = [int(word) for word in parent.stdout.readline().split()]
    assert len(workers) == 2
    os.kill(parent.pid, 9)
    parent.wait()
    parent.stdout.close()
    until = time.monotonic() + 20
    while time.monotonic() < until and any(psutil.pid_exists(pid) for pid in workers):
        time.sleep(0.1)
    assert not any(psutil.pid_exists(pid) for pid in workers)
