"""The target along a number: whether it rises or falls as the number grows."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

import numpy as np

from journeyman.insights import inside
from journeyman.insights.claim import average
from journeyman.insights.condition import Condition, bound, named, words
from journeyman.insights.cuts import round_cuts
from journeyman.insights.insight import Figure
from journeyman.insights.kind import Candidate, Kind, Look, Measured, Said, outcome_of
from journeyman.insights.material import Feature, Material, Outcome, lowest_of
from journeyman.insights.picturing import SINGLE_ROWS, cloud, curve
from journeyman.statistics.rank_correlation import rank_correlation
from journeyman.table.columns import Flags, Numbers
from journeyman.table.table import Table

#: The ends that are set against each other: the lowest and the highest fifth of the rows.
ENDS = (0.2, 0.8)
#: From fifth to fifth the mean may go back so far that this share of its way remains.
ONE_WAY = 0.6


class Trend(Kind):
    """Each column of numbers; sizes are rank correlations.

    A trend must show in ranks, and its ends must differ in the mean.
    """

    least: ClassVar[float] = 0.1
    turn: ClassVar[int] = 0

    def looks(self, half: Material) -> Iterator[Look]:
        """Every number, against every outcome."""
        for feature in self.along(half):
            cuts = _ends(feature)
            for outcome, one in enumerate(half.outcomes if cuts else ()):
                if one.column == feature.name:
                    continue
                kept = one.known & ~feature.missing
                rows = int(kept.sum())
                value = _correlation(feature.ranks[kept], one.ranks[kept]) if rows >= 2 * inside.FEWEST_INSIDE else 0.0
                if rows >= 2 * inside.FEWEST_INSIDE:
                    candidate = self.candidate((feature.name,), outcome, *cuts)
                    error = 1 / math.sqrt(rows)
                    p_value = inside.normal_tails(value / error) if _goes_on(feature, one, value) else 1.0
                    yield Look(candidate, value, error, value, p_value)

    def along(self, half: Material) -> tuple[Feature, ...]:
        """The columns that trends may go along."""
        return half.numbers if half.has_target else ()

    def measure(self, half: Material, candidate: Candidate) -> Measured | None:
        """The rank correlation, and the ends against each other; the larger p-value counts."""
        feature, outcome = half.feature(candidate.columns[0]), outcome_of(half, candidate)
        kept = outcome.known & ~feature.missing
        units = None if half.units is None else half.units[kept]
        if feature.numbers is None or kept.sum() < 2 * inside.FEWEST_INSIDE:
            return None
        found = rank_correlation(feature.numbers[kept], outcome.values[kept], units)
        low, high = _masks(feature, candidate)
        inflation = self.inflation(feature, outcome)
        ends = inside.measured(outcome, high, half.units, low | high, inflation)
        if found is None or ends is None or np.sign(found.value) != np.sign(ends.value):
            return None
        p_value = max(
            ends.p_value, found.p_value, inside.normal_tails(found.value / found.error / math.sqrt(inflation))
        )
        error = found.error * math.sqrt(inflation)
        return replace(ends, effect=found.value, size=found.value, error=error, p_value=p_value, rows=int(kept.sum()))

    def inflation(self, feature: Feature, outcome: Outcome) -> float:
        """By how much rows near each other are alike; along a number they are not."""
        del feature, outcome
        return 1.0

    def say(self, table: Table, material: Material, candidate: Candidate) -> Said | None:
        """The mean or rate at both ends."""
        column, outcome = material.feature(candidate.columns[0]).column, outcome_of(material, candidate)
        low, high = candidate.places
        starts: tuple[Condition, ...] = (bound(column, "up_to", low, lowest=lowest_of(table, column.name)),)
        ends: tuple[Condition, ...] = (bound(column, "above", high),)
        first, last = average(table, outcome, starts), average(table, outcome, ends)
        feature = material.feature(candidate.columns[0])
        if not first.rows or not last.rows or not _goes_on(feature, outcome, last.value - first.value):
            return None
        verb = "rises" if last.value > first.value else "falls"
        of = f"the share of {outcome.said} in {named(outcome.column)}" if outcome.is_rate else named(outcome.column)
        of = of if outcome.is_rate else f"the mean of {of}"
        sentence = (
            f"As {named(column.name)} grows, {of} {verb}: from {inside.told(first)} in the {first.rows:,} rows where "
            f"it {starts[0].said}, to {inside.told(last)} in the {last.rows:,} where it {ends[0].said}."
        )
        return Said(sentence, (first, last), first.rows + last.rows, {"words": words(starts)})

    def picture(self, table: Table, material: Material, candidate: Candidate) -> Figure:
        """A line of means or rates with intervals; two numbers of few rows one by one."""
        feature, outcome = material.feature(candidate.columns[0]), outcome_of(material, candidate)
        if feature.is_number and not outcome.is_rate and table.rows < SINGLE_ROWS:
            return cloud(table, feature.name, outcome.column)
        return curve(table, outcome, feature.column)

    def signature(self, material: Material, candidate: Candidate) -> Numbers:
        """The ranks along the column."""
        ranks = material.feature(candidate.columns[0]).ranks
        return np.where(np.isnan(ranks), np.nanmean(ranks), ranks)


def _goes_on(feature: Feature, outcome: Outcome, direction: float) -> bool:
    """Whether the means of a column's groups go one way for the most part, and that of the direction."""
    found = inside.tally(outcome, feature.codes, len(feature.groups))
    enough = found.rows >= inside.FEWEST_INSIDE
    means = found.sums[enough] / found.rows[enough]
    if len(means) < 2:
        return False
    net, gross = float(means[-1] - means[0]), float(np.abs(np.diff(means)).sum())
    return net * direction > 0 and abs(net) >= ONE_WAY * gross


def _ends(feature: Feature) -> tuple[float, ...]:
    """Two round cuts between which the middle lies; none where values are tied too much for that."""
    if feature.numbers is None:
        return ()
    known = feature.numbers[~feature.missing]
    cuts = round_cuts(known, ENDS, is_date=feature.is_date)
    if len(cuts) == 2:
        return cuts
    distinct = np.unique(known)
    if len(cuts) == 1 and len(distinct) > 2:
        return cuts * 2
    return ()


def _masks(feature: Feature, candidate: Candidate) -> tuple[Flags, Flags]:
    low, high = candidate.places
    numbers = feature.numbers if feature.numbers is not None else np.empty(0)
    with np.errstate(invalid="ignore"):
        if feature.is_date:
            return np.asarray(numbers < low), np.asarray(numbers >= high)
        return np.asarray(numbers <= low), np.asarray(numbers > high)


def _correlation(first: Numbers, second: Numbers) -> float:
    left, right = first - first.mean(), second - second.mean()
    size = math.sqrt(float(left @ left) * float(right @ right))
    return float(left @ right) / size if size > 0 else 0.0
