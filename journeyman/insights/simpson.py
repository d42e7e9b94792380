"""A trend over all rows that turns round in every group of another column (Simpson's reversal)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from journeyman.insights import inside
from journeyman.insights.claim import correlation
from journeyman.insights.condition import Condition, named
from journeyman.insights.insight import Figure
from journeyman.insights.kind import Candidate, Kind, Look, Measured, Said
from journeyman.insights.material import FEWEST_ROWS, Feature, Material, Outcome
from journeyman.insights.picturing import in_groups
from journeyman.statistics.rank_correlation import rank_correlation
from journeyman.table.columns import Integers, Numbers
from journeyman.table.table import Table

#: Columns along which a trend may go, and columns that may turn it round.
MOST_ALONG, MOST_BY = 30, 20
#: A column turns a trend round only if its groups hold this share of the rows.
COVERED = 0.9


class Simpson(Kind):
    """Each number along each other number, or the target, within the groups of each column.

    Sizes are correlations of ranks: the smaller of that over all rows and that within groups, which must have the
    other sign in every group.
    """

    least: ClassVar[float] = 0.1
    turn: ClassVar[int] = 2
    surprise: ClassVar[float] = 2.0
    measures: ClassVar[str] = "rank correlation within groups"

    def looks(self, half: Material) -> Iterator[Look]:
        """Every trend within every column's groups."""
        along = [one for one in half.numbers if not one.missing.all()][:MOST_ALONG]
        by = [one for one in half.features if len(one.groups) >= 2 and not one.is_date][:MOST_BY]
        ranks = np.column_stack([_middled(one.ranks) for one in along]) if along else np.empty((half.rows, 0))
        for outcome, one in enumerate(half.outcomes):
            # Where there is no trend there is none to turn round, and nothing to be computed for each group.
            centred = _middled(one.ranks)
            sizes = np.sqrt(np.square(ranks).sum(axis=0) * np.square(centred).sum())
            trends = np.abs(centred @ ranks) / np.maximum(sizes, 1e-300)
            for group in by:
                if group.name == one.column:
                    continue
                kept = one.known & (group.codes >= 0)
                if kept.sum() < COVERED * max(int(one.known.sum()), 1):
                    continue
                for feature, trend in zip(along, trends.tolist(), strict=True):
                    if feature.name in (group.name, one.column):
                        continue
                    if trend < self.least / 2:
                        yield Look(self.candidate((feature.name, group.name), outcome), 0.0, 1.0, 0.0, 1.0)
                    else:
                        yield self._look(half, feature, group, outcome)

    def _look(self, half: Material, feature: Feature, group: Feature, outcome: int) -> Look:
        candidate = self.candidate((feature.name, group.name), outcome)
        found = _turned(feature, group, half.outcomes[outcome])
        if found is None or not found.is_everywhere:
            return Look(candidate, 0.0, 1.0, 0.0, 1.0)
        size = min(abs(found.overall), abs(found.within))
        error = 1 / math.sqrt(found.rows)
        p_value = inside.normal_tails(size / error)
        return Look(candidate, math.copysign(size, found.overall), error, size, p_value)

    def measure(self, half: Material, candidate: Candidate) -> Measured | None:
        """Both correlations; the larger p-value counts. The value told is that within groups."""
        feature, group = (half.feature(name) for name in candidate.columns)
        outcome = half.outcomes[candidate.outcome]
        found = _turned(feature, group, outcome)
        if found is None or found.overall * found.within >= 0:
            return None
        kept = _kept(feature, group, outcome)
        units = None if half.units is None else half.units[kept]
        within = rank_correlation(*_left(feature, group, outcome), units)
        overall = rank_correlation(feature.ranks[kept], outcome.ranks[kept], units)
        if within is None or overall is None:
            return None
        size = min(abs(found.overall), abs(found.within))
        return Measured(
            within.value,
            "correlation",
            math.copysign(size, found.overall),
            within.error,
            size,
            max(within.p_value, overall.p_value),
            found.rows,
            within.interval,
        )

    def say(self, table: Table, material: Material, candidate: Candidate) -> Said | None:
        """The correlation over all rows and in every group; None where it is not turned round in each of them."""
        feature, group = (material.feature(name) for name in candidate.columns)
        outcome = material.outcomes[candidate.outcome]
        overall = correlation(table, outcome, feature.name)
        parts = [(one, correlation(table, outcome, feature.name, one)) for one in group.groups]
        parts = [(one, claim) for one, claim in parts if claim.rows >= FEWEST_ROWS]
        if len(parts) < 2 or any(not claim.value * overall.value < 0 for _, claim in parts):
            return None
        what = f"{outcome.said} in {named(outcome.column)}" if outcome.is_rate else named(outcome.column)
        verbs = ("more frequent", "less frequent") if outcome.is_rate else ("higher", "lower")
        first, then = verbs if overall.value > 0 else verbs[::-1]
        told = "; ".join(f"{_short(one)}: {_value(claim.value)}" for one, claim in parts)
        sentence = (
            f"Over all {overall.rows:,} rows {what} is {first} the higher {named(feature.name)} is (rank correlation "
            f"{_value(overall.value)}), but within every group of {named(group.name)} it is {then} ({told})."
        )
        return Said(sentence, (overall, *(claim for _, claim in parts)), overall.rows)

    def picture(self, table: Table, material: Material, candidate: Candidate) -> Figure:
        """A line for each group, and one over all rows."""
        feature, group = (material.feature(name) for name in candidate.columns)
        return in_groups(table, material.outcomes[candidate.outcome], feature.column, group.groups)

    def signature(self, material: Material, candidate: Candidate) -> Numbers:
        """The ranks along the column, less their means within groups."""
        feature, group = (material.feature(name) for name in candidate.columns)
        kept = ~feature.missing & (group.codes >= 0)
        found = np.zeros(material.rows)
        found[kept] = _centred(feature.ranks[kept], group.codes[kept], len(group.groups))
        return found


