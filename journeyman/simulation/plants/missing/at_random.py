"""Cells missing at random: whether one is gone depends on what is recorded in another column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from journeyman.simulation.draft import Scene
from journeyman.simulation.features import Features, number_name
from journeyman.simulation.plants.missing.gaps import SLOPE, Gaps, threshold
from journeyman.table.columns import Flags, Numbers


@dataclass(frozen=True, kw_only=True)
class AtRandom(Gaps):
    """Where the next number is high, cells of this one are rarely there; needs two numbers to differ from chance."""

    def lost(self, values: Numbers, features: Features, random: np.random.Generator) -> Flags:
        """By the next number."""
        other = np.nan_to_num(features.numbers[:, _next(self.place, features.numbers.shape[1])])
        return SLOPE * other + random.standard_normal(len(values)) > threshold(self.share)

    def facts(self, scene: Scene) -> dict[str, Any]:
        """The column with the gaps, and the one they depend on."""
        return {**super().facts(scene), "depends_on": number_name(_next(self.place, scene.numbers))}


def _next(place: int, numbers: int) -> int:
    return (place + 1) % numbers
