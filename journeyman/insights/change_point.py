"""A moment from which on the target, or another number, is another one than before."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import ClassVar, Literal

import numpy as np

from journeyman.insights import inside
from journeyman.insights.claim import average
from journeyman.insights.condition import bound, moment, named
from journeyman.insights.cuts import round_cuts
from journeyman.insights.insight import Figure
from journeyman.insights.kind import Candidate, Kind, Look, Measured, Said, outcome_of
from journeyman.insights.material import Feature, Material, Outcome
from journeyman.insights.picturing import curve
from journeyman.statistics.stretches import inflation_in_time
from journeyman.table.columns import Flags, Numbers
from journeyman.table.table import Table

#: Moments at which a change is looked for, as shares of the rows.
MOMENTS = tuple(np.linspace(0.06, 0.94, 30).tolist())
#: A step must explain more than so many times what a straight line explains, or it is a trend: of a trend the best step
#: explains three quarters.
STEEPER = 1.0


class ChangePoint(Kind):
    """Thirty moments of each date, found and confirmed on stretches of time that lie between each other.

    Sizes are standard deviations of the outcome. What changes little by little is a trend, and left to that kind.
    """

    least: ClassVar[float] = 0.2
    split: ClassVar[Literal["rows", "time"]] = "time"
    surprise: ClassVar[float] = 1.3

    def looks(self, half: Material) -> Iterator[Look]:
        """Every moment; only the one with the largest step stands out, and only where no line does as well."""
        for feature in half.dates:
            if feature.numbers is None:
                continue
            cuts = round_cuts(feature.numbers[~feature.missing], MOMENTS, is_date=True)
            for outcome, one in enumerate(half.outcomes):
                kept = one.known & ~feature.missing
                if not one.spread > 0 or not cuts or kept.sum() < 4 * inside.FEWEST_INSIDE:
                    continue
                found = [(_step(one.values[kept], feature.numbers[kept] >= cut), cut) for cut in cuts]
                best = max(found, key=lambda pair: abs(pair[0][0]))[1]
                line = _line(feature.numbers[kept], one.values[kept])
                for (effect, size), cut in found:
                    is_step = cut == best and effect * effect > STEEPER * line
                    error = 1 / math.sqrt(kept.sum())
                    p_value = inside.normal_tails(effect / error) if is_step else 1.0
                    candidate = self.candidate((feature.name,), outcome, cut)
                    yield Look(candidate, effect, error, size, p_value)

    def measure(self, half: Material, candidate: Candidate) -> Measured | None:
        """After against before; rows near each other in time count for as much as they are worth."""
        feature, outcome = half.feature(candidate.columns[0]), outcome_of(half, candidate)
        kept = outcome.known & ~feature.missing
        after = _after(feature, candidate)
        return inside.measured(outcome, after, half.units, ~feature.missing, _inflation(feature, outcome, after, kept))

    def say(self, table: Table, material: Material, candidate: Candidate) -> Said | None:
        """Mean or rate before and after."""
        column, outcome = material.feature(candidate.columns[0]).column, outcome_of(material, candidate)
        cut = candidate.places[0]
        before = average(table, outcome, (bound(column, "up_to", cut),))
        after = average(table, outcome, (bound(column, "above", cut),))
        if not before.rows or not after.rows:
            return None
        of = f"{outcome.said} in {named(outcome.column)}" if outcome.is_rate else f"the mean of {named(outcome.column)}"
        verb = "more frequent" if outcome.is_rate else "higher"
        if after.value < before.value:
            verb = "less frequent" if outcome.is_rate else "lower"
        sentence = (
            f"From {moment(cut)} on ({named(column.name)}) {of} is {verb}: {inside.told(after)} in {after.rows:,} "
            f"rows, against {inside.told(before)} in the {before.rows:,} before."
        )
        return Said(sentence, (before, after), before.rows + after.rows)

    def picture(self, table: Table, material: Material, candidate: Candidate) -> Figure:
        """A line over time with the moment marked."""
        column = material.feature(candidate.columns[0]).column
        return curve(table, outcome_of(material, candidate), column, candidate.places[0])

    def signature(self, material: Material, candidate: Candidate) -> Numbers:
        """Before or after."""
        return _after(material.feature(candidate.columns[0]), candidate).astype(np.float64)


def _after(feature: Feature, candidate: Candidate) -> Flags:
    numbers = feature.numbers if feature.numbers is not None else np.empty(0)
    with np.errstate(invalid="ignore"):
        return np.asarray(numbers >= candidate.places[0])


def _step(values: Numbers, after: Flags) -> tuple[float, float]:
    """The correlation of a step with the values, and its size in standard deviations."""
    rows, count, spread = len(values), int(after.sum()), float(values.std())
    if count < inside.FEWEST_INSIDE or rows - count < inside.FEWEST_INSIDE or not spread > 0:
        return 0.0, 0.0
    size = (float(values[after].mean()) - float(values[~after].mean())) / spread
    return size * math.sqrt(count * (rows - count)) / rows, size


def _line(at: Numbers, values: Numbers) -> float:
    """The share of the variance that a straight line along time explains."""
    return float(np.corrcoef(at, values)[0, 1]) ** 2 if at.std() > 0 else 1.0


def _inflation(feature: Feature, outcome: Outcome, after: Flags, kept: Flags) -> float:
    if feature.numbers is None or after[kept].all() or not after[kept].any():
        return 1.0
    values, later = outcome.values[kept], after[kept]
    means = np.where(later, values[later].mean(), values[~later].mean())
    return inflation_in_time(feature.numbers[kept], values - means)
