"""Decisions for one row at a time, with next to no arrays: the same bits as `DecisionRule` gives the row among many."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from journeyman.bundle.amount import amount_of_row, amount_of_rows
from journeyman.bundle.decision import NO_ACTION, DecisionRule


class OneDecision:
    """A decision rule, laid out for single rows.

    Parameters
    ----------
    classes : class labels in the order of the probabilities; empty where a number is predicted
    """

    def __init__(self, rule: DecisionRule, classes: Sequence[str]) -> None:
        self._names, self._cutoff = rule.names, rule.cutoff
        self._by_class = () if rule.is_for_numbers else rule.pairs(classes)
        spreads = rule.spreads() if rule.is_for_numbers else ()
        self._spreads = [(place, amount, np.array(residuals)) for place, amount, residuals in spreads]

    def of_classes(self, probabilities: Sequence[float], values: Mapping[str, float]) -> tuple[str, bool]:
        """The best action by the probability of each class, and whether what every action promises is known.

        Parameters
        ----------
        values : of every column that the rule reads; missing is NaN
        """
        expected = [0.0] * len(self._names)
        for probability, amounts in zip(probabilities, self._by_class, strict=True):
            for place, amount in amounts:
                expected[place] += probability * amount_of_row(amount, values)
        return self._choose(expected)

    def of_number(self, prediction: float, values: Mapping[str, float]) -> tuple[str, bool]:
        """The best action by a predicted number, and whether what every action promises is known."""
        expected = [0.0] * len(self._names)
        for place, amount, residuals in self._spreads:
            if len(residuals) == 1:
                # 0.0 first, as in the sum of a batch: -0.0 becomes 0.0.
                expected[place] = 0.0 + amount_of_row(amount, values, prediction, prediction + float(residuals[0]))
                continue
            # The residuals take the place of the rows.
            told = np.full(len(residuals), prediction)
            cells = {name: np.full(len(residuals), cell) for name, cell in values.items()}
            total = 0.0
            for worth in amount_of_rows(amount, cells, len(residuals), told, told + residuals).tolist():
                total += worth
            expected[place] = total / len(residuals)
        return self._choose(expected)

    def _choose(self, promises: Sequence[float]) -> tuple[str, bool]:
        best, most = NO_ACTION, self._cutoff
        for name, promised in zip(self._names, promises, strict=True):
            if not math.isfinite(promised):
                return NO_ACTION, False
            if promised > most and name != NO_ACTION:
                best, most = name, promised
        return best, True
