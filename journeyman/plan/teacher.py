"""The contract of a teacher: others learn from its answers, though it cannot be deployed itself.

To add one, write one file on a shelf ``teachers`` with one subclass of `Teacher` that says ``answer``; see
`journeyman.plan.distilled` for how plans that can be deployed learn from it.
"""

from __future__ import annotations

from abc import abstractmethod
from importlib import import_module
from importlib.util import find_spec
from typing import ClassVar, Self

import numpy as np

from journeyman.errors import PlanError
from journeyman.plan import needs
from journeyman.plan.combine import Chain, Halved, Thin
from journeyman.plan.examples import examples_of, examples_state
from journeyman.plan.retarget import Retargeted
from journeyman.plan.step import State, Step
from journeyman.plan.target import Target, Task
from journeyman.table.columns import Columns, Numbers

#: Chances are kept so far from 0 and 1, so that no answer is infinitely wrong.
_LEAST_CHANCE = 1e-6


class Teacher(Step):
    """A learner that cannot be written into a graph; a network that was trained before and reads examples, say.

    It learns by looking at rows, so its state is these rows; all its work is done when it is asked. It has no
    ``express``: nothing of it is ever deployed. What it is shown has gone through steps that answer its ``needs``.
    """

    tasks: ClassVar[tuple[Task, ...]] = ("binary", "multiclass", "regression")
    #: What its columns must be like, from `journeyman.plan.needs`; with these, numbers (missing is NaN) say all.
    needs: ClassVar[tuple[str, ...]] = (
        needs.TEXT_AS_ITEMS,
        needs.TEXT_AS_SCORES,
        needs.DATES_AS_NUMBERS,
        needs.WORDS_AS_CODES,
    )
    #: Larger tables are not for it: rows to learn from, columns, classes.
    most_rows: ClassVar[int] = 3_000
    most_columns: ClassVar[int] = 500
    most_classes: ClassVar[int] = 10
    #: How much a student of it is expected to add to what is there already, as in `Candidate`.
    worth: ClassVar[float] = 0.6

    seed: int = 0

    @classmethod
    def is_there(cls, task: Task) -> bool:
        """Whether it can be asked of such a target here: its library is installed, or it needs none of its own."""
        return task in cls.tasks and (not cls.library or find_spec(cls.library) is not None)

    @classmethod
    def made_for(cls, task: Task, seed: int) -> Self:
        """The teacher as it is asked of such a target."""
        return cls(seed=seed)

    @classmethod
    def load(cls) -> None:
        """Import what it answers with; a worker does so before it takes the time."""
        if cls.library:
            import_module(cls.library)

    def seconds(self, *, learnt: int, asked: int, columns: int, outputs: int) -> float:
        """About how long one core takes to learn from so many rows and to answer so many.

        The search asks for all that is done in a fold, and corrects it by what it sees.
        """
        return 1.0 + 1e-5 * (learnt + asked) * (columns + 1) * outputs

    @abstractmethod
    def answer(self, learn: Columns, target: Target, asked: Columns) -> Numbers:
        """Answers (rows of ``asked``, outputs), finite, as a learner gives them; of classes in the target's order.

        Parameters
        ----------
        learn, target : the rows that it learns from, at least one
        asked : the rows to answer, at least one, with the same columns
        """

    def fit(self, columns: Columns, target: Target) -> State:
        """Keep the rows."""
        return examples_state(columns, target)

    def apply(self, state: State, columns: Columns) -> Columns:
        """Answer rows.

        Raises
        ------
        PlanError : what it gives is not one finite number for each row and output
        """
        learn, target = examples_of(state)
        wanted = (columns.rows, target.outputs)
        answers = np.zeros(wanted)
        if columns.rows:
            answers = np.asarray(self.answer(learn, target, columns), np.float64)
        if answers.shape != wanted or not np.isfinite(answers).all():
            raise PlanError(
                f"{self.address} gave no answers to learn from",
                because=f"they are {answers.shape} and not {wanted}, or not all of them are finite",
            )
        names = tuple(f"answer.{place}" for place in range(target.outputs))
        return Columns.of(rows=columns.rows, numbers=_held(answers, target), number_names=names)

    @property
    def name(self) -> str:
        """Its name for people: that of its file."""
        return self.address.rpartition(".")[2]


def teacher_of(plan: Step) -> Teacher | None:
    """The teacher at the end of a plan; None where a learner stands there, and the plan can be deployed."""
    while isinstance(plan, Thin | Halved | Retargeted):
        plan = plan.inner
    last = plan.steps[-1] if isinstance(plan, Chain) else plan
    return last if isinstance(last, Teacher) else None


def _held(answers: Numbers, target: Target) -> Numbers:
    """Chances a little away from 0 and 1 that sum to 1; numbers as they are."""
    if not target.classes:
        return answers
    held = np.clip(answers, _LEAST_CHANCE, 1 - _LEAST_CHANCE)
    return held if target.outputs == 1 else held / held.sum(axis=1, keepdims=True)
