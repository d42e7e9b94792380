"""What rows at random would promise, and what new entities, or the future, keep: small models judged both ways."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from journeyman.checks.evidence.answer import Answer, error_of, score_of
from journeyman.checks.evidence.together import FOLDS, few, guess_together, measure_of
from journeyman.table.columns import Flags, Integers, Numbers
from journeyman.table.finding import Cost
from journeyman.table.table import Table

#: Below so many standard errors of both figures a difference is chance.
ERRORS = 2.0
#: The share of rows in time that is learnt from.
PAST = 2 / 3


def promised_of_known(table: Table, names: Sequence[str], codes: Integers, answer: Answer) -> Cost | None:
    """Folds at random against folds of whole groups, on at most 4,000 rows; None where both say the same.

    At random, what trees leave of a row is also told by what they leave of the other rows of its group.

    Parameters
    ----------
    names : the columns to tell by; not the one that names the groups
    codes : (rows of the table,) equal for rows of one group, negative for rows of none
    """
    answer = few(answer)
    groups = codes[answer.rows]
    lonely = groups < 0
    groups = np.where(lonely, np.arange(len(groups)) + int(codes.max(initial=0)) + 1, groups)
    groups = np.unique(groups, return_inverse=True)[1].astype(np.int64)
    by_random = guess_together(table, names, answer)
    known = score_of(by_random + _left_by_others(answer.values - by_random, groups), answer)
    shuffled = np.random.default_rng(np.random.PCG64(3)).permutation(int(groups.max()) + 1)
    new = score_of(guess_together(table, names, answer, shuffled[groups] % FOLDS), answer)
    return _cost(max(known, score_of(by_random, answer)), new, answer, "of new ones")


def promised_of_past(table: Table, names: Sequence[str], order: Integers, answer: Answer) -> Cost | None:
    """A third of the rows at random against the newest third, each told by the others; None where both say the same.

    Parameters
    ----------
    order : (rows of the table,) the time of each row
    """
    answer = few(answer)
    places = np.argsort(np.argsort(order[answer.rows], kind="stable"), kind="stable")
    newest = places >= PAST * len(places)
    chosen = np.random.default_rng(np.random.PCG64(4)).permutation(newest)
    future, past = (_judged(table, names, rows, answer) for rows in (newest, np.asarray(chosen)))
    if future is None or past is None:
        return None
    return _cost(past[0], future[0], future[1], "of later ones")


def _judged(table: Table, names: Sequence[str], judged: Flags, answer: Answer) -> tuple[float, Answer] | None:
    """The score of some rows, told by all others, and the target in them; None where a class is missing there."""
    guess = guess_together(table, names, answer, judged.astype(np.int64))[judged]
    some = Answer(answer.rows[judged], answer.values[judged], answer.folds[judged], answer.is_number)
    if bool((some.values.min(axis=0) == some.values.max(axis=0)).any()):
        return None
    return score_of(guess, some), some


def _left_by_others(rest: Numbers, groups: Integers) -> Numbers:
    """The mean of what is left in the other rows of a row's group, (rows, outputs), shrunk by one row."""
    counts = np.bincount(groups)[groups][:, None]
    sums = np.column_stack([np.bincount(groups, one)[groups] for one in rest.T])
    return np.asarray((sums - rest) / counts)


def _cost(random: float, honest: float, answer: Answer, whom: str) -> Cost | None:
    error = float(np.hypot(error_of(max(random, 0.5), answer), error_of(max(honest, 0.5), answer)))
    if random - honest <= ERRORS * error:
        return None
    words = f"rows at random {random:.2f}, {whom} {honest:.2f}"
    return Cost(measure=measure_of(answer), ignored=round(random, 4), heeded=round(honest, 4), words=words)
