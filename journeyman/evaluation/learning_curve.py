"""The end of the learning curve: what the last doubling of the rows brought, and what more rows would bring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from journeyman.evaluation.estimate import Estimate
from journeyman.table.said import number, signed

#: Errors fall as a power of the rows. Exponents of real curves lie between these; flatter ones go on for longer.
FLATTEST, USUAL, STEEPEST = 0.25, 0.5, 1.0
#: So many times the rows are what a forecast is made for.
MORE = 10

Outlook = Literal["helps", "settled", "unclear"]


def reach(half: float, full: float, to: float, exponent: float) -> float:
    """How many times the gain from ``half`` to ``full`` rows there is to have between ``full`` and ``to`` rows.

    Along a power law, score = best − b · rows^−exponent. Source: Viering and Loog, The shape of learning curves: a
    review, TPAMI 2023.

    >>> round(reach(2000, 4000, 5000, 0.25), 3), round(reach(2000, 4000, 5000, 1.0), 3)
    (0.287, 0.2)
    """
    return float((1 - (full / to) ** exponent) / ((full / half) ** exponent - 1))


@dataclass(frozen=True, kw_only=True)
class LearningCurve:
    """What a candidate scores on half of the rows of a fold and on all of them, and what follows.

    Parameters
    ----------
    metric : the one that chose it
    half_rows, full_rows : how many rows a fold learns from, on average over folds
    rows : how many the shipped model learnt from
    of : the name of the candidate that stands in for the shipped one; empty where it is the shipped one's own curve
    half, full : the scores of those, on rows not learnt from
    doubling : what the step from half to full brought; more is better
    whole : the score to expect of it, fitted on all rows
    more : the score to expect of `MORE` times the rows
    outlook : whether more rows help: they do, hardly, or it cannot be told

    Forecasts hold the doubling's own interval and every exponent between `FLATTEST` and `STEEPEST`. They are of rows
    of the same kind, and of the same plan: with more rows another one may be better.
    """

    metric: str
    half_rows: float
    full_rows: float
    rows: int
    half: Estimate
    full: Estimate
    doubling: Estimate
    whole: Estimate
    more: Estimate
    outlook: Outlook
    of: str = ""

    @property
    def sentence(self) -> str:
        """What more rows would do, in words."""
        of = f" (measured on {self.of!r}, which is quicker than what is shipped)" if self.of else ""
        brought = f"the last doubling of the rows brought {_interval(self.doubling, signed)} of {self.metric}{of}"
        if self.outlook == "helps":
            there = _interval(self.more, number)
            return f"{MORE} times the rows would give a {self.metric} of about {there}: {brought}."
        if self.outlook == "settled":
            return f"More rows of this kind will not help: {brought}."
        return f"Whether more rows would help cannot be told: {brought}."

    def as_data(self) -> dict[str, Any]:
        """The curve as ``run.json`` holds it: scores by rows, forecasts, the sentence."""
        return {
            "metric": self.metric,
            "half": {"rows": self.half_rows, **self.half.as_data()},
            "full": {"rows": self.full_rows, **self.full.as_data()},
            "doubling": self.doubling.as_data(),
            "whole": {"rows": self.rows, **self.whole.as_data()},
            "more": {"rows": MORE * self.rows, **self.more.as_data()},
            "outlook": self.outlook,
            "of": self.of,
            "sentence": self.sentence,
        }


def _interval(one: Estimate, told: Any) -> str:
    return f"{told(one.value)} [{told(one.low)}, {told(one.high)}]"
