"""Cells missing not at random: whether one is gone depends on the value that is gone."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from journeyman.simulation.features import Features
from journeyman.simulation.plants.missing.gaps import NODES, SLOPE, Gaps, threshold
from journeyman.table.columns import Flags, Numbers


@dataclass(frozen=True, kw_only=True)
class NotAtRandom(Gaps):
    """High values are rarely there; with ``law_reads="hidden"`` a gap therefore says that the value is high."""

    def lost(self, values: Numbers, features: Features, random: np.random.Generator) -> Flags:
        """By the value itself."""
        del features
        return SLOPE * np.nan_to_num(values) + random.standard_normal(len(values)) > threshold(self.share)

    def likely(self) -> Numbers:
        """Values weighted by how likely each is to go missing, at equal steps of their distribution."""
        places = np.linspace(-6, 6, 4001)
        weights = np.exp(-(places**2) / 2) * _chance(SLOPE * places - threshold(self.share))
        reached = np.cumsum(weights) / weights.sum()
        return np.interp((np.arange(NODES) + 0.5) / NODES, reached, places)


def _chance(values: Numbers) -> Numbers:
    cdf = NormalDist().cdf
    return np.array([cdf(one) for one in values.tolist()])