@dataclass(frozen=True)
class _Turned:
    overall: float
    within: float
    rows: int
    is_everywhere: bool


def _kept(feature: Feature, group: Feature, outcome: Outcome) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return outcome.known & ~feature.missing & (group.codes >= 0)


def _left(feature: Feature, group: Feature, outcome: Outcome) -> tuple[Numbers, Numbers]:
    """The ranks of both, less their means within groups, (rows,) each."""
    kept = _kept(feature, group, outcome)
    codes, count = group.codes[kept], len(group.groups)
    return _centred(feature.ranks[kept], codes, count), _centred(outcome.ranks[kept], codes, count)


def _middled(ranks: Numbers) -> Numbers:
    """Ranks around their mean, 0 where missing."""
    known = ~np.isnan(ranks)
    return np.where(known, ranks - ranks[known].mean(), 0.0) if known.any() else np.zeros(len(ranks))


def _centred(values: Numbers, codes: Integers, count: int) -> Numbers:
    rows = np.maximum(np.bincount(codes, minlength=count), 1)
    return np.asarray(values - (np.bincount(codes, values, count) / rows)[codes])


def _turned(feature: Feature, group: Feature, outcome: Outcome) -> _Turned | None:
    kept = _kept(feature, group, outcome)
    rows = int(kept.sum())
    if rows < 2 * FEWEST_ROWS:
        return None
    first, second, codes = feature.ranks[kept], outcome.ranks[kept], group.codes[kept]
    overall = _correlation(first - first.mean(), second - second.mean())
    left, right = _left(feature, group, outcome)
    within = _correlation(left, right)
    count = len(group.groups)
    per_group = np.bincount(codes, left * right, count)
    sizes = np.bincount(codes, minlength=count)
    large = sizes >= FEWEST_ROWS
    everywhere = large.sum() >= 2 and bool((np.sign(per_group[large]) == -np.sign(overall)).all())
    return _Turned(overall, within, rows, everywhere)


def _correlation(first: Numbers, second: Numbers) -> float:
    # Sums, not products of matrices: those start threads for each of some hundred short vectors.
    size = math.sqrt(float(np.square(first).sum()) * float(np.square(second).sum()))
    return float((first * second).sum()) / size if size > 0 else 0.0


def _value(value: float) -> str:
    return inside.amount(value, "correlation")


def _short(conditions: tuple[Condition, ...]) -> str:
    return ", ".join(one.label for one in conditions)
