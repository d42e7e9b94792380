"""What is judged: candidates that answered every scored row, and always the same answer beside them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from journeyman.errors import InternalError
from journeyman.plan.target import Target
from journeyman.statistics.folds import Folds
from journeyman.statistics.label_rule import LabelRule
from journeyman.statistics.measure import Measure, Sorted, metric_measure, sorted_answers
from journeyman.statistics.metrics.metric import Metric, chance_of_truth
from journeyman.statistics.naming import Naming
from journeyman.table.columns import Flags, Integers, Numbers
from journeyman.trials.paired import naming_of
from journeyman.trials.trial import Trial


@dataclass(frozen=True)
class Board:
    """What is judged, on scored rows only: candidates first, always the same answer last.

    ``judge`` is the metric that chooses, if any; ``naming`` says how it would have classes be named, where it has a
    rule for that: then all metrics of labels look at those.
    """

    places: tuple[int, ...]
    trials: tuple[Trial, ...]
    target: Target
    weights: Numbers
    fold: Integers
    answers: tuple[Numbers, ...]
    judge: Metric | None = None
    naming: Naming | None = None

    @property
    def candidates(self) -> range:
        """Places of the candidates."""
        return range(len(self.trials))

    @property
    def constant(self) -> int:
        """The place of always the same answer."""
        return len(self.trials)

    @property
    def hedges(self) -> Flags:
        """(candidates,) which are hedges against what changes: blends, where rows come in time."""
        forward = self.target.fold_kind == "forward"
        return np.array([forward and one.is_mixed for one in self.trials], np.bool_)

    def measure(self, metric: Metric) -> Measure:
        """A metric of everybody on the board."""
        return self.measure_of(metric, self.answers)

    def measure_of(self, metric: Metric, answers: Sequence[Numbers], constants: Collection[int] = ()) -> Measure:
        """A metric of other answers to the same rows, of which some may be those of the board.

        Classes are named by the rules of those on the board: they look at answers only, and hardly differ from replay
        to replay. ``constants`` are places that answer every row alike.
        """
        if metric.name not in self._sorted:
            self._sorted[metric.name] = sorted_answers(metric, self.target.values, self.answers, self.fold)
        known = self._sorted[metric.name]
        if metric.needs == "label" and self.naming is not None:
            answers = [self._named(place, one, place in constants) for place, one in enumerate(answers)]
        return metric_measure(metric, self.target.values, answers, self.weights, self.fold, known)

    def label_rule(self, candidate: int) -> LabelRule | None:
        """By which rule a candidate that is shipped names classes; None for the likeliest."""
        if self.naming is None:
            return None
        return self.naming.rule(self.answers[candidate], self.weights, self.fold)

    def _named(self, place: int, answer: Numbers, is_constant: bool) -> Numbers:
        """The answers of somebody on the board, or of a replay's, as the judge would have them name classes."""
        if self.naming is None or not np.isfinite(answer).all():
            return answer
        if is_constant:
            return self.naming.metric.named(answer, self.weights)
        if place not in self._rules:
            self._rules[place] = self.naming.rules(self.answers[place], self.weights, self.fold)
        if answer is not self.answers[place]:
            return self.naming.named(answer, self.fold, self._rules[place])
        if place not in self._names:
            self._names[place] = self.naming.named(answer, self.fold, self._rules[place])
        return self._names[place]

    @cached_property
    def _rules(self) -> dict[int, dict[int, LabelRule | None]]:
        """By place, and fold."""
        return {}

    @cached_property
    def _names(self) -> dict[int, Numbers]:
        """By place, the answers of the board that are named already."""
        return {}

    @cached_property
    def _sorted(self) -> dict[str, Sorted]:
        """By the name of a metric: many replays ask for the same answers in their order."""
        return {}

    def row_losses(self, candidate: int, metric: Metric) -> Numbers:
        """What each row, (rows,), costs a candidate: log loss, absolute error where the metric is one, else squared."""
        truth, answer = self.target.values, self.answers[candidate]
        if self.target.task != "regression":
            return -np.log(np.maximum(chance_of_truth(truth, answer), 1e-15))
        errors = np.abs(truth - answer[:, 0])
        return errors if metric.name == "mae" else errors**2

    def varies(self, candidate: int) -> bool:
        """Whether a candidate ever gives two answers within a fold."""
        answers = self.answers[candidate]
        firsts = answers[np.unique(self.fold, return_index=True)[1]]
        places = np.searchsorted(np.unique(self.fold), self.fold)
        return bool((answers != firsts[places]).any())


def make_board(trials: Sequence[Trial], target: Target, folds: Folds, judge: Metric | None = None) -> Board:
    """The trials that finished and answered every scored row, and the metric that chooses among them.

    Raises
    ------
    InternalError : there is none
    """
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
    # The simplest floor knows best which constant the metric asks for: the mean, the median, the mean of logarithms.
    floors = [answer for place, answer in zip(places, answers, strict=True) if trials[place].weight == 0]
    constant = floors[0] if floors else _always_the_same(target, folds)[rows]
    scored = target.take(rows)
    return Board(
        tuple(places),
        tuple(trials[place] for place in places),
        scored,
        np.ones(len(rows)) if scored.weights is None else scored.weights,
        folds.number[rows],
        (*answers, constant),
        judge,
        None if judge is None else naming_of(judge, target, folds),
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
