"""Champion against challenger on rows that neither learnt from: the challenger must be better beyond chance."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from journeyman.plan.target import Task
from journeyman.statistics.paired import difference
from journeyman.table.columns import Integers, Numbers

#: The gain's interval fails in this share of comparisons, half of them below: so rarely is a worse one promoted.
WRONG = 0.05
#: Below so many rows, or independent units, nothing is promoted by test.
FEWEST = 100
#: A class that came had at least this probability: one row alone decides nothing.
_LEAST_CHANCE = 0.01


@dataclass(frozen=True)
class Answers:
    """What a model says of the block, where that is known: (rows, …) each.

    ``given`` (rows, classes) probabilities or (rows, 1) numbers, NaN where a row was refused; ``truth`` (rows,) what
    came, as this model counts its classes, NaN where it has no such class; ``paid`` what its decisions earned, or None.
    """

    given: Numbers
    truth: Numbers
    paid: Numbers | None = None


@dataclass(frozen=True)
class Comparison:
    """What a challenger brings above the champion, a row; more is better.

    Parameters
    ----------
    by : ``"payoff"`` per 1,000 rows where decisions have a worth, else ``"log_loss"``, ``"squared_error"``,
        ``"absolute_error"``
    champion, challenger : the mean of either, over ``rows``
    gain, low, high : what the challenger brings above the champion, with its 95 % interval
    units : independent pieces of evidence
    left_out : rows of the block that one of them refused
    """

    by: str
    champion: float
    challenger: float
    gain: float
    low: float
    high: float
    rows: int
    units: int
    left_out: int

    @property
    def passes(self) -> bool:
        """Whether the challenger is better beyond chance."""
        return min(self.rows, self.units) >= FEWEST and self.low > 0

    @property
    def sentence(self) -> str:
        """What came of it, for people."""
        what = "payoff per 1,000 rows" if self.by == "payoff" else self.by.replace("_", " ")
        both = f"of the challenger {_shown(self.challenger)}, of the champion {_shown(self.champion)}"
        numbers = f"{what} {both} on {self.rows:,} newest rows"
        if min(self.rows, self.units) < FEWEST:
            return f"{numbers}: too few to say, it takes {FEWEST}"
        ends = (self.gain, self.low, self.high) if self.gain >= 0 else (-self.gain, -self.high, -self.low)
        value, low, high = map(_shown, ends)
        maybe = "" if ends[1] > 0 else ", which may be none"
        return f"{numbers}: a {'gain' if self.gain >= 0 else 'loss'} of {value} [{low}, {high}]{maybe}"

    def as_data(self) -> dict[str, Any]:
        """The comparison as JSON."""
        told = {**asdict(self), "passes": self.passes, "sentence": self.sentence}
        return {name: one if not isinstance(one, float) or np.isfinite(one) else None for name, one in told.items()}


def compare(task: Task, metric: str, champion: Answers, challenger: Answers, units: Integers) -> Comparison:
    """Compare two models on the same rows, by what their decisions earn, or by the loss that the metric goes by.

    Parameters
    ----------
    units : (rows,) rows of one unit are one piece of evidence
    """
    both = np.isfinite(champion.given).all(axis=1) & np.isfinite(challenger.given).all(axis=1)
    known = both & ~(np.isnan(champion.truth) & np.isnan(challenger.truth))
    if champion.paid is not None and challenger.paid is not None:
        by = "payoff"
        worth = [1000 * np.nan_to_num(one.paid[known]) for one in (champion, challenger) if one.paid is not None]
    else:
        by = _loss_name(task, metric)
        worth = [-_losses(by, one.given[known], one.truth[known]) for one in (champion, challenger)]
    sign = 1.0 if by == "payoff" else -1.0
    if not known.any():
        return Comparison(by, np.nan, np.nan, np.nan, -np.inf, np.inf, 0, 0, int((~both).sum()))
    found = difference(worth[1] - worth[0], units[known], 1 - WRONG / 2)
    means = [sign * float(one.mean()) for one in worth]
    out, rows = int((~both).sum()), int(known.sum())
    return Comparison(by, means[0], means[1], found.value, found.low, found.high, rows, found.units, out)


def _loss_name(task: Task, metric: str) -> str:
    if task != "regression":
        return "log_loss"
    return "absolute_error" if metric == "mae" else "squared_error"


def _losses(by: str, given: Numbers, truth: Numbers) -> Numbers:
    if by == "log_loss":
        unknown = np.isnan(truth)
        codes = np.where(unknown, 0, truth).astype(np.int64)
        chance = np.where(unknown, 0.0, given[np.arange(len(codes)), codes])
        return np.asarray(-np.log(np.maximum(chance, _LEAST_CHANCE)))
    away = np.abs(given[:, 0] - truth)
    return np.asarray(away if by == "absolute_error" else away**2)


def _shown(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
