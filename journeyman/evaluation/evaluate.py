"""Which candidate is shipped, what it is worth, and how sure that is. Nothing is chosen on the rows that judge it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from journeyman.evaluation.ahead import Scale, ahead, scores_of_stretches
from journeyman.evaluation.board import Board, make_board
from journeyman.evaluation.calibration import calibration
from journeyman.evaluation.choice import Choice, choose_on_all_rows, make_choice
from journeyman.evaluation.cost_range import CostRange, cost_ranges
from journeyman.evaluation.estimate import Estimate
from journeyman.evaluation.evaluation import Beside, Evaluation
from journeyman.evaluation.money import Money
from journeyman.evaluation.replays import Replays
from journeyman.evaluation.slices import weakest
from journeyman.evaluation.stakes import Stakes
from journeyman.evaluation.standing import leaderboard
from journeyman.evaluation.weak_slices import weak_slices
from journeyman.plan.target import Target
from journeyman.statistics.bbc import LIMIT, Bootstrap, interval, make_units, stretched
from journeyman.statistics.folds import Folds
from journeyman.statistics.measure import Measure
from journeyman.statistics.metrics.metric import Metric, possible
from journeyman.statistics.metrics.named import default_metrics
from journeyman.table.columns import Columns, Numbers
from journeyman.trials.trial import Trial

#: With more candidates than these, replays of large tables are computed by influences earlier.
_FEW_CANDIDATES = 16
#: Below these, too few rows to say: rows, rows of the rarer side, drawn units (groups, blocks of time).
_FEWEST_ROWS, _FEWEST_OF_A_CLASS, _FEWEST_UNITS = 50, 10, 10


def evaluate(
    trials: Sequence[Trial],
    target: Target,
    folds: Folds,
    metric: Metric,
    *,
    columns: Columns | None = None,
    stakes: Stakes | None = None,
    simplest: bool = False,
    share: float = 0.95,
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
    columns : of all rows, by which groups are found where the model helps least; None where nobody asks
    stakes : what decisions are worth in each row, of all rows; None where nobody said
    simplest : whether to ship the simplest of all that cannot be told from the best
    share : of the intervals; larger where the same rows have judged other builds before

    Raises
    ------
    InternalError : no candidate finished
    """
    board = make_board(trials, target, folds, metric)
    bootstrap = _bootstrap(board, folds, metric, seed)
    replays = Replays.of(board, bootstrap, metric)
    choice = make_choice(board, bootstrap, replays, metric, simplest=simplest)
    shipped, chosen_by = choice.shipped, board.measure(metric)
    future = _Future(board, shipped, bootstrap, share)
    is_constant = not board.varies(shipped)
    if is_constant:
        # It was not found by luck: its numbers are its own, and not those of what replays chose.
        choice = replace(choice, replayed=np.full_like(choice.replayed, shipped))
    improved = chosen_by.sign * future.of(
        choice.worth - choice.outside[:, board.constant], chosen_by, shipped, board.constant
    )
    estimate = future.estimate(choice.worth, choice.outside[:, shipped], metric)
    estimates = {metric.name: estimate}
    for other in default_metrics(target.task):
        if other.name != metric.name:
            asked = np.column_stack([choice.replayed, np.full(len(choice.replayed), shipped)])
            scores = bootstrap.outside(board.measure(other), asked, replays.at(other, judged=True))
            estimates[other.name] = future.estimate(scores[:, 0], scores[:, 1], other)

    gains, against = improved, "always the same answer"
    row_gains = board.row_losses(board.constant, metric) - board.row_losses(shipped, metric)
    beside: tuple[Beside, ...] = ()
    ranges: tuple[CostRange, ...] = ()
    bound = None
    if stakes is not None and stakes.rule is not None:
        held = stakes.take(folds.all_scored)
        money = Money(board, held, shipped)
        payoffs, best, theirs = money.replay(bootstrap, replays, choice)
        gains = future.of(payoffs - best, money.measure, 0, 1)
        estimates["payoff"] = Estimate(*interval(future.of(payoffs, money.measure, 0)))
        against, bound = money.rivals[money.best].name, money.own.rule
        row_gains = money.row_gains

        def above(one: Numbers) -> Numbers:
            return future.of(payoffs - one, money.measure, 0, 1)

        # Beside what is the best of all without a model stands the gain that the verdict goes by.
        beside = tuple(
            _beside(rival.name, future.plain(one), gains if rival.name == against else above(one))
            for rival, one in zip(money.rivals, theirs.T, strict=True)
        )
        ranges = cost_ranges(board, held, shipped)
    over_floor, floor = _over_floor(board, choice, future, metric)

    reason = _too_few(board, bootstrap, choice, metric)
    optimism = max(0.0, float(chosen_by.sign * (choice.whole[shipped] - estimate.value)))
    markdown = chosen_by.sign * optimism
    scored = None if columns is None else columns.take(folds.all_scored)
    return Evaluation(
        chosen=board.places[shipped],
        name=board.trials[shipped].name,
        metric=metric.name,
        estimates=estimates,
        leaderboard=leaderboard(board, choice, estimate, markdown, partial(future.outside, choice, metric)),
        gain=Estimate(*interval(gains)),
        gain_probability=_probability(gains),
        against=against,
        improvement=Estimate(*interval(improved)),
        optimism=optimism,
        calibration=calibration(board, shipped, bootstrap.units),
        weakest=None if scored is None or is_constant else weakest(scored, row_gains, board.weights, bootstrap.units),
        weak_slices=None
        if scored is None or is_constant
        else weak_slices(
            scored, board.row_losses(shipped, metric), row_gains, board.weights, bootstrap.units, seed=seed
        ),
        cost_ranges=ranges,
        beside=beside,
        over_floor=over_floor,
        floor=floor,
        rule=bound,
        label_rule=board.label_rule(shipped),
        is_constant=is_constant,
        too_few=bool(reason),
        too_few_reason=reason,
        rows=len(board.target),
        form=bootstrap.units.form,
        replays=bootstrap.replays,
        share=share,
    )


