"""Measuring the learning curve of what is shipped, and letting printed intervals know that it learnt from all rows.

Folds learn from a part of the rows, the shipped model from all of them. Where every row more teaches something, it is
better than any score of a fold, and an interval of those scores alone lies on the worse side of what is delivered
(``benchmarks/results/coverage.md``). By how much it is better nobody can measure without other rows, but by how much
at most can be told: by what the last doubling brought, gone on with along the flattest power law.

So the **better end** of an interval moves outward by that much. The value and the worse end stay: that the curve goes
on as it went is a hope, and the worse end must hold without it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from journeyman.evaluation.board import Board, make_board
from journeyman.evaluation.estimate import Estimate
from journeyman.evaluation.evaluation import Evaluation
from journeyman.evaluation.learning_curve import FLATTEST, MORE, STEEPEST, USUAL, LearningCurve, Outlook, reach
from journeyman.evaluation.money import Money
from journeyman.evaluation.stakes import Stakes
from journeyman.statistics.bbc import LIMIT, Bootstrap, interval, make_units
from journeyman.statistics.measure import Measure, mean_measure
from journeyman.statistics.metrics.metric import possible
from journeyman.statistics.metrics.named import metric_named
from journeyman.table.columns import Numbers
from journeyman.trials.halves import rows_learnt_from
from journeyman.trials.shared import TrainingData
from journeyman.trials.trial import Trial

#: What a doubling brings at most is hardly anything where it is this part of what the model brings at all.
_HARDLY = 0.02


def with_learning_curve(
    evaluation: Evaluation,
    trial: Trial,
    halved: Trial | None,
    data: TrainingData,
    stakes: Stakes,
    *,
    seed: int,
    stands_in: bool = False,
) -> Evaluation:
    """The evaluation with the learning curve, and with intervals whose better ends know of it.

    Parameters
    ----------
    trial : what is shipped, or what stands in for it
    halved : as `journeyman.trials.halves.halved` gives it; None changes nothing
    stands_in : whether it is another candidate than what is shipped: then intervals stay as they are
    seed : as for `evaluate`, so that rows are drawn as they were there
    """
    if halved is None:
        return evaluation
    half_rows, full_rows = rows_learnt_from(data)
    if not half_rows < full_rows:
        return evaluation
    board = make_board([trial, halved], data.target, data.folds, metric_named(evaluation.metric))
    step = _Step(board, half_rows, full_rows, len(data.target), seed)
    curve = _curve(evaluation, step, trial.name if stands_in else "")
    if curve is None:
        return evaluation
    if stands_in:
        return replace(evaluation, learning_curve=curve)
    estimates = {name: _further(one, name, step, stakes, data) for name, one in evaluation.estimates.items()}
    shown = estimates[evaluation.metric]
    first, *others = evaluation.leaderboard
    return replace(
        evaluation,
        estimates=estimates,
        leaderboard=(replace(first, low=shown.low, high=shown.high), *others),
        learning_curve=curve,
    )


@dataclass(frozen=True)
class _Step:
    """From half of a fold's rows to all of them: on the board the shipped one is first, and of halves second."""

    board: Board
    half_rows: float
    full_rows: float
    rows: int
    seed: int

    @cached_property
    def bootstrap(self) -> Bootstrap:
        """The very replays of the evaluation."""
        target = self.board.target
        units = make_units(len(target), groups=target.groups, seed=self.seed)
        return Bootstrap.draw(units, seed=self.seed, exact=len(target) * target.outputs <= LIMIT)

    def scores(self, measure: Measure) -> Numbers:
        """(replays, 2) in full and of halves, on the rows not drawn."""
        return self.bootstrap.outside(measure, np.array([0, 1]))

    def reach(self, to: float, exponent: float) -> float:
        """How many times its gain there is to have up to so many rows."""
        return reach(self.half_rows, self.full_rows, to, exponent)


def _curve(evaluation: Evaluation, step: _Step, of: str) -> LearningCurve | None:
    """None where the gain or what stands on the board cannot be told."""
    metric, share = metric_named(evaluation.metric), evaluation.share
    scores = step.scores(step.board.measure(metric))
    full, half = scores.T
    now = Estimate(*interval(full, share)) if of else evaluation.estimates[metric.name]
    doubling = Estimate(*interval(metric.sign * (full - half), share))
    if not np.isfinite([doubling.value, now.value]).all():
        return None

    def expected(to: float) -> Estimate:
        # The gains lie beside what the choice is worth, not beside the winner's own score.
        shift = now.value - interval(full, share)[0]
        ends = [
            interval(shift + full + step.reach(to, exponent) * (full - half), share)
            for exponent in (FLATTEST, STEEPEST)
        ]
        value = now.value + metric.sign * step.reach(to, USUAL) * doubling.value
        low, high = min(low for _, low, _ in ends), max(high for _, _, high in ends)
        return Estimate(*(possible(one, metric.greater_is_better, metric.worst) for one in (value, low, high)))

    return LearningCurve(
        metric=metric.name,
        half_rows=step.half_rows,
        full_rows=step.full_rows,
        rows=step.rows,
        half=Estimate(*interval(half, share)),
        full=Estimate(*interval(full, share)),
        doubling=doubling,
        whole=expected(step.rows),
        more=expected(MORE * step.rows),
        outlook=_outlook(doubling, evaluation.improvement.value),
        of=of,
    )


def _outlook(doubling: Estimate, improvement: float) -> Outlook:
    if doubling.low > 0:
        return "helps"
    return "settled" if doubling.high <= _HARDLY * improvement else "unclear"


def _further(one: Estimate, name: str, step: _Step, stakes: Stakes, data: TrainingData) -> Estimate:
    """An estimate whose better end is as far out as the flattest curve would bring it."""
    if name == "payoff":
        money = Money(step.board, stakes.take(data.folds.all_scored), 0)
        of_halves = money.policy(step.board.answers[1], step.board.weights)
        payoffs = (1000 * money.own.payoffs, 1000 * of_halves.payoffs)
        measure, is_bounded = mean_measure("payoff", payoffs, step.board.weights), False
    else:
        measure, is_bounded = step.board.measure(metric_named(name)), True
    full, half = step.scores(measure).T
    gain, _, _ = interval(measure.sign * (full - half))
    if not np.isfinite([gain, one.low, one.high]).all() or gain <= 0:
        return one
    by = step.reach(step.rows, FLATTEST) * gain
    if measure.sign > 0:
        high = one.high + by
        return replace(one, high=max(one.high, possible(high, True) if is_bounded else high))
    return replace(one, low=min(one.low, possible(one.low - by, False)))
