"""A sum: every number has its slope, every word its amount."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from journeyman.simulation.features import Features
from journeyman.simulation.laws.law import Law, speaking
from journeyman.table.columns import Numbers


@dataclass(frozen=True)
class Linear(Law):
    """A linear model knows this law's form; at strength 1 the best AUC is about 0.8 with six numbers."""

    def say(self, features: Features, law: np.random.Generator) -> Numbers:
        """Slopes of 0.3 to 0.7 (for five numbers; smaller for more), amounts of words with spread 0.5."""
        many = speaking(features)
        slopes = law.choice([-1, 1], many) * law.uniform(0.3, 0.7, many) * np.sqrt(5 / many)
        said = features.known()[:, :many] @ slopes
        for place, count in enumerate(features.levels):
            # Missing is a level too.
            said = said + (0.5 * law.standard_normal(count + 1))[features.words[:, place]]
        return np.asarray(said)