def chosen_on_all_rows(trials: Sequence[Trial], target: Target, folds: Folds, metric: Metric, *, seed: int = 0) -> int:
    """The place of what `evaluate` chooses where the simplest is not asked for: that takes all rows, and no replay."""
    board = make_board(trials, target, folds, metric)
    return board.places[choose_on_all_rows(board, _bootstrap(board, folds, metric, seed), metric)]


def _probability(gains: Numbers) -> float:
    """The share of replays with a gain; where too few of them have any score, none is shown."""
    there = np.isfinite(gains)
    return float((gains[there] > 0).mean()) if there.mean() >= 0.5 else 0.0


def _beside(name: str, payoffs: Numbers, gains: Numbers) -> Beside:
    return Beside(name, Estimate(*interval(payoffs)), Estimate(*interval(gains)), _probability(gains))


def _over_floor(board: Board, choice: Choice, future: _Future, metric: Metric) -> tuple[Estimate, str]:
    """What the shipped one brings above the best floor, which each replay finds on the rows drawn."""
    measure = board.measure(metric)
    floors = [place for place, one in enumerate(board.trials) if one.floor and place != choice.shipped]
    if not floors:
        return Estimate(np.nan, np.nan, np.nan), ""
    inside, _ = future.bootstrap.inside(measure, floors)
    best = np.array(floors)[np.nan_to_num(measure.sign * inside, nan=-np.inf).argmax(axis=1)]
    theirs = np.take_along_axis(choice.outside, best[:, None], axis=1)[:, 0]
    whole = floors[int(np.nan_to_num(measure.sign * choice.whole[floors], nan=-np.inf).argmax())]
    gains = measure.sign * future.of(choice.worth - theirs, measure, choice.shipped, whole)
    return Estimate(*interval(gains)), board.trials[whole].name


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
    """Replays' scores whose 95 % interval is that of ``share``; over time, that of the stretch ahead."""

    board: Board
    shipped: int
    bootstrap: Bootstrap
    share: float

    def of(
        self, scores: Numbers, measure: Measure, one: int, against: int | None = None, scale: Scale | None = None
    ) -> Numbers:
        if self.bootstrap.units.form != "blocks":
            return self.plain(scores)
        return ahead(scores, measure, one, self.board.fold, against=against, scale=scale, share=self.share)

    def plain(self, scores: Numbers) -> Numbers:
        """Of what no stretch ahead is told of."""
        return stretched(scores, self.share)

    def outside(self, choice: Choice, metric: Metric, place: int) -> Numbers:
        """Of a candidate, on the rows that were not drawn."""
        return self.of(choice.outside[:, place], self.board.measure(metric), place, scale=Scale.of(metric))

    def estimate(self, scores: Numbers, own: Numbers, metric: Metric) -> Estimate:
        """The mean of the replays as they are, and the interval of the stretch ahead.

        Where replays choose now this candidate and now that, their scores are those of the choice, not of what was
        chosen; so the interval holds what the shipped one scored itself on the rows not drawn as well (``own``).

        On a logarithmic scale Student's t of few stretches has no mean: that of the replays would be anything.
        """
        measure, scale = self.board.measure(metric), Scale.of(metric)
        value, _, _ = interval(scores)
        _, low, high = interval(self.of(scores, measure, self.shipped, scale=scale))
        _, least, most = interval(self.of(own, measure, self.shipped, scale=scale))
        ends = float(np.fmin(low, least)), float(np.fmax(high, most))
        # Where replays reach the end of the scale, its logarithm is none, and the interval knows of no end.
        return Estimate(*(possible(one, metric.greater_is_better, metric.worst) for one in (value, *ends)))


def _too_few(board: Board, bootstrap: Bootstrap, choice: Choice, metric: Metric) -> str:
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
    if bootstrap.units.form == "blocks":
        found = scores_of_stretches(board.measure(metric), choice.shipped, board.fold)
        if int(np.isfinite(found).sum()) < 2:
            return f"fewer than two stretches of time have a {metric.name}, so nothing tells how much stretches differ"
    if np.isfinite(choice.worth).mean() < 0.9:
        return "in many replays the rows left to judge had no score"
    return ""
