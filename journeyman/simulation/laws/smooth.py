"""Smooth interactions: Friedman's first function (Friedman 1991, Multivariate Adaptive Regression Splines)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from journeyman.simulation.features import Features
from journeyman.simulation.laws.law import Law, speaking
from journeyman.table.columns import Numbers

#: Mean and spread of Friedman's function on uniform numbers, and the spread wanted.
_MEAN, _SPREAD, _WANTED = 14.4, 4.9, 1.3


@dataclass(frozen=True)
class Smooth(Law):
    """10 sin(π a b) + 20 (c − ½)² + 10 d + 5 e of five numbers between 0 and 1, and an amount for the first word.

    Which number has which part is drawn. With fewer than five numbers some have several parts.
    """

    def say(self, features: Features, law: np.random.Generator) -> Numbers:
        """The function, standardised."""
        places = np.resize(law.permutation(speaking(features)), 5)
        # The logistic curve that is nearest to the normal distribution function makes normal numbers nearly uniform.
        a, b, c, d, e = (1 / (1 + np.exp(-1.702 * features.known()[:, place])) for place in places)
        said = 10 * np.sin(np.pi * a * b) + 20 * (c - 0.5) ** 2 + 10 * d + 5 * e
        said = (said - _MEAN) * (_WANTED / _SPREAD)
        if features.levels:
            said = said + (0.3 * law.standard_normal(features.levels[0] + 1))[features.words[:, 0]]
        return np.asarray(said)
