"""The value that `evaluate` gives: what is shipped, what it is worth, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np


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


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A candidate's place on the leaderboard. Candidates of one ``tie`` cannot be told apart.

    ``score`` is marked down by what the winner's score was too good by, unless the candidate always gives the same
    answer; for the one that is shipped it is the corrected estimate itself.
    """

    rank: int
    tie: int
    name: str
    score: float
    low: float
    high: float
    seconds: float
    floor: bool

    def as_data(self) -> dict[str, Any]:
        """The standing as ``run.json`` holds it."""
        return {
            "rank": self.rank,
            "tie": self.tie,
            "name": self.name,
            "score": plain(self.score),
            "low": plain(self.low),
            "high": plain(self.high),
            "seconds": round(self.seconds, 3),
            "floor": self.floor,
        }


@dataclass(frozen=True)
class CalibrationBin:
    """Rows of like prediction: the mean predicted, the mean that came true, how many there are."""

    predicted: float
    observed: float
    rows: int

    def as_data(self) -> dict[str, float]:
        """The bin as ``run.json`` holds it."""
        return {"predicted": self.predicted, "observed": self.observed, "rows": self.rows}


@dataclass(frozen=True)
class BreakEven:
    """An amount of the decision rule, and what it would have to be for the gain to be gone, decisions as they are."""

    action: str
    outcome: str
    amount: float
    at: float

    def as_data(self) -> dict[str, Any]:
        """The amounts as ``run.json`` holds them."""
        return {"action": self.action, "outcome": self.outcome, "amount": self.amount, "at": self.at}


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """Estimates with intervals, ties, comparison with floors, calibration, money.

    Parameters
    ----------
    chosen : place of the shipped trial among those that were given
    name : its name
    metric : the metric that chose it
    estimates : by metric, and ``payoff`` per 1,000 rows where there is a decision rule
    leaderboard : every candidate that finished; the first is the one shipped
    gain : what the shipped one brings above ``against``: payoff per 1,000 rows, or the metric's improvement
    gain_probability : the share of replays in which that is above 0
    against : the best that could be done without the model, in words
    improvement : of the metric, above always giving the same answer; more is better
    optimism : by how much the winner's own score was too good
    is_constant : whether what is shipped always gives the same answer
    too_few : whether there are too few rows to say; ``too_few_reason`` says why
    rows, form, replays : how many rows were scored, what the bootstrap drew, how often
    """

    chosen: int
    name: str
    metric: str
    estimates: Mapping[str, Estimate]
    leaderboard: tuple[Standing, ...]
    gain: Estimate
    gain_probability: float
    against: str
    improvement: Estimate
    optimism: float
    calibration: tuple[CalibrationBin, ...]
    break_even: tuple[BreakEven, ...]
    is_constant: bool
    too_few: bool
    too_few_reason: str
    rows: int
    form: str
    replays: int

    @property
    def has_payoff(self) -> bool:
        """Whether gains are payoffs, not improvements of the metric."""
        return "payoff" in self.estimates

    def as_data(self) -> dict[str, Any]:
        """Names and values of ``run.json``: evaluation, leaderboard, calibration, choice."""
        return {
            "evaluation": {name: one.as_data() for name, one in self.estimates.items()},
            "leaderboard": [one.as_data() for one in self.leaderboard],
            "calibration": [one.as_data() for one in self.calibration],
            "choice": {
                "name": self.name,
                "ties": sum(one.tie == 1 for one in self.leaderboard),
                "candidates": len(self.leaderboard),
                "gain": self.gain.as_data(),
                "gain_probability": plain(self.gain_probability),
                "against": self.against,
                "improvement": self.improvement.as_data(),
                "optimism": plain(self.optimism),
                "is_constant": self.is_constant,
                "too_few": self.too_few,
                "too_few_reason": self.too_few_reason,
                "break_even": [one.as_data() for one in self.break_even],
                "rows": self.rows,
                "drawn": self.form,
                "replays": self.replays,
            },
        }

    def __repr__(self) -> str:
        told = ", ".join(f"{name} {one}" for name, one in self.estimates.items())
        few = ", too few rows to say" if self.too_few else ""
        return f"Evaluation({self.name!r} of {len(self.leaderboard)}: {told}{few})"


def plain(value: float) -> float | None:
    """A number as JSON can hold it: null where there is none."""
    return float(value) if np.isfinite(value) else None
