"""Cells missing completely at random: whether one is gone depends on nothing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from journeyman.simulation.features import Features
from journeyman.simulation.plants.missing.gaps import Gaps
from journeyman.table.columns import Flags, Numbers


@dataclass(frozen=True, kw_only=True)
class CompletelyAtRandom(Gaps):
    """Every cell of the column with the same chance."""

    def lost(self, values: Numbers, features: Features, random: np.random.Generator) -> Flags:
        """By chance alone."""
        del features
        return random.uniform(size=len(values)) < self.share
