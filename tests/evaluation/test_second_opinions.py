from __future__ import annotations

import numpy as np

from journeyman.evaluation.second_opinions import second_opinions
from journeyman.learners.constant import Constant
from journeyman.learners.linear import Linear
from journeyman.plan.step import Step
from journeyman.plan.target import Target
from journeyman.trials.trial import Trial

RANDOM = np.random.default_rng(0)
YES = RANDOM.uniform(size=500)
TARGET = Target(task="binary", values=(RANDOM.uniform(size=500) < YES).astype(float), classes=("no", "yes"))
ROWS = np.arange(500)


def tried(plan: Step, answers: np.ndarray, status: str = "done") -> Trial:
    return Trial(plan=plan, name="x", key="x", status=status, answers=answers[:, None])  # type: ignore[arg-type]  # one of them


def test_the_best_of_each_kind_is_asked() -> None:
    worse, better = np.clip(YES + RANDOM.normal(scale=0.3, size=500), 0.05, 0.95), YES
    found = second_opinions([tried(Linear(), worse), tried(Linear(strength=1.0), better)], TARGET, ROWS)
    assert len(found) == 1
    assert np.array_equal(found[0][:, 1], better)


def test_what_says_nothing_or_was_not_finished_is_not_asked() -> None:
    gaps = np.where(np.arange(500) == 3, np.nan, YES)
    trials = [
        tried(Constant(), np.full(500, 0.5)),
        tried(Linear(), 1 - YES),
        tried(Linear(), gaps),
        tried(Linear(), YES, "stopped"),
    ]
    assert second_opinions(trials, TARGET, ROWS) == []
    assert second_opinions([tried(Linear(), YES)], Target(task="regression", values=YES), ROWS) == []
    assert second_opinions([tried(Linear(), YES)], TARGET, ROWS[:0]) == []
