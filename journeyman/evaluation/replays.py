"""What is fitted anew in every replay of the choice: the weights of blends, and always the same answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from journeyman.evaluation.board import Board
from journeyman.plan.calibrated import Calibrated
from journeyman.plan.combine import Blend
from journeyman.plan.step import State
from journeyman.statistics.bbc import Bootstrap, MeasureAt
from journeyman.statistics.metrics.metric import Metric
from journeyman.table.columns import Columns, Integers, Numbers
from journeyman.trials.ensemble import calibrators, greedy, may_join, most_members, relevant, row_cost, row_costs
from journeyman.trials.twins import beyond_noise, twins


@dataclass(frozen=True)
class Replays:
    """The answers of each replay.

    The weights of a blend are part of the choice, so they are found anew on the rows drawn. Where a blend was
    calibrated, the calibrated form follows it: its few parameters are those of all rows, each fold's learnt from the
    others, and hardly differ from replay to replay. Always the same answer costs nothing to fit, so it is fitted on
    the rows drawn when it is judged by the others: the answer of all rows knows the rows that judge it.

    Above the size where replays are computed afresh, all of this hardly differs from replay to replay, and what all
    rows say stands.

    Parameters
    ----------
    members, weights : of each blend on the board, the places of those that could be in it; (replays, members)
    calibrated : of each calibrated blend, the place of the blend, the plan, and each fold's rows and calibrator
    constants : places of always the same answer, and the answer in each replay, (replays, outputs)
    """

    board: Board
    members: Mapping[int, tuple[int, ...]]
    weights: Mapping[int, Numbers]
    calibrated: Mapping[int, tuple[int, Calibrated, list[tuple[Integers, State]]]]
    constants: Mapping[int, Numbers]

    @classmethod
    def of(cls, board: Board, bootstrap: Bootstrap, metric: Metric) -> Replays:
        """Fit what each replay fits."""
        if not bootstrap.exact:
            return cls(board, {}, {}, {}, {})
        members, weights = _blends(board, bootstrap, metric)
        return cls(board, members, weights, _calibrated(board, members), _constants(board, bootstrap))

    def answers(self, replay: int, *, judged: bool) -> list[Numbers]:
        """What everybody on the board answers in a replay, (rows, outputs) each.

        ``judged`` says whether they are judged by the rows that were not drawn, or compared on those that were.
        """
        answers = list(self.board.answers)
        for place, members in self.members.items():
            weights = self.weights[place][replay]
            parts = [self.board.answers[one] * weight for one, weight in zip(members, weights, strict=True) if weight]
            answers[place] = np.asarray(sum(parts))
        for place, (inner, plan, states) in self.calibrated.items():
            answers[place] = answers[inner].copy()
            for rows, state in states:
                answers[place][rows] = plan.calibrate(state, answers[inner][rows])
        if judged:
            for place, constants in self.constants.items():
                answers[place] = np.broadcast_to(constants[replay], answers[place].shape)
        return answers

    def at(self, metric: Metric, *, judged: bool) -> MeasureAt | None:
        """The metric of each replay; None where no replay differs from what stands on the board."""
        if not (self.members or (judged and self.constants)):
            return None
        constants = tuple(self.constants) if judged else ()
        return lambda replay: self.board.measure_of(metric, self.answers(replay, judged=judged), constants)


def _blends(
    board: Board, bootstrap: Bootstrap, metric: Metric
) -> tuple[dict[int, tuple[int, ...]], dict[int, Numbers]]:
    places = {trial.key: place for place, trial in enumerate(board.trials)}
    members: dict[int, tuple[int, ...]] = {}
    weights: dict[int, Numbers] = {}
    whole, errors = bootstrap.whole(board.measure(metric), board.candidates)
    allowed = beyond_noise(metric.sign * whole, errors, twins([one.plan for one in board.trials]))
    for place, trial in enumerate(board.trials):
        if not isinstance(trial.plan, Blend) or not all(one.key in places for one in trial.members):
            continue
        # Whoever could have been a member is one in the replays; for whom there was no time, could not.
        own = {one.key for one in trial.members}
        rivals = tuple(
            other
            for other, one in enumerate(board.trials)
            if may_join(one)
            and (not one.floor or one.weight > 1)
            # A member whose twin was too slow to be judged here was compared with it in the search.
            and (allowed[other] or one.key in own)
            and one.key not in trial.late
            and row_cost(one) <= (trial.row_limit or np.inf)
        )
        costs = row_costs([board.trials[one] for one in rivals])
        limit = None if trial.row_limit is None else (costs, trial.row_limit)
        parts = np.column_stack([relevant(board.answers[one], board.target) for one in rivals])
        members[place] = rivals
        weights[place] = np.array(
            [_weights(parts, board, metric, times[bootstrap.units.of_row], limit) for times in bootstrap.times]
        )
    return members, weights


def _weights(
    parts: Numbers, board: Board, metric: Metric, times: Integers, limit: tuple[Numbers, float] | None
) -> Numbers:
    drawn = np.flatnonzero(times)
    most = most_members(len(board.target))
    return greedy(parts[drawn], board.target.take(drawn), metric, most, times[drawn].astype(np.float64), limit)


def _calibrated(
    board: Board, blends: Mapping[int, tuple[int, ...]]
) -> dict[int, tuple[int, Calibrated, list[tuple[Integers, State]]]]:
    places = {trial.key: place for place, trial in enumerate(board.trials)}
    forward = board.target.fold_kind == "forward"
    found = {}
    for place, trial in enumerate(board.trials):
        inner = places.get(trial.members[0].key) if len(trial.members) == 1 else None
        if isinstance(trial.plan, Calibrated) and inner is not None and inner in blends:
            states = calibrators(trial.plan, board.answers[inner], board.target, board.fold, forward=forward)
            found[place] = (inner, trial.plan, states)
    return found


def _constants(board: Board, bootstrap: Bootstrap) -> dict[int, Numbers]:
    """Forward in time they stay: there they learn from earlier rows, and not from those drawn."""
    floors = [place for place, trial in enumerate(board.trials) if trial.weight == 0]
    if not floors or board.target.fold_kind == "forward":
        return {}
    plan, found = board.trials[floors[0]].plan, []
    for times in bootstrap.times:
        drawn = np.flatnonzero(times[bootstrap.units.of_row])
        target = board.target.take(drawn).weighted(times[bootstrap.units.of_row[drawn]].astype(np.float64))
        state = plan.fit(Columns.of(rows=len(drawn)), target)
        found.append(plan.apply(state, Columns.of(rows=1)).numbers[0])
    answers = np.array(found)
    return dict.fromkeys((floors[0], board.constant), answers)
