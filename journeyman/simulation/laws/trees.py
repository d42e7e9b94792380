"""Steps: the target changes where numbers pass thresholds and words are of certain halves, jointly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from journeyman.simulation.features import Features
from journeyman.simulation.laws.law import Law, speaking
from journeyman.table.columns import Numbers

_STEPS = 6


@dataclass(frozen=True)
class Trees(Law):
    """Six steps, each of two numbers and one half of the levels of the last word, combined by exclusive or.

    Hard for linear models and, for their depth, not easy for trees.
    """

    def say(self, features: Features, law: np.random.Generator) -> Numbers:
        """Steps of 0.4 to 0.8 up or down."""
        known, many = features.known(), speaking(features)
        said = np.zeros(features.rows)
        for _ in range(_STEPS):
            first, second = law.choice(many, 2, replace=many < 2)
            cuts = law.normal(0, 0.7, 2)
            inside = (known[:, first] > cuts[0]) ^ (known[:, second] > cuts[1])
            if features.levels:
                half = law.permutation(features.levels[-1])[: features.levels[-1] // 2]
                inside ^= np.isin(features.words[:, -1], half)
            said += law.choice([-1, 1]) * law.uniform(0.4, 0.8) * (2 * inside - 1)
        return said
