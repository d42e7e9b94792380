"""The contract of the shelf: what a metric is, and what its one function gives.

To add a metric, write one file here with a `METRIC`. Its function gives the score *and* each row's influence on it;
from the influences follow standard errors, paired comparisons and the bootstrap of large tables, for every metric
alike.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np

from journeyman.statistics.label_rule import LabelRule, certain, labels
from journeyman.table.columns import Integers, Numbers

Needs = Literal["probability", "label", "value"]
#: (truth (n,), answer (n, outputs), weights (n,)) → the score, and the influence of each row (n,).
Part = Callable[[Numbers, Numbers, Numbers], tuple[float, Numbers]]


class InFolds(Protocol):
    """A metric of the same answers within each fold, under one set of weights after another."""

    def under(self, weights: Numbers) -> tuple[Numbers, Numbers]:
        """The score of each fold, (folds,) in their order, NaN where it has none; and the rows' influences, (rows,)."""


@dataclass(frozen=True, kw_only=True)
class Metric:
    """One way to score answers.

    Parameters
    ----------
    name : scikit-learn's name
    tasks : the tasks it can judge
    greater_is_better : its direction
    needs : what it reads of an answer: the probability, the label that follows from it, or the value
    part : the score and each row's influence: adding weight d to row i changes the score by
        ``d * influence[i] / weights.sum()``, to first order; so the influences' weighted mean is 0
    ranks : whether it compares rows with one another. Answers of models fitted on different rows need not be
        comparable, so such a metric is taken within folds and averaged
    in_folds : of one that ranks rows of two classes, the same within all folds at once, sorted only once; None where
        each fold is asked by itself
    for_many : (scores of samples, rows in each) → what they say of the score of very many rows; None where a sample's
        score is no further from it on average than sampling makes it
    worst : the worst score that there can be; None where there is no end
    label_rule : (answers (n, outputs), weights (n,)) → the rule that names classes best for this metric if those
        probabilities come true; None where that is the likeliest class, or where no label is read. No truth is asked,
        so that nothing is chosen on the rows that judge it
    """

    name: str
    tasks: tuple[str, ...]
    greater_is_better: bool
    needs: Needs
    part: Part
    ranks: bool = False
    in_folds: Callable[[Numbers, Numbers, Integers], InFolds] | None = None
    for_many: Callable[[Numbers, Numbers], Numbers] | None = None
    worst: float | None = None
    label_rule: Callable[[Numbers, Numbers], LabelRule] | None = None

    @property
    def sign(self) -> int:
        """1 where more is better, −1 where less is: ``sign * score`` is always to be made large."""
        return 1 if self.greater_is_better else -1

    def score(self, truth: Numbers, answer: Numbers, weights: Numbers | None = None) -> float:
        """The score of some rows; NaN where there is none to tell (no rows, one class only, an answer missing).

        Shapes: ``truth`` (n,), class places or values; ``answer`` (n, outputs) as learners give it: the positive
        class's probability, one probability a class, or the value; ``weights`` (n,) or None.
        """
        return self.measure(truth, answer, weights)[0]

    def measure(self, truth: Numbers, answer: Numbers, weights: Numbers | None = None) -> tuple[float, Numbers]:
        """The score, and the influence of each row on it, (n,)."""
        if weights is None:
            weights = np.ones(len(truth))
        if not len(truth) or not np.isfinite(answer).all() or not weights.sum() > 0:
            return np.nan, np.zeros(len(truth))
        return self.part(truth, answer, weights)

    def rule_of(self, answer: Numbers, weights: Numbers | None = None) -> LabelRule | None:
        """The rule that names classes best for this metric, by answers (n, outputs); None for the likeliest class."""
        weights = np.ones(len(answer)) if weights is None else weights
        if self.label_rule is None or not weights.sum() > 0 or not np.isfinite(answer).all():
            return None
        return self.label_rule(answer, weights)

    def named(self, answer: Numbers, weights: Numbers | None = None) -> Numbers:
        """Answers (n, outputs) that are sure of the classes that `rule_of` names; as they are where there is none."""
        rule = self.rule_of(answer, weights)
        return answer if rule is None else certain(labels(answer, rule), answer.shape[1])


def possible(score: float, greater_is_better: bool, worst: float | None = None) -> float:
    """A score that is no better than perfect, which is 1 or 0, and no worse than worst; NaN stays NaN."""
    if greater_is_better:
        return min(score, 1.0) if worst is None else max(min(score, 1.0), worst)
    return max(score, 0.0) if worst is None else min(max(score, 0.0), worst)


def mean_of(losses: Numbers, weights: Numbers) -> tuple[float, Numbers]:
    """The part of a metric that is a mean over rows."""
    mean = float(weights @ losses / weights.sum())
    return mean, losses - mean


def chance_of_truth(truth: Numbers, answer: Numbers) -> Numbers:
    """The probability that an answer gave to what came true, (n,)."""
    if answer.shape[1] == 1:
        return np.where(truth == 1, answer[:, 0], 1 - answer[:, 0])
    return answer[np.arange(len(truth)), truth.astype(np.int64)]


def one_against_rest(
    curve: Callable[[Numbers, Numbers, Numbers], tuple[float, Numbers]],
    truth: Numbers,
    answer: Numbers,
    weights: Numbers,
) -> tuple[float, Numbers]:
    """A ranking metric for two classes, or its plain mean over each class against the rest.

    ``curve`` takes (is it this class (n,), score (n,), weights (n,)). Classes that are all or none of the rows have
    no ranking and are left out.
    """
    if answer.shape[1] == 1:
        return curve(truth, answer[:, 0], weights)
    parts = [curve((truth == place).astype(np.float64), one, weights) for place, one in enumerate(answer.T)]
    there = [part for part in parts if not np.isnan(part[0])]
    if not there:
        return np.nan, np.zeros(len(truth))
    score = sum(part[0] for part in there) / len(there)
    return float(score), np.sum([part[1] for part in there], axis=0) / len(there)
