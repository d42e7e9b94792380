"""The contract of the shelf: a learner is the last step of a plan; its numbers are the answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from journeyman.plan.step import Step
from journeyman.plan.target import Task


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A learner with parameters, worth a trial.

    Parameters
    ----------
    name : for people, as it stands on the leaderboard
    needs : what the columns must be like, from `journeyman.plan.needs`
    floor : whether it is on the board as a floor, whatever it scores
    weight : how complex it is; of models that tie, the one of the least weight is shipped
    most_rows : fit on at most so many, evenly spread; None where every row is worth its time
    seconds_per_million : rough seconds of one core for a million cells, to decide whether to start it at all
    """

    name: str
    learner: Learner
    needs: tuple[str, ...] = ()
    floor: bool = False
    weight: int = 10
    most_rows: int | None = None
    seconds_per_million: float = 1.0


class Learner(Step):
    """A step that answers: `apply` and `express` give exactly `Target.outputs` numbers and no other columns.

    For binary tasks the one number is the probability of the positive class, for several classes one probability
    each, summing to 1, for regression the value. Number names are ``answer.0``, ``answer.1`` …
    """

    tasks: ClassVar[tuple[Task, ...]] = ("binary", "multiclass", "regression")

    @classmethod
    def candidates(cls, *, task: Task, rows: int, columns: int, classes: int, seed: int) -> Iterator[Candidate]:
        """Forms of this learner that are worth a trial on a table of this size, the most worth its time first.

        ``rows`` and ``columns`` are those of the table, ``classes`` is 0 where the target is a number.
        """
        return iter(())


def answer_names(outputs: int) -> tuple[str, ...]:
    """Names of the numbers that a learner gives."""
    return tuple(f"answer.{place}" for place in range(outputs))
