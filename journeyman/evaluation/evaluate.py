"""Which candidate is shipped, what it is worth, and how sure that is. Nothing is chosen on the rows that judge it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from journeyman.bundle.decision import DecisionRule
from journeyman.evaluation.ahead import Scale, ahead
from journeyman.evaluation.board import Board, make_board
from journeyman.evaluation.choose import choose, standings
from journeyman.evaluation.evaluation import BreakEven, CalibrationBin, Estimate, Evaluation, Standing
from journeyman.evaluation.money import Money
from journeyman.evaluation.replayed_blends import ReplayedBlends
from journeyman.plan.target import Target
from journeyman.statistics.bbc import LIMIT, Bootstrap, interval, make_units
from journeyman.statistics.folds import Folds
from journeyman.statistics.measure import Measure
from journeyman.statistics.metrics.metric import Metric, labels
from journeyman.statistics.metrics.named import default_metrics
from journeyman.table.columns import Numbers
from journeyman.trials.trial import Trial

#: With more candidates than these, replays of large tables are computed by influences earlier.
_FEW_CANDIDATES = 8
#: Below these, too few rows to say: rows, rows of the rarer side, drawn units (groups, blocks of time).
_FEWEST_ROWS, _FEWEST_OF_A_CLASS, _FEWEST_UNITS = 50, 10, 10


def evaluate(
    trials: Sequence[Trial],
    target: Target,
    folds: Folds,
    metric: Metric,
    *,
    rule: DecisionRule | None = None,
    seed: int = 0,
) -> Evaluation:
    """Choose what to ship, and say what it is worth.

    The bootstrap replays the whole choice, ties included, on the rows drawn, and scores what it chose on the rows not
    drawn. Where there is a decision rule, its payoff is compared with the best that could be done without a model,
    which too is chosen on the rows drawn.

    Parameters
    ----------
    trials : candidates with out-of-fold answers; those that did not finish, or answered not every row, stay out
    target : of all rows
    folds : the split under which the answers were given
    metric : chooses the candidate
    rule : what decisions are worth, or None

    Raises
    ------
    InternalError : no candidate finished
    """
    board = make_board(trials, target, folds)
    chosen_by = board.measure(metric)
    bootstrap = _bootstrap(board, folds, metric, seed)
    weights = [trial.weight for trial in board.trials]
    everyone = np.array([*board.candidates, board.constant])
    sign = chosen_by.sign

    whole, whole_errors = bootstrap.whole(chosen_by, everyone.tolist())
    order = standings(sign * whole[:-1], whole_errors[:-1, :-1], weights, sign * whole[-1])
    shipped = order[0][0]

    blends = ReplayedBlends.of(board, bootstrap, metric)
    inside, errors = bootstrap.inside(chosen_by, everyone.tolist(), blends.at(metric))
    replayed = np.array(
        [
            choose(sign * one[:-1], error[:-1, :-1], weights, sign * one[-1])
            for one, error in zip(inside, errors, strict=True)
        ],
        np.int64,
    )
    outside = bootstrap.outside(chosen_by, everyone, blends.at(metric))
    future = _Future(board, shipped, bootstrap)
    worth = np.take_along_axis(outside, replayed[:, None], axis=1)[:, 0]
    improved = sign * future.of(worth - outside[:, board.constant], chosen_by, against=board.constant)
    estimate = future.estimate(worth, metric)
    improvement = Estimate(*interval(improved))

    estimates = {metric.name: estimate}
    for beside in default_metrics(target.task):
        if beside.name != metric.name:
            scores = bootstrap.outside(board.measure(beside), replayed[:, None], blends.at(beside))[:, 0]
            estimates[beside.name] = future.estimate(scores, beside)

    is_constant = not board.varies(shipped)
    gains, against = improved, "always the same answer"
    break_even: tuple[BreakEven, ...] = ()
    if rule is not None:
        money = Money.of(board, rule, shipped)
        payoffs, gains = money.replay(bootstrap, replayed)
        payoffs = future.of(payoffs, money.measure)
        gains = future.of(gains, money.measure, against=money.best_by_hand)
        estimates["payoff"] = Estimate(*interval(payoffs))
        against = money.against
        break_even = money.break_even(rule, shipped, interval(gains)[0])
    there = np.isfinite(gains)
    probability = float((gains[there] > 0).mean()) if there.mean() >= 0.5 else 0.0

    reason = _too_few(board, bootstrap, worth)
    optimism = max(0.0, float(chosen_by.sign * (whole[shipped] - estimate.value)))
    return Evaluation(
        chosen=board.places[shipped],
        name=board.trials[shipped].name,
        metric=metric.name,
        estimates=estimates,
        leaderboard=_leaderboard(board, order, whole, outside, estimate, chosen_by.sign * optimism),
        gain=Estimate(*interval(gains)),
        gain_probability=probability,
        against=against,
        improvement=improvement,
        optimism=optimism,
        calibration=_calibration(board, shipped),
        break_even=break_even,
        is_constant=is_constant,
        too_few=bool(reason),
        too_few_reason=reason,
        rows=len(board.target),
        form=bootstrap.units.form,
        replays=bootstrap.replays,
    )


def _bootstrap(board: Board, folds: Folds, metric: Metric, seed: int) -> Bootstrap:
    rows = len(board.target)
    order = None
    if folds.kind == "forward":
        times = board.target.order if folds.order is None else folds.order[folds.all_scored]
        order = board.fold if times is None else times
    units = make_units(rows, groups=board.target.groups, order=order, seed=seed)
    # A ranking of several classes is one ranking a class; many candidates on many rows take too long one by one.
    effort = rows * (board.target.outputs if metric.ranks else 1) * max(1.0, len(board.trials) / _FEW_CANDIDATES)
    return Bootstrap.draw(units, seed=seed, exact=effort <= LIMIT)


@dataclass(frozen=True)
class _Future:
    """Scores of what is shipped as those of the stretch of time ahead; without time, as they are."""

    board: Board
    shipped: int
    bootstrap: Bootstrap

    def of(
        self, scores: Numbers, measure: Measure, *, against: int | None = None, scale: Scale | None = None
    ) -> Numbers:
        if self.bootstrap.units.form != "blocks":
            return scores
        return ahead(scores, measure, self.shipped, self.board.fold, against=against, scale=scale)

    def estimate(self, scores: Numbers, metric: Metric) -> Estimate:
        """The mean of the replays as they are; only the interval is that of the stretch ahead.

        On a logarithmic scale Student's t of few stretches has no mean: that of the replays would be anything.
        """
        _, low, high = interval(self.of(scores, self.board.measure(metric), scale=Scale.of(metric)))
        return Estimate(interval(scores)[0], low, high)


def _leaderboard(
    board: Board,
    order: list[tuple[int, int]],
    whole: Numbers,
    outside: Numbers,
    estimate: Estimate,
    markdown: float,
) -> tuple[Standing, ...]:
    lines = []
    for rank, (place, tie) in enumerate(order, 1):
        if rank == 1:
            shown = estimate
        else:
            less = markdown if board.varies(place) else 0.0
            _, low, high = interval(outside[:, place])
            shown = Estimate(float(whole[place]) - less, low - less, high - less)
        trial = board.trials[place]
        lines.append(
            Standing(
                rank=rank,
                tie=tie,
                name=trial.name,
                score=shown.value,
                low=shown.low,
                high=shown.high,
                seconds=trial.seconds,
                floor=trial.floor,
            )
        )
    return tuple(lines)


def _calibration(board: Board, shipped: int) -> tuple[CalibrationBin, ...]:
    """Rows in ten bins by what was predicted: probability of the positive or the named class, or the value."""
    answer, truth = board.answers[shipped], board.target.values
    if board.target.task == "multiclass":
        predicted, observed = answer.max(axis=1), (labels(answer) == truth).astype(np.float64)
    else:
        predicted, observed = answer[:, 0], truth
    cuts = np.unique(np.quantile(predicted, np.linspace(0, 1, 11)[1:-1]))
    bins = np.searchsorted(cuts, predicted, side="left")
    found = []
    for one in np.unique(bins):
        rows = np.flatnonzero(bins == one)
        weights = board.weights[rows]
        if weights.sum() > 0:
            means = [float(np.average(values[rows], weights=weights)) for values in (predicted, observed)]
            found.append(CalibrationBin(means[0], means[1], len(rows)))
    return tuple(found)


def _too_few(board: Board, bootstrap: Bootstrap, worth: Numbers) -> str:
    """Why nothing can be said, in words; empty where something can."""
    rows = len(board.target)
    if rows < _FEWEST_ROWS:
        return f"{rows} rows are scored, and fewer than {_FEWEST_ROWS} say nothing"
    if board.target.classes:
        counts = np.bincount(board.target.codes, minlength=len(board.target.classes))
        rare = rows - int(counts.max())
        if rare < _FEWEST_OF_A_CLASS:
            return f"only {rare} rows are of another class than the most frequent, and it takes {_FEWEST_OF_A_CLASS}"
    if bootstrap.units.count < _FEWEST_UNITS:
        kind = {"rows": "rows", "clusters": "groups of rows", "blocks": "blocks of time"}[bootstrap.units.form]
        return f"there are only {bootstrap.units.count} {kind}, and it takes {_FEWEST_UNITS}"
    if np.isfinite(worth).mean() < 0.9:
        return "in many replays the rows left to judge had no score"
    return ""


__all__ = ["Estimate", "Evaluation", "Standing", "evaluate"]
