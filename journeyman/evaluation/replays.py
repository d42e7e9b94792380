"""Blends in the bootstrap: their weights are part of the choice, so they are found anew in every replay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from journeyman.evaluation.board import Board
from journeyman.plan.combine import Blend
from journeyman.statistics.bbc import Bootstrap, MeasureAt
from journeyman.statistics.measure import Measure, metric_measure
from journeyman.statistics.metrics.metric import Metric
from journeyman.table.columns import Integers, Numbers
from journeyman.trials.ensemble import greedy, most_members, relevant


@dataclass(frozen=True)
class ReplayedBlends:
    """Blends on the board, their weights found anew in every replay on the rows drawn.

    Above the size where replays are computed afresh, a few weights found on many rows hardly differ from replay to
    replay, and those of all rows stand.
    """

    board: Board
    members: Mapping[int, tuple[int, ...]]
    weights: Mapping[int, Numbers]

    @classmethod
    def of(cls, board: Board, bootstrap: Bootstrap, metric: Metric) -> ReplayedBlends:
        """Find the weights of each replay."""
        places = {trial.key: place for place, trial in enumerate(board.trials)}
        members: dict[int, tuple[int, ...]] = {}
        weights: dict[int, Numbers] = {}
        for place, trial in enumerate(board.trials):
            if not isinstance(trial.plan, Blend) or not bootstrap.exact:
                continue
            if not all(one.key in places for one in trial.members):
                continue
            # Whoever could have been a member is one in the replays.
            rivals = tuple(
                other for other, one in enumerate(board.trials) if not one.members and (not one.floor or one.weight > 1)
            )
            parts = np.column_stack([relevant(board.answers[one], board.target) for one in rivals])
            members[place] = rivals
            weights[place] = np.array(
                [_found(parts, board, metric, times[bootstrap.units.of_row]) for times in bootstrap.times]
            )
        return cls(board, members, weights)

    def at(self, metric: Metric) -> MeasureAt | None:
        """The metric of each replay, in which the blends have that replay's weights; None where there are none."""
        if not self.members:
            return None

        def measure(replay: int) -> Measure:
            answers = list(self.board.answers)
            for place, members in self.members.items():
                weights = self.weights[place][replay]
                parts = [
                    self.board.answers[one] * weight for one, weight in zip(members, weights, strict=True) if weight
                ]
                answers[place] = np.asarray(sum(parts))
            truth, fold = self.board.target.values, self.board.fold
            return metric_measure(metric, truth, answers, self.board.weights, fold)

        return measure


def _found(parts: Numbers, board: Board, metric: Metric, times: Integers) -> Numbers:
    drawn = np.flatnonzero(times)
    most = most_members(len(board.target))
    return greedy(parts[drawn], board.target.take(drawn), metric, most, times[drawn].astype(np.float64))
