"""What is asked of a teacher, and what it may not give."""

from __future__ import annotations

import numpy as np
import pytest

from journeyman.errors import PlanError
from journeyman.learners.constant import Constant
from journeyman.plan.combine import Chain, Thin
from journeyman.plan.graph import Graph
from journeyman.plan.retarget import Retargeted
from journeyman.plan.target import Target
from journeyman.plan.teacher import Teacher, teacher_of
from journeyman.preparation.impute.median import Median
from journeyman.table.columns import Columns, Numbers


class Nearest(Teacher):
    """The target of the nearest row."""

    wrong: str = ""

    def answer(self, learn: Columns, target: Target, asked: Columns) -> Numbers:
        """Look for it."""
        near = np.abs(asked.numbers[:, :1] - learn.numbers[:, 0]).argmin(axis=1)
        if self.wrong:
            return np.full((asked.rows, 1 if self.wrong == "shape" else target.outputs), np.nan)
        return np.eye(target.outputs)[target.codes][near] if target.outputs > 1 else target.values[near][:, None]


class Elsewhere(Nearest):
    """Needs a library that is not there."""

    library = "no_such_library_at_all"
    tasks = ("binary",)


def rows(*numbers: float) -> Columns:
    return Columns.of(rows=len(numbers), numbers=np.array(numbers)[:, None], number_names=("a",))


def test_it_answers_by_the_rows_that_it_was_shown() -> None:
    state = Nearest().fit(rows(0.0, 10.0), Target(task="regression", values=np.array([1.0, 2.0])))
    given = Nearest().apply(state, rows(9.0, 1.0, 2.0))
    assert given.numbers.tolist() == [[2.0], [1.0], [1.0]]
    assert given.number_names == ("answer.0",)
    assert Nearest().apply(state, rows()).rows == 0


def test_chances_are_never_nothing_or_certain_and_sum_to_one() -> None:
    target = Target(task="multiclass", values=np.array([0.0, 1.0, 2.0]), classes=("a", "b", "c"))
    given = Nearest().apply(Nearest().fit(rows(0.0, 5.0, 9.0), target), rows(0.0, 9.0)).numbers
    assert given.argmax(axis=1).tolist() == [0, 2]
    assert given.min() > 0
    assert np.allclose(given.sum(axis=1), 1.0)


@pytest.mark.parametrize("wrong", ["shape", "missing"])
def test_what_is_no_answer_is_refused(wrong: str) -> None:
    target = Target(task="multiclass", values=np.array([0.0, 1.0, 2.0]), classes=("a", "b", "c"))
    teacher = Nearest(wrong=wrong)
    with pytest.raises(PlanError, match="no answers to learn from"):
        teacher.apply(teacher.fit(rows(0.0, 5.0, 9.0), target), rows(1.0))


def test_it_is_there_for_its_tasks_where_its_library_is() -> None:
    assert Nearest.is_there("regression")
    assert not Elsewhere.is_there("binary")
    with pytest.raises(ModuleNotFoundError):
        Elsewhere.load()
    Elsewhere.library = "json"
    try:
        assert (Elsewhere.is_there("binary"), Elsewhere.is_there("regression")) == (True, False)
        Elsewhere.load()
    finally:
        Elsewhere.library = "no_such_library_at_all"


def test_it_stands_at_the_end_of_a_plan_and_is_never_deployed() -> None:
    teacher = Nearest()
    for plan in (teacher, Chain(steps=(Median(), teacher)), Retargeted(inner=Thin(inner=teacher, rows=5), form="log")):
        assert teacher_of(plan) == teacher
    assert teacher_of(Chain(steps=(Median(), Constant()))) is None
    state = teacher.fit(rows(1.0), Target(task="regression", values=np.ones(1)))
    graph = Graph()
    with pytest.raises(PlanError, match="has no express"):
        teacher.express(state, graph, graph.inputs(rows(1.0)))
