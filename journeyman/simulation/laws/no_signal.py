"""No law at all: every score above chance is a false alarm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from journeyman.simulation.features import Features
from journeyman.simulation.laws.law import Law
from journeyman.table.columns import Numbers


@dataclass(frozen=True)
class NoSignal(Law):
    """The target is independent of all features."""

    signal: ClassVar[bool] = False

    def say(self, features: Features, law: np.random.Generator) -> Numbers:
        """Nothing: zeros, (rows,)."""
        del law
        return np.zeros(features.rows)
