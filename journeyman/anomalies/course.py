"""A number over time, as detectors of strange stretches take it, and what they have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from journeyman.table.columns import Integers, Numbers

#: Of a normal distribution half lies within this many standard deviations.
_QUARTILE = 0.6745
DAY, WEEK = 86_400.0, 7 * 86_400.0


@dataclass(frozen=True)
class Course:
    """A number over time.

    Shapes: ``at`` (n,) seconds, in order; ``values`` (n,), nothing missing.
    """

    at: Numbers
    values: Numbers

    @property
    def spans(self) -> float:
        """Seconds from the first to the last."""
        return float(self.at[-1] - self.at[0]) if len(self.at) else 0.0

    def window(self, share: float, fewest: int) -> int:
        """How many values make up such a share of all, and so many at least."""
        return max(fewest, round(share * len(self.values)))


class Detector(Protocol):
    """What a module on the shelf of series has."""

    #: Why a stretch is strange, for people.
    WHY: str

    def strangeness(self, course: Course) -> Numbers | None:
        """How strange each value is, (n,); None where the course cannot be judged in this way."""


def in_spreads(residuals: Numbers) -> Numbers:
    """Distances from the middle in robust standard deviations, (n,)."""
    away = np.abs(residuals - np.median(residuals))
    spread = float(np.median(away)) / _QUARTILE or float(residuals.std()) or 1.0
    return np.asarray(away / spread)


def phase(at: Numbers, period: float, most: int = 96) -> Integers:
    """(n,) in which of so many equal parts of a period a time lies; no part is shorter than a usual step."""
    step = float(np.median(np.diff(at))) or period
    parts = int(np.clip(period / step, 1, most))
    return np.minimum((at % period) / period * parts, parts - 1).astype(np.int64)
