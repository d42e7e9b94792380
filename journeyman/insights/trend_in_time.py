"""The target, or another number, along a date: whether it rises or falls as time goes on."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from journeyman.insights.material import Feature, Material, Outcome
from journeyman.insights.trend import Trend
from journeyman.statistics.stretches import inflation_in_time


class TrendInTime(Trend):
    """Each column of dates, found and confirmed on stretches of time that lie between each other."""

    turn: ClassVar[int] = 1
    split: ClassVar[Literal["rows", "time"]] = "time"

    def along(self, half: Material) -> tuple[Feature, ...]:
        """The dates."""
        return half.dates

    def inflation(self, feature: Feature, outcome: Outcome) -> float:
        """By how much rows near each other in time are alike beyond the trend."""
        kept = outcome.known & ~feature.missing
        if feature.numbers is None or kept.sum() < 4:
            return 1.0
        at = feature.numbers[kept]
        line = np.polynomial.Polynomial.fit(at, outcome.values[kept], 1)
        return inflation_in_time(at, outcome.values[kept] - line(at))
