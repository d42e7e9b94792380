"""A number with its interval."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from journeyman.table.columns import Numbers

#: Standard errors on each side of a difference for its 95 % interval.
_ERRORS = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True)
class Estimate:
    """A number corrected for the choice that produced it, with its 95 % interval; NaN where it cannot be told."""

    value: float
    low: float
    high: float

    def as_data(self) -> dict[str, float | None]:
        """The estimate as ``run.json`` holds it; what cannot be told is null."""
        return {"value": plain(self.value), "low": plain(self.low), "high": plain(self.high)}

    def __str__(self) -> str:
        return f"{self.value:.4g} [{self.low:.4g}, {self.high:.4g}]"


def difference(scores: Numbers, errors: Numbers, better: int, worse: int) -> Estimate:
    """By how much one score is above another, with its 95 % interval, from what `journeyman.trials.paired` gives."""
    value = float(scores[better] - scores[worse])
    half = _ERRORS * float(errors[better, worse])
    return Estimate(value, value - half, value + half)


def plain(value: float) -> float | None:
    """A number as JSON can hold it: null where there is none."""
    return float(value) if np.isfinite(value) else None
