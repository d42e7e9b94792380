"""The whole choice: what is shipped, and what would have been, had other rows been drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from journeyman.evaluation.board import Board
from journeyman.evaluation.choose import choose, standings, told_apart_from
from journeyman.evaluation.replays import Replays
from journeyman.statistics.bbc import Bootstrap
from journeyman.statistics.metrics.metric import Metric
from journeyman.table.columns import Integers, Numbers
from journeyman.trials.twins import twins


@dataclass(frozen=True)
class Choice:
    """The choice on all rows, and in each replay.

    Parameters
    ----------
    order : candidates as they stand, the one that is shipped first, each with the number of its tie
    whole : (candidates,) scores on all rows
    replayed : (replays,) the candidate that each replay chose
    outside : (replays, everybody on the board) scores on the rows that were not drawn; the constant last
    apart : from how many standard errors on a candidate is told apart from the best
    """

    order: list[tuple[int, int]]
    whole: Numbers
    replayed: Integers
    outside: Numbers
    apart: float

    @property
    def shipped(self) -> int:
        """The candidate that is shipped."""
        return self.order[0][0]

    @property
    def worth(self) -> Numbers:
        """(replays,) what each replay's choice scored on the rows that it had not seen."""
        return np.take_along_axis(self.outside, self.replayed[:, None], axis=1)[:, 0]


def choose_on_all_rows(board: Board, bootstrap: Bootstrap, metric: Metric) -> int:
    """The candidate that all rows speak for, as `make_choice` chooses where the simplest is not asked for."""
    measure = board.measure(metric)
    whole, errors = bootstrap.whole(measure, [*board.candidates, board.constant])
    return _rule(board)(measure.sign * whole, errors)


def make_choice(
    board: Board, bootstrap: Bootstrap, replays: Replays, metric: Metric, *, simplest: bool = False
) -> Choice:
    """Choose on all rows, and again on the rows of each replay.

    Parameters
    ----------
    simplest : whether the user prefers the simplest of all that cannot be told from the best
    """
    measure = board.measure(metric)
    sign = measure.sign
    everyone = np.array([*board.candidates, board.constant])
    whole, errors = bootstrap.whole(measure, everyone.tolist())
    inside, errors_inside = bootstrap.inside(measure, everyone.tolist(), replays.at(metric, judged=False))
    apart = told_apart_from(sign * whole[:-1], sign * inside[:, :-1], errors_inside[:, :-1, :-1])
    rule = _rule(board, apart if simplest else None)
    shipped = rule(sign * whole, errors)
    replayed = [rule(sign * one, error) for one, error in zip(inside, errors_inside, strict=True)]
    return Choice(
        order=standings(sign * whole[:-1], errors[:-1, :-1], shipped, apart),
        whole=whole[:-1],
        replayed=np.array(replayed, np.int64),
        outside=bootstrap.outside(measure, everyone, replays.at(metric, judged=True)),
        apart=apart,
    )


def _rule(board: Board, simplest: float | None = None) -> Callable[[Numbers, Numbers], int]:
    """The shipping rule, asked with the scores of everybody on the board, the constant last, and their errors."""
    weights = [trial.weight for trial in board.trials]
    among, hedges = twins([trial.plan for trial in board.trials]), board.hedges
    return lambda scores, errors: choose(scores[:-1], errors[:-1, :-1], weights, scores[-1], simplest, among, hedges)
