"""Which candidate is shipped, what it is worth, and how sure that is. Nothing is chosen on the rows that judge it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from journeyman.bundle.decision import NO_ACTION, DecisionRule
from journeyman.errors import InternalError
from journeyman.evaluation.choose import choose, standings
from journeyman.evaluation.evaluation import BreakEven, CalibrationBin, Estimate, Evaluation, Standing
from journeyman.plan.target import Target
from journeyman.statistics.bbc import LIMIT, Bootstrap, interval, make_units
from journeyman.statistics.folds import Folds
from journeyman.statistics.measure import Measure, mean_measure, metric_measure
from journeyman.statistics.metrics.metric import Metric, labels
from journeyman.statistics.metrics.named import default_metrics
from journeyman.table.columns import Integers, Numbers, Objects
from journeyman.trials.trial import Trial

#: Floors of at most this weight are what a person could do without a model.
_BY_HAND = 1
#: Below these, too few rows to say: rows, rows of the rarer side, drawn units (groups, blocks of time).
_FEWEST_ROWS, _FEWEST_OF_A_CLASS, _FEWEST_UNITS = 50, 10, 10


@dataclass(frozen=True)
class _Board:
    """What is judged, on scored rows only: candidates first, always the same answer last."""

    places: tuple[int, ...]
    trials: tuple[Trial, ...]
    target: Target
    weights: Numbers
    fold: Integers
    answers: tuple[Numbers, ...]

    @property
    def candidates(self) -> range:
        return range(len(self.trials))

    @property
    def constant(self) -> int:
        return len(self.trials)

    def measure(self, metric: Metric) -> Measure:
        return metric_measure(metric, self.target.values, self.answers, self.weights, self.fold)

    def varies(self, candidate: int) -> bool:
        """Whether a candidate ever gives two answers within a fold."""
        answers = self.answers[candidate]
        firsts = answers[np.unique(self.fold, return_index=True)[1]]
        places = np.searchsorted(np.unique(self.fold), self.fold)
        return bool((answers != firsts[places]).any())


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
    board = _board(trials, target, folds)
    chosen_by = board.measure(metric)
    bootstrap = _bootstrap(board, folds, metric, seed)
    weights = [trial.weight for trial in board.trials]

    whole, whole_errors = bootstrap.whole(chosen_by, [*board.candidates, board.constant])
    best = chosen_by.sign * whole[:-1]
    order = standings(best, whole_errors[:-1, :-1], weights)
    shipped = order[0][0]

    inside, errors = bootstrap.inside(chosen_by, board.candidates)
    replayed = np.array(
        [choose(chosen_by.sign * one, error, weights) for one, error in zip(inside, errors, strict=True)], np.int64
    )
    outside = bootstrap.outside(chosen_by, np.array([*board.candidates, board.constant]))
    worth = np.take_along_axis(outside, replayed[:, None], axis=1)[:, 0]
    estimate = Estimate(*interval(worth))
    improved = chosen_by.sign * (worth - outside[:, board.constant])
    improvement = Estimate(*interval(improved))

    estimates = {metric.name: estimate}
    for beside in default_metrics(target.task):
        if beside.name != metric.name:
            scores = bootstrap.outside(board.measure(beside), replayed[:, None])[:, 0]
            estimates[beside.name] = Estimate(*interval(scores))

    is_constant = not board.varies(shipped)
    gains, against = improved, "always the same answer"
    break_even: tuple[BreakEven, ...] = ()
    if rule is not None:
        money = _Money.of(board, rule, shipped)
        payoffs, gains = money.replay(bootstrap, replayed)
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


def _board(trials: Sequence[Trial], target: Target, folds: Folds) -> _Board:
    rows = folds.all_scored
    places = [
        place
        for place, trial in enumerate(trials)
        if trial.status == "done"
        and trial.answers.shape == (len(target), target.outputs)
        and np.isfinite(trial.answers[rows]).all()
    ]
    if not places or not len(rows):
        raise InternalError(
            "nothing can be evaluated",
            because="no candidate answered every row that is scored",
            remedy="give more --time, and look into the journal for what became of the candidates",
        )
    answers = [trials[place].answers[rows] for place in places]
    scored = target.take(rows)
    return _Board(
        tuple(places),
        tuple(trials[place] for place in places),
        scored,
        np.ones(len(rows)) if scored.weights is None else scored.weights,
        folds.number[rows],
        (*answers, _always_the_same(target, folds)[rows]),
    )


def _always_the_same(target: Target, folds: Folds) -> Numbers:
    """The answer (rows, outputs) that looks at no column: what was true of the training rows on average."""
    wanted = np.eye(len(target.classes))[target.codes] if target.task == "multiclass" else target.values[:, None]
    answers = np.full(wanted.shape, np.nan)
    for fold in range(folds.count):
        rows, training = folds.scored(fold), folds.training(fold)
        if len(rows) and len(training):
            weights = None if target.weights is None else target.weights[training]
            answers[rows] = np.average(wanted[training], axis=0, weights=weights)
    return answers


def _bootstrap(board: _Board, folds: Folds, metric: Metric, seed: int) -> Bootstrap:
    rows = len(board.target)
    order = None
    if folds.kind == "forward":
        times = board.target.order if folds.order is None else folds.order[folds.all_scored]
        order = board.fold if times is None else times
    units = make_units(rows, groups=board.target.groups, order=order, seed=seed)
    # A ranking of several classes is one ranking a class.
    effort = rows * (board.target.outputs if metric.ranks else 1)
    return Bootstrap.draw(units, seed=seed, exact=effort <= LIMIT)


@dataclass(frozen=True)
class _Money:
    """Payoffs of each row: of each candidate, always the same answer, and then what can be done by hand."""

    board: _Board
    values: tuple[Numbers, ...]
    actions: tuple[Objects, ...]
    by_hand: tuple[int, ...]
    names: tuple[str, ...]

    @classmethod
    def of(cls, board: _Board, rule: DecisionRule, shipped: int) -> _Money:
        classes, truth = board.target.classes, board.target.codes
        actions = [rule.decide(_probabilities(answer), classes)[0] for answer in board.answers]
        names = [trial.name for trial in board.trials] + ["always the same answer"]
        by_hand = [
            place
            for place, trial in enumerate(board.trials)
            if trial.floor and trial.weight <= _BY_HAND and place != shipped
        ]
        by_hand.append(board.constant)
        for action in (NO_ACTION, *(one for one in rule.actions if one != NO_ACTION)):
            by_hand.append(len(actions))
            actions.append(np.full(len(truth), action, dtype=object))
            names.append("doing nothing" if action == NO_ACTION else f"'{action}' for every row")
        values = [np.asarray(rule.payoff(one, truth, classes), np.float64) * 1000 for one in actions]
        return cls(board, tuple(values), tuple(actions), tuple(by_hand), tuple(names))

    @property
    def best_by_hand(self) -> int:
        means = [float(np.average(self.values[place], weights=self.board.weights)) for place in self.by_hand]
        return self.by_hand[int(np.argmax(means))]

    @property
    def against(self) -> str:
        return self.names[self.best_by_hand]

    def replay(self, bootstrap: Bootstrap, replayed: Integers) -> tuple[Numbers, Numbers]:
        """Payoff per 1,000 rows of what each replay chose, and what it brings above the best by hand."""
        measure = mean_measure("payoff", self.values, self.board.weights)
        inside, _ = bootstrap.inside(measure, self.by_hand)
        rivals = np.array(self.by_hand)[inside.argmax(axis=1)]
        outside = bootstrap.outside(measure, np.column_stack([replayed, rivals]))
        return outside[:, 0], outside[:, 0] - outside[:, 1]

    def break_even(self, rule: DecisionRule, shipped: int, gain: float) -> tuple[BreakEven, ...]:
        """Amounts at which the gain would be gone, the nearest first."""
        if not gain > 0:
            return ()
        found = []
        ours, theirs = self.actions[shipped], self.actions[self.best_by_hand]
        for action, amounts in rule.actions.items():
            more = (ours == action).astype(np.float64) - (theirs == action)
            for outcome, amount in amounts.items():
                true = self.board.target.codes == self.board.target.classes.index(outcome)
                per_unit = 1000 * float(np.average(more * true, weights=self.board.weights))
                if amount and per_unit:
                    found.append(BreakEven(action, outcome, float(amount), float(amount) - gain / per_unit))
        return tuple(sorted(found, key=lambda one: abs(one.at / one.amount - 1)))


def _probabilities(answer: Numbers) -> Numbers:
    return np.column_stack([1 - answer[:, 0], answer[:, 0]]) if answer.shape[1] == 1 else answer


def _leaderboard(
    board: _Board,
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


def _calibration(board: _Board, shipped: int) -> tuple[CalibrationBin, ...]:
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


def _too_few(board: _Board, bootstrap: Bootstrap, worth: Numbers) -> str:
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
