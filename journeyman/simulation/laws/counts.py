"""Counts: visits, claims, calls. The mean is the exponential of a sum, the spread is Poisson's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from journeyman.simulation.features import Features
from journeyman.simulation.laws.linear import Linear
from journeyman.table.columns import Numbers

_MEAN_LOG = 1.0
_SLOPE = 0.4
_MOST_LOG = 4.0


@dataclass(frozen=True)
class Counts(Linear):
    """Whole numbers from 0 whose mean is about 3; many are 0. What features say is the mean itself, above 0."""

    tasks: ClassVar[tuple[str, ...]] = ("regression",)
    noise: ClassVar[Literal["normal", "poisson"]] = "poisson"

    def say(self, features: Features, law: np.random.Generator) -> Numbers:
        """The logarithm of the mean, less that of a row that says nothing."""
        return np.minimum(_SLOPE * super().say(features, law), _MOST_LOG - _MEAN_LOG)


def mean_count(said: Numbers) -> Numbers:
    """What was said → the mean count."""
    return np.exp(np.minimum(_MEAN_LOG + said, _MOST_LOG))
