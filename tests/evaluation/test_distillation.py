from __future__ import annotations

import numpy as np
import pytest

from journeyman.evaluation.distillation import distillations
from journeyman.learners.lightgbm import LightGBM
from journeyman.learners.linear import Linear
from journeyman.plan.combine import Chain
from journeyman.plan.distilled import Distilled
from journeyman.plan.step import Step
from journeyman.plan.target import Target
from journeyman.plan.teacher import Teacher
from journeyman.preparation.impute.median import Median
from journeyman.statistics.folds import make_folds
from journeyman.statistics.metrics.named import metric_named
from journeyman.table.columns import Columns, Numbers
from journeyman.trials.trial import Status, Trial

ROWS = 1200
RMSE = metric_named("rmse")
TRUTH = np.random.default_rng(0).normal(size=ROWS)
TARGET = Target(task="regression", values=TRUTH)
FOLDS = make_folds("random", 4, rows=ROWS)


class Silent(Teacher):
    """Says nothing here."""

    def answer(self, learn: Columns, target: Target, asked: Columns) -> Numbers:
        """Nothing."""
        return np.zeros((asked.rows, 1))


TEACHER = Chain(steps=(Median(), Silent()))


def trial(plan: Step, name: str, error: float, status: Status = "done") -> Trial:
    noise = np.random.default_rng(len(name)).normal(size=ROWS)
    return Trial(plan=plan, name=name, key=name, status=status, answers=(TRUTH + error * noise)[:, None], seconds=2.5)


def test_the_cost_is_what_the_teacher_has_over_its_student_and_the_gain_what_that_has_over_its_twin() -> None:
    trials = [
        trial(Linear(), "twin", 0.8),
        trial(TEACHER, "teacher", 0.4, "asked"),
        trial(Distilled(inner=Linear(), teacher=TEACHER), "student", 0.5),
        trial(Distilled(inner=LightGBM(), teacher=TEACHER), "alone", 0.6),
        trial(Distilled(inner=Linear(), teacher=Linear()), "of another", 0.6),
    ]
    (found,) = distillations(trials, RMSE, TARGET, FOLDS)
    assert (found.teacher, found.metric, found.seconds) == ("teacher", "rmse", 2.5)
    assert found.score == pytest.approx(0.4, abs=0.03)
    student, alone = found.students
    assert (student.name, student.twin, alone.name, alone.twin) == ("student", "twin", "alone", "")
    assert student.score == pytest.approx(0.5, abs=0.03)
    assert 0 < student.cost.low < student.cost.value == pytest.approx(0.1, abs=0.02)
    assert student.gain is not None
    assert 0 < student.gain.low < student.gain.value == pytest.approx(0.3, abs=0.06)
    assert alone.gain is None
    told = found.as_data()
    assert told["students"][0]["gain"]["value"] == student.gain.value
    assert told["students"][1]["gain"] is None


def test_a_teacher_without_students_is_told_and_no_teacher_is_not() -> None:
    (found,) = distillations([trial(TEACHER, "teacher", 0.4, "asked")], RMSE, TARGET, FOLDS)
    assert found.students == ()
    assert distillations([trial(Linear(), "linear", 0.4)], RMSE, TARGET, FOLDS) == ()
    assert distillations([trial(TEACHER, "teacher", 0.4, "stopped")], RMSE, TARGET, FOLDS) == ()
