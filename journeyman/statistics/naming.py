"""Which classes out-of-fold answers name by a metric's rule of labels, as the model that is shipped would name them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from journeyman.statistics.folds import Folds
from journeyman.statistics.label_rule import LabelRule, certain, chances_of, labels
from journeyman.statistics.metrics.metric import Metric
from journeyman.table.columns import Integers, Numbers


@dataclass(frozen=True)
class Naming:
    """How classes are named in each fold.

    The model of a fold answers at the level of the rows that it learnt from: with few positives in a fold there were
    more in the others, so that one threshold for all folds would name just the wrong ones. So answers are put at the
    level of all rows first (forward in time, at that of the rows before the fold), as a model of those would give them:
    odds times the ratio of the classes' odds.

    Parameters
    ----------
    metric : whose rule of labels it is
    forward : whether a fold's rule knows the answers of earlier folds only
    levels : of each fold, the shares of the classes, (classes,), among the rows that its model learnt from
    whole : the same of all rows
    """

    metric: Metric
    forward: bool
    levels: Mapping[int, Numbers]
    whole: Numbers

    @classmethod
    def of(cls, metric: Metric, codes: Integers, weights: Numbers | None, classes: int, folds: Folds) -> Naming | None:
        """Of all rows: their class codes and weights, (rows,); None where the metric has no rule of labels."""
        if metric.label_rule is None or not classes:
            return None
        each = np.ones(len(codes)) if weights is None else weights

        def shares(rows: Integers) -> Numbers:
            mass = np.bincount(codes[rows], each[rows], classes)
            return np.asarray(mass / max(float(mass.sum()), 1e-300))

        levels = {fold: shares(folds.training(fold)) for fold in folds.usable}
        return cls(metric, folds.kind == "forward", levels, shares(np.arange(len(codes))))

    def rule(self, answer: Numbers, weights: Numbers, fold: Integers) -> LabelRule | None:
        """The rule of the model that is shipped, by its out-of-fold answers (rows, outputs)."""
        return self.metric.rule_of(self._moved(answer, fold, self.whole), weights)

    def rules(self, answer: Numbers, weights: Numbers, fold: Integers) -> dict[int, LabelRule | None]:
        """The rule of each fold, for answers at its level."""
        folds = [int(one) for one in np.unique(fold)]
        if not self.forward:
            return dict.fromkeys(folds, self.rule(answer, weights, fold))
        found = {}
        for one in folds:
            known = np.flatnonzero(fold < one)
            known = known if weights[known].sum() > 0 else np.flatnonzero(fold == one)
            moved = self._moved(answer[known], fold[known], self._level(one))
            found[one] = self.metric.rule_of(moved, weights[known])
        return found

    def named(self, answer: Numbers, fold: Integers, rules: Mapping[int, LabelRule | None]) -> Numbers:
        """Answers (rows, outputs) that are sure of the classes that those of the folds name."""
        named = answer.copy()
        for one, rule in rules.items():
            own = np.flatnonzero(fold == one)
            moved = self._moved(answer[own], fold[own], self._level(one))
            if rule is not None:
                named[own] = certain(labels(moved, rule), answer.shape[1])
        return named

    def _level(self, fold: int) -> Numbers:
        """At which level the answers of a fold are named."""
        return self.levels.get(fold, self.whole) if self.forward else self.whole

    def _moved(self, answer: Numbers, fold: Integers, to: Numbers) -> Numbers:
        """Answers of folds' models as models of another level would give them."""
        chances = chances_of(answer)
        for one in np.unique(fold).tolist():
            level = self.levels.get(one, to)
            ratio = np.divide(to, level, out=np.ones(len(to)), where=(level > 0) & (to > 0))
            if (ratio != 1).any():
                own = fold == one
                chances = chances.copy() if chances is answer else chances
                moved = chances[own] * ratio
                chances[own] = moved / np.maximum(moved.sum(axis=1, keepdims=True), 1e-300)
        return chances[:, 1:] if answer.shape[1] == 1 else chances


def named_in_folds(naming: Naming | None, answer: Numbers, weights: Numbers, fold: Integers) -> Numbers:
    """Out-of-fold answers (rows, outputs) as their metric would have them name classes; as they are without a rule."""
    if naming is None or not np.isfinite(answer).all():
        return answer
    return naming.named(answer, fold, naming.rules(answer, weights, fold))
