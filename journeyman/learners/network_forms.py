"""Which forms of neural networks are worth a trial on a table, and how long they take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from journeyman.learners.dense_needs import dense_needs, dense_words
from journeyman.learners.learner import Problem
from journeyman.plan.losses import loss_of

#: A table is not widened by more pieces than this.
MOST_PIECES = 800
#: From so many rows on a table bears wider networks, and fewer of them.
MANY_ROWS = 5000
#: Rows from which on fewer epochs are enough, and the most that are worth their time.
LONG, MOST_ROWS = 30_000, 60_000
#: Seconds of one core: for a multiplication and addition, for what is done to a unit of a row beside, and to a weight
#: in a step.
_PRODUCT_SECONDS, _UNIT_SECONDS, _WEIGHT_SECONDS = 2.2e-11, 6e-9, 4e-9
#: The share of the epochs that are gone through before training stops, in the middle.
_EPOCHS_SHARE = 0.6


@dataclass(frozen=True, kw_only=True)
class NetworkForm:
    """A form of neural networks.

    Parameters
    ----------
    name, needs, worth, seconds_per_million : as in `journeyman.learners.learner.Candidate`
    parameters : of the learner
    """

    name: str
    parameters: dict[str, Any]
    needs: tuple[str, ...]
    worth: float
    seconds_per_million: float


def network_forms(problem: Problem) -> Iterator[NetworkForm]:
    """The forms, the quick one first.

    Measured on parts of up to 3,000 rows of 18 tables: two layers of 128 units were as good as wider or more ones, and
    the mean with several of one layer was better than the mean with as many more of the same. Larger tables bear width.

    Few rows want several narrow ones where the target is classes, and width where it is a number: what classes are
    learnt from is noisy, and a mean takes chance out. On nine tables of 225 to 3,000 rows and two to four classes, out
    of fold, three seeds, eight networks with layers of 32 had 0.97 of the log loss of four with 128, in half the time,
    and two with 128 had 1.04; twelve with one layer of 32 had 0.98 of that of six with 192. On three tables of numbers
    narrow ones had errors higher by 2 to 4 %. On ten tables of 5,400 to 16,000 rows, one seed, eight with two layers of
    64 had errors within half a percent of those of five of 256 and 192, and on one that can be told apart wholly a
    quarter of theirs, in 0.4 of the time (`benchmarks/network_sizes.py`).

    Many classes want width, too, and no pieces: with as many as 32, log loss was higher on four of five tables of 10 to
    26 classes (letters, digits, and three that were drawn), by 9 to 50 %.
    """
    is_many = problem.has_many_classes
    quick, other = (_for_many(problem, 1), _for_many(problem, 5)) if is_many else (_quick(problem), _other(problem))
    name = (
        "shallow" if len(other["hidden"]) == 1 else "eight narrow ones" if other["members"] == 8 else "five wide ones"
    )
    for form, size, worth in (("quick", quick, 0.9 if is_many else 0.6), (name, other, 0.9 if is_many else 0.45)):
        parameters = {**size, "loss": loss_of(problem.task, problem.metric)}
        yield NetworkForm(
            name=f"neural networks, {form}",
            parameters=parameters,
            needs=dense_needs(problem),
            worth=worth,
            seconds_per_million=_seconds(problem, parameters),
        )


def _quick(problem: Problem) -> dict[str, Any]:
    rows = problem.rows
    # Chance is what the mean of several takes out, and small tables have more of it and less to learn from.
    size: dict[str, Any] = {"hidden": (128, 128), "members": 4 if rows < MANY_ROWS else 2}
    if rows < MANY_ROWS and problem.classes:
        size = {"hidden": (32, 32), "members": 8}
    return {
        **size,
        "pieces": 32 if rows >= MANY_ROWS else 16 if rows > 1200 else 8,
        "rounds": 5 if rows < MANY_ROWS else 4,
        "batch": 256 if rows >= MANY_ROWS else 128 if rows > 500 else 32,
        "seed": problem.seed,
    }


def _other(problem: Problem) -> dict[str, Any]:
    size: dict[str, Any] = {"hidden": (256, 192), "members": 5, "rounds": 4}
    if problem.rows < LONG:
        size = {"hidden": (64, 64), "members": 8, "rounds": 5}
    if problem.rows < MANY_ROWS:
        size = {"hidden": (32,), "members": 12} if problem.classes else {"hidden": (192,), "members": 6}
    return {**_quick(problem), **size, "seed": problem.seed + 1}


def _for_many(problem: Problem, members: int) -> dict[str, Any]:
    return {
        "hidden": (256, 256),
        "members": members,
        "pieces": 0,
        "rounds": 4 if members == 1 or problem.rows >= LONG else 5,
        "batch": 128 if members == 1 else 256,
        "rate": 0.01,
        "seed": problem.seed + (members > 1),
    }


def _seconds(problem: Problem, parameters: dict[str, Any]) -> float:
    """Seconds for a million cells, counted from what training does to each row, unit and weight."""
    pieces = min(parameters["pieces"] * problem.numbers, MOST_PIECES)
    hidden, members = parameters["hidden"], parameters["members"]
    sizes = (problem.columns + dense_words(problem) + pieces, *hidden, problem.outputs)
    weights = sum(one * other for one, other in pairwise(sizes))
    # A member learns from nine tenths of its fold's rows.
    seen = 0.9 * members * _EPOCHS_SHARE * (2 ** parameters["rounds"] - 1)
    a_row = _PRODUCT_SECONDS * 3 * weights + _UNIT_SECONDS * sum(sizes)
    a_row += _WEIGHT_SECONDS * weights / parameters["batch"]
    return float(0.8 * seen * a_row * 1e6 / ((problem.columns + 1) * problem.outputs))
