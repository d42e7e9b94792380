"""A search tries choices of training rows, whatever its clock."""

from __future__ import annotations

import time

import numpy as np
import pytest

from journeyman.curation.propose import Proposal
from journeyman.learners.constant import Constant
from journeyman.learners.linear import Linear
from journeyman.plan.recent import Recent
from journeyman.plan.target import Target
from journeyman.statistics.folds import make_folds
from journeyman.statistics.metrics.named import metric_named
from journeyman.table.columns import Columns
from journeyman.trials.here import Here, LaboratoryHere
from journeyman.trials.search import search
from journeyman.trials.shared import TrainingData
from journeyman.trials.twins import rows_tried

PROPOSALS = (
    Proposal(plan=Constant(), name="constant", floor=True, weight=0, seconds=0.001),
    Proposal(plan=Linear(), name="linear", floor=False, weight=3, seconds=0.005),
)


def forward(change: float, rows: int = 2400) -> TrainingData:
    """A slope that turns at half of the time; the first half of it is never scored."""
    random = np.random.default_rng(0)
    numbers = random.normal(size=(rows, 1))
    slope = np.where(np.arange(rows) < 0.4 * rows, 1.0 + change, 1.0)
    order = np.arange(rows)
    target = Target(
        task="regression", values=slope * numbers[:, 0] + 0.3 * random.normal(size=rows), order=order,
        fold_kind="forward",
    )  # fmt: skip
    folds = make_folds("forward", 3, rows=rows, order=order, first=0.5)
    return TrainingData(Columns.of(rows=rows, numbers=numbers, number_names=("a",)), target, folds)


@pytest.mark.parametrize("seconds", [None, 60.0])
@pytest.mark.parametrize("change", [0.0, -3.0])
def test_a_window_is_taken_where_the_law_has_changed_and_only_there(change: float, seconds: float | None) -> None:
    data = forward(change)
    here = Here()
    here.open(data)
    laboratory = LaboratoryHere(here, data, metric_named("rmse"))
    deadline = None if seconds is None else time.monotonic() + seconds
    trials = search(laboratory, PROPOSALS, deadline=deadline, trials=None if seconds else 1)
    windows = [one for one in trials if isinstance(one.plan, Recent)]
    assert len(windows) == 3
    assert all(one.status == "done" for one in windows)
    accepted = [one for one in rows_tried(trials, laboratory.metric, data.target, data.folds) if one.accepted]
    assert bool(accepted) is (change != 0.0)


def test_each_plan_is_asked_once_and_nothing_more_where_nothing_paid() -> None:
    data = forward(0.0)
    here = Here()
    here.open(data)
    laboratory = LaboratoryHere(here, data, metric_named("rmse"))
    trials = search(laboratory, PROPOSALS, deadline=None, trials=1)
    assert len({one.key for one in trials}) == len(trials) == 5
