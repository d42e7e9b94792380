"""Teachers that can be asked of a table, and their students."""

from __future__ import annotations

import numpy as np
import pytest

from journeyman.curation.distillation import student, teachers, times_asked
from journeyman.curation.propose import Proposal
from journeyman.learners.linear import Linear
from journeyman.plan.combine import Chain
from journeyman.plan.distilled import Distilled
from journeyman.plan.retarget import Retargeted
from journeyman.plan.shelf import kind_at
from journeyman.plan.target import Target
from journeyman.plan.teacher import Teacher, teacher_of
from journeyman.preparation.impute.median import Median
from journeyman.table.columns import Columns, Strings

ROWS = 200
NUMBERS = np.random.default_rng(0).normal(size=(ROWS, 2))
COLUMNS = Columns.of(
    rows=ROWS, numbers=NUMBERS, number_names=("a", "b"),
    words=[Strings.of(["x", "y"] * (ROWS // 2))], word_names=("town",),
)  # fmt: skip
TARGET = Target(task="regression", values=np.abs(NUMBERS[:, 0]), seed=5)


def test_without_a_teacher_on_the_shelf_nobody_is_asked() -> None:
    assert teachers(COLUMNS, TARGET) == ()


def test_a_teacher_stands_behind_what_it_needs(smooth_teacher: str) -> None:
    (found,) = teachers(COLUMNS, TARGET)
    assert (found.name, found.floor) == ("smooth", False)
    assert isinstance(found.plan, Chain)
    assert len(found.plan.steps) == 2
    teacher = teacher_of(found.plan)
    assert teacher is not None
    assert (teacher.seed, teacher.address) == (5, smooth_teacher)
    (of_logarithms,) = teachers(COLUMNS, TARGET, "rmsle")
    assert isinstance(of_logarithms.plan, Retargeted)
    assert teacher_of(of_logarithms.plan) == teacher


@pytest.mark.parametrize(
    ("name", "value"), [("most_rows", 100), ("most_columns", 2), ("tasks", ("binary",)), ("library", "no_such_library")]
)
def test_no_teacher_is_asked_of_what_is_not_for_it(
    smooth_teacher: str, monkeypatch: pytest.MonkeyPatch, name: str, value: object
) -> None:
    kind = kind_at(smooth_teacher)
    assert issubclass(kind, Teacher)
    monkeypatch.setattr(kind, name, value)
    assert teachers(COLUMNS, TARGET) == ()


def test_a_student_weighs_more_than_its_twin_and_costs_what_asking_costs() -> None:
    base = Proposal(plan=Linear(), name="linear", floor=False, weight=3, seconds=0.5, worth=0.5)
    teacher = Proposal(plan=Median(), name="t", floor=False, weight=10, seconds=9.0)
    made = student(base, teacher, TARGET, fit=1.0, answer=10.0)
    assert isinstance(made.plan, Distilled)
    assert (made.plan.inner, made.plan.teacher) == (base.plan, teacher.plan)
    assert (made.name, made.weight, made.floor, made.twins) == ("linear, taught by t", 4, False, ())
    assert made.seconds == pytest.approx(1.0 + made.plan.made + 10.0 * times_asked(made.plan))
    assert made.worth > base.worth
    assert times_asked(Distilled(inner=Linear(), teacher=Linear(), folds=3, made=0.0)) < times_asked(made.plan)
