"""Two numbers that rise together, or one that falls as the other rises."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from journeyman.insights import inside
from journeyman.insights.claim import correlation
from journeyman.insights.condition import named
from journeyman.insights.insight import Figure
from journeyman.insights.kind import Candidate, Kind, Look, Measured, Said
from journeyman.insights.material import Feature, Material, Outcome
from journeyman.insights.picturing import cloud
from journeyman.statistics.rank_correlation import rank_correlation
from journeyman.table.columns import Numbers
from journeyman.table.table import Table

#: Columns that are paired.
MOST_COLUMNS = 60


class Correlation(Kind):
    """Every two columns of numbers; sizes are rank correlations. Beside a target it counts for less than about it."""

    least: ClassVar[float] = 0.3
    turn: ClassVar[int] = 2
    surprise: ClassVar[float] = 0.6
    measures: ClassVar[str] = "rank correlation"

    def looks(self, half: Material) -> Iterator[Look]:
        """Every pair; missing cells stand in the middle for the quick look."""
        features = half.numbers[:MOST_COLUMNS]
        if len(features) < 2:
            return
        ranks = np.column_stack([_centred(one) for one in features])
        known = np.column_stack([~one.missing for one in features]).astype(np.float64)
        products = ranks.T @ ranks
        rows = known.T @ known
        sizes = np.sqrt(np.maximum((ranks**2).T @ known, 1e-300))
        for first, second in zip(*np.triu_indices(len(features), 1), strict=True):
            count = float(rows[first, second])
            if count >= 2 * inside.FEWEST_INSIDE:
                value = float(products[first, second] / (sizes[first, second] * sizes[second, first]))
                candidate = self.candidate((features[first].name, features[second].name))
                error = 1 / math.sqrt(count)
                yield Look(candidate, value, error, value, inside.normal_tails(value / error))

    def measure(self, half: Material, candidate: Candidate) -> Measured | None:
        """The rank correlation."""
        first, second = (half.feature(name) for name in candidate.columns)
        kept = ~first.missing & ~second.missing
        if first.numbers is None or second.numbers is None or kept.sum() < 2 * inside.FEWEST_INSIDE:
            return None
        units = None if half.units is None else half.units[kept]
        found = rank_correlation(first.numbers[kept], second.numbers[kept], units)
        if found is None:
            return None
        value = found.value
        return Measured(value, "correlation", value, found.error, value, found.p_value, found.rows, found.interval)

    def say(self, table: Table, material: Material, candidate: Candidate) -> Said | None:
        """The correlation in all rows that have both."""
        first, second = candidate.columns
        outcome = Outcome(first, "", None, np.empty(0))
        claim = correlation(table, outcome, second)
        verb = "rise together" if claim.value > 0 else "go against each other: one rises as the other falls"
        size = abs(claim.value)
        how = "nearly always " if size > 0.95 else "mostly " if size > 0.6 else ""
        value = inside.amount(claim.value, "correlation")
        sentence = f"{named(first)} and {named(second)} {how}{verb} (rank correlation {value} in {claim.rows:,} rows)."
        return Said(sentence, (claim,), claim.rows)

    def picture(self, table: Table, material: Material, candidate: Candidate) -> Figure:
        """A cloud."""
        return cloud(table, *candidate.columns)

    def signature(self, material: Material, candidate: Candidate) -> None:
        """Its columns tell."""
        return


def _centred(feature: Feature) -> Numbers:
    ranks = feature.ranks
    return np.nan_to_num(ranks - np.nanmean(ranks)) if not feature.missing.all() else np.zeros(len(ranks))
