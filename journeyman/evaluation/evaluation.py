"""The value that `evaluate` gives: what is shipped, what it is worth, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from journeyman.bundle.decision import DecisionRule
from journeyman.evaluation.calibration import Calibration
from journeyman.evaluation.cost_range import CostRange
from journeyman.evaluation.estimate import Estimate, plain
from journeyman.evaluation.learning_curve import LearningCurve
from journeyman.evaluation.slices import Slice
from journeyman.evaluation.standing import Standing
from journeyman.evaluation.weak_slices import WeakSlices
from journeyman.statistics.label_rule import LabelRule


@dataclass(frozen=True)
class Beside:
    """What could be done without the model, what it pays per 1,000 rows, and what the model brings above it."""

    name: str
    payoff: Estimate
    gain: Estimate
    probability: float

    def as_data(self) -> dict[str, Any]:
        """The line as ``run.json`` holds it."""
        return {
            "name": self.name,
            "payoff": self.payoff.as_data(),
            "gain": self.gain.as_data(),
            "probability": plain(self.probability),
        }


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
    cost_ranges : how wrong each amount of the decision rule may be
    beside : what could be done without the model, and what it pays
    over_floor, floor : the metric's improvement above the best floor, and its name; more is better
    rule : the decision rule with all that it learnt from rows (the price of capacity, residuals); None without one
    calibration : whether what is predicted comes true
    weakest : the group of rows in which a gain is least sure; None where none was looked at
    weak_slices : groups in which it errs most, found and confirmed; None where none was looked at
    rows, form, replays : how many rows were scored, what the bootstrap drew, how often
    share : of the intervals
    too_late : names of candidates that finished, and could not be fitted on all rows in time
    learning_curve : what more rows would bring; None where it was not measured
    label_rule : how the metric would have classes be named; None for the likeliest
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
    calibration: Calibration
    weakest: Slice | None
    cost_ranges: tuple[CostRange, ...]
    beside: tuple[Beside, ...]
    over_floor: Estimate
    floor: str
    rule: DecisionRule | None
    is_constant: bool
    too_few: bool
    too_few_reason: str
    rows: int
    form: str
    replays: int
    share: float = 0.95
    too_late: tuple[str, ...] = ()
    weak_slices: WeakSlices | None = None
    learning_curve: LearningCurve | None = None
    label_rule: LabelRule | None = None

    @property
    def is_classes(self) -> bool:
        """Whether classes are predicted, not numbers."""
        return "log_loss" in self.estimates

    @property
    def has_payoff(self) -> bool:
        """Whether gains are payoffs, not improvements of the metric."""
        return "payoff" in self.estimates

    def as_data(self) -> dict[str, Any]:
        """Names and values of ``run.json``: evaluation, leaderboard, calibration, learning curve, choice."""
        return {
            "evaluation": {name: one.as_data() for name, one in self.estimates.items()},
            "leaderboard": [one.as_data() for one in self.leaderboard],
            "calibration": [one.as_data() for one in self.calibration.bins],
            "calibration_check": self.calibration.as_data(),
            "label_rule": None if self.label_rule is None else self.label_rule.as_data(),
            "weakest": None if self.weakest is None else self.weakest.as_data(),
            "weak_slices": None if self.weak_slices is None else self.weak_slices.as_data(),
            "learning_curve": None if self.learning_curve is None else self.learning_curve.as_data(),
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
                "cost_ranges": [one.as_data() for one in self.cost_ranges],
                "beside": [one.as_data() for one in self.beside],
                "over_floor": self.over_floor.as_data(),
                "floor": self.floor,
                "rows": self.rows,
                "drawn": self.form,
                "replays": self.replays,
                "share": self.share,
                "too_late": list(self.too_late),
            },
        }

    def __repr__(self) -> str:
        told = ", ".join(f"{name} {one}" for name, one in self.estimates.items())
        few = ", too few rows to say" if self.too_few else ""
        return f"Evaluation({self.name!r} of {len(self.leaderboard)}: {told}{few})"
