"""The contract of the shelf: a learner is the last step of a plan; its numbers are the answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from typing import ClassVar

import numpy as np

from journeyman.plan import needs
from journeyman.plan.needs import MANY_LEVELS
from journeyman.plan.retarget import Form
from journeyman.plan.step import Step
from journeyman.plan.target import Target, Task
from journeyman.table.columns import Columns

#: Skewness from which on a target is tried on a logarithmic scale, too.
_SKEWED = 1.0
#: From so many classes on, what is made for each of them takes long and is mostly noise.
_MANY_CLASSES = 8


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What a learner is told of a table before it proposes its forms: sizes and kinds, no cell.

    Parameters
    ----------
    task, metric, seed : as in the aim; ``metric`` has scikit-learn's name
    rows : of the table; a fold fits about four fifths of them
    numbers, words, dates, texts : how many feature columns of each kind
    levels : how many levels the word columns have in all, texts not counted
    many_levels : how many word columns have `journeyman.plan.needs.MANY_LEVELS` or more
    few_levels : how many levels the other word columns have in all
    classes : 0 where the target is a number
    rising, falling : numbers with which the answer may only rise, or only fall
    is_skewed : a number that is never negative and has a long tail of large values
    """

    task: Task
    rows: int
    numbers: int = 0
    words: int = 0
    dates: int = 0
    texts: int = 0
    levels: int = 0
    many_levels: int = 0
    few_levels: int = 0
    classes: int = 0
    metric: str = ""
    is_skewed: bool = False
    seed: int = 0
    rising: tuple[str, ...] = ()
    falling: tuple[str, ...] = ()

    @property
    def columns(self) -> int:
        """How many feature columns there are."""
        return self.numbers + self.words + self.dates + self.texts

    @property
    def outputs(self) -> int:
        """How many numbers a model gives a row."""
        return self.classes if self.task == "multiclass" else 1

    @property
    def has_many_classes(self) -> bool:
        """Whether there are so many that forms for each of them are few and bold, and networks are wide."""
        return self.outputs >= _MANY_CLASSES

    @property
    def may_pay(self) -> tuple[str, ...]:
        """Needs that may pay with any learner: of very many classes they do not, and a made column keeps to no
        direction.
        """
        is_too_much = self.has_many_classes or self.rising or self.falling
        return () if is_too_much else (needs.COLUMNS_COMBINED, needs.LEVELS_COMBINED)

    @property
    def log_form(self) -> Form | None:
        """The logarithmic scale on which the target is worth a trial; None where none is, or where all are on it."""
        if not self.is_skewed or self.metric == "rmsle":
            return None
        return "log_median" if self.metric == "mae" else "log_mean"

    @classmethod
    def of(cls, columns: Columns, target: Target, metric: str = "") -> Problem:
        """The problem that these rows pose."""
        named = zip(columns.word_names, columns.words, strict=True)
        words = [column for name, column in named if name not in columns.text_names]
        levels = [len(column.levels) for column in words]
        return cls(
            task=target.task,
            rows=len(target),
            numbers=len(columns.number_names),
            words=len(words),
            dates=len(columns.date_names),
            texts=len(columns.texts),
            levels=sum(levels),
            many_levels=sum(one >= MANY_LEVELS for one in levels),
            few_levels=sum(one for one in levels if one < MANY_LEVELS),
            classes=len(target.classes),
            metric=metric,
            is_skewed=target.task == "regression" and _is_skewed(target.values),
            seed=target.seed,
        )


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A learner with parameters, worth a trial.

    Parameters
    ----------
    name : for people, as it stands on the leaderboard
    needs : what the columns must be like, from `journeyman.plan.needs`
    optional : needs that may pay: where it has been seen to, a twin of it is tried whose columns are like that, too
    tells : whether it is the one by which that is seen
    floor : whether it is on the board as a floor, whatever it scores
    weight : how complex it is; of models that are nearly as good as the best, the one of the least weight is shipped
    most_rows : fit on at most so many, evenly spread; None where every row is worth its time
    seconds_per_million : rough seconds of one core for one fold of a million cells (rows, times columns and one more,
        times outputs); the search corrects it by how guesses of the same learner turned out
    worth : how much it is expected to add to what is there already, 1 being a well-tuned boosted model on its own;
        the search tries first what promises most for its time
    form : on which scale of the target it is fitted
    is_readable : whether one can read what is fitted, and follow it by hand; floors can be
    only_on_request : whether it is worth a trial only where models are to be readable, or keep to directions
    """

    name: str
    learner: Learner
    needs: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    tells: bool = False
    floor: bool = False
    weight: int = 10
    most_rows: int | None = None
    seconds_per_million: float = 1.0
    worth: float = 0.5
    form: Form = "plain"
    is_readable: bool = False
    only_on_request: bool = False


class Learner(Step):
    """A step that answers: `apply` and `express` give exactly `Target.outputs` numbers and no other columns.

    For binary tasks the one number is the probability of the positive class, for several classes one probability
    each, summing to 1, for regression the value. Number names are ``answer.0``, ``answer.1`` …
    """

    tasks: ClassVar[tuple[Task, ...]] = ("binary", "multiclass", "regression")
    #: The library that it learns with, where that is an optional extra; without it there are no candidates.
    library: ClassVar[str] = ""
    #: Whether its answers only rise with `Problem.rising`, and only fall with `Problem.falling`.
    keeps_direction: ClassVar[bool] = False
    #: Whether its score, before the link, is a sum over its columns, of which none asks what another holds.
    adds_up: ClassVar[bool] = False

    @classmethod
    def is_there(cls) -> bool:
        """Whether it can learn here: its library is installed, or it needs none of its own."""
        return not cls.library or find_spec(cls.library) is not None

    @classmethod
    def candidates(cls, problem: Problem) -> Iterator[Candidate]:
        """Forms of this learner that are worth a trial on such a table."""
        return iter(())

    def smaller(self, share: float, trees: int, outputs: int) -> Learner | None:
        """The same learner, to be fitted so small that an answer takes about ``share`` of the time; None where it
        cannot be.

        Parameters
        ----------
        trees : how many trees it had, in its graph
        outputs : of the target
        """
        return None


def answer_names(outputs: int) -> tuple[str, ...]:
    """Names of the numbers that a learner gives."""
    return tuple(f"answer.{place}" for place in range(outputs))


def _is_skewed(values: np.ndarray) -> bool:
    if not len(values) or values.min() < 0:
        return False
    spread = float(values.std())
    return bool(spread > 0 and float(((values - values.mean()) ** 3).mean()) / spread**3 > _SKEWED)
