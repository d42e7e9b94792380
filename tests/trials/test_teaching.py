"""A search asks teachers, and lets plans learn from them where that promises something."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from journeyman.curation.propose import Proposal
from journeyman.evaluation.ship import ship
from journeyman.evaluation.stakes import Stakes
from journeyman.learners.constant import Constant
from journeyman.learners.lightgbm import LightGBM
from journeyman.learners.linear import Linear
from journeyman.plan.distilled import Distilled
from journeyman.plan.target import Target
from journeyman.plan.teacher import teacher_of
from journeyman.statistics.folds import make_folds
from journeyman.statistics.metrics.named import metric_named
from journeyman.table.columns import Columns
from journeyman.trials.ensemble import ensembles
from journeyman.trials.here import Here, LaboratoryHere
from journeyman.trials.search import search
from journeyman.trials.shared import TrainingData
from journeyman.trials.trial import Trial

TREES = Proposal(plan=LightGBM(rounds=60, rows_in_leaf=5), name="trees", floor=False, weight=10, seconds=0.1)
PROPOSALS = (
    Proposal(plan=Constant(), name="constant", floor=True, weight=0, seconds=0.001),
    TREES,
    Proposal(plan=Linear(), name="linear", floor=False, weight=3, seconds=0.005),
)


def table(smooth: bool, rows: int = 480) -> TrainingData:
    """A smooth surface, or one straight line that a linear model has at once."""
    random = np.random.default_rng(0)
    numbers = random.uniform(-2, 2, size=(rows, 3))
    values = np.sin(1.5 * numbers[:, 0]) * np.cos(1.5 * numbers[:, 1]) if smooth else numbers @ [3.0, 2.0, 1.0]
    target = Target(task="regression", values=values + 0.3 * random.normal(size=rows))
    columns = Columns.of(rows=rows, numbers=numbers, number_names=("a", "b", "c"))
    return TrainingData(columns, target, make_folds("random", 3, rows=rows))


def laboratory_of(data: TrainingData) -> LaboratoryHere:
    here = Here()
    here.open(data)
    return LaboratoryHere(here, data, metric_named("rmse"))


def tried(data: TrainingData, seconds: float | None) -> tuple[LaboratoryHere, list[Trial]]:
    laboratory = laboratory_of(data)
    deadline = None if seconds is None else time.monotonic() + seconds
    return laboratory, search(laboratory, PROPOSALS, deadline=deadline, trials=None if seconds else 2)


def members(trials: Sequence[Trial]) -> set[str]:
    """Keys of all that trials are made of."""
    return {member.key for one in trials for member in one.members}


def best(trials: Sequence[Trial]) -> Trial:
    """The one of the least error, of those that could be shipped."""
    return min((one for one in trials if one.status == "done"), key=lambda one: float(np.mean(one.scores)))


@pytest.mark.parametrize("seconds", [None, 60.0])
def test_a_student_learns_what_its_twin_does_not_and_its_teacher_is_never_shipped(
    smooth_teacher: str, seconds: float | None
) -> None:
    laboratory, trials = tried(table(smooth=True), seconds)
    by_name = {one.name: one for one in trials}
    teacher, taught = by_name["smooth"], by_name["trees, taught by smooth"]
    assert teacher.status == "asked"
    assert teacher.scores == laboratory.scores(teacher.answers)
    assert np.isfinite(teacher.answers).all()
    assert np.mean(taught.scores) < 0.97 * np.mean(by_name["trees"].scores)
    # It scores best of all, and has no part in what is made of trials.
    assert np.mean(teacher.scores) < min(np.mean(one.scores) for one in trials if one.status == "done")
    made = ensembles(laboratory, trials)
    assert teacher.key not in members(made)
    could = [replace(one, status="done") if one is teacher else one for one in trials]
    assert teacher.key in members(ensembles(laboratory, could)) | {best(could).key}
    shipped = ship(laboratory, [*trials, *made], laboratory.metric, Stakes(), seed=0, deadline=None)
    assert teacher_of(shipped.trial.plan) is None
    assert teacher.name not in {one.name for one in shipped.evaluation.leaderboard}


def test_nobody_learns_from_a_teacher_that_knows_nothing_more(smooth_teacher: str) -> None:
    _, trials = tried(table(smooth=False), None)
    assert next(one for one in trials if one.name == "smooth").status == "asked"
    taught = [one for one in trials if isinstance(one.plan, Distilled)]
    assert "linear" not in {one.name.partition(",")[0] for one in taught}


def test_a_teacher_is_not_asked_where_no_student_could_follow(
    smooth_teacher: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from journeyman.plan.shelf import kind_at

    monkeypatch.setattr(kind_at(smooth_teacher), "seconds", lambda self, **sizes: 4.0)
    _, trials = tried(table(smooth=True), 12.0)
    teacher = next(one for one in trials if one.name == "smooth")
    assert teacher.status == "skipped"
    assert "time" in teacher.reason


def test_without_teachers_nothing_is_added() -> None:
    _, trials = tried(table(smooth=True), None)
    assert not [one for one in trials if one.status == "asked" or isinstance(one.plan, Distilled)]
