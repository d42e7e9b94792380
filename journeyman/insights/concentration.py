"""A few rows that hold most of an amount, and a few levels that hold most of the rows."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from journeyman.insights import inside
from journeyman.insights.claim import share_of_rows, share_of_sum
from journeyman.insights.condition import bound, named
from journeyman.insights.cuts import round_cuts
from journeyman.insights.insight import Figure
from journeyman.insights.kind import Candidate, Kind, Look, Measured, Said
from journeyman.insights.material import Material
from journeyman.table.columns import Integers, Numbers
from journeyman.table.table import Table

#: The rows with the largest amounts, as a share of all.
TOP = 0.1
#: What the largest tenth of the rows holds where amounts are spread as waiting times are; more must be proven.
USUAL = 0.4
#: Points of the curve.
POINTS = 40


class Concentration(Kind):
    """Each column of numbers that is never below 0; sizes are how far the top tenth's share is above the usual.

    It tests that the largest tenth of the rows holds more than 40 % of the sum: exponentially spread amounts, as of
    chance alone, give the largest tenth a third.
    """

    least: ClassVar[float] = 0.1
    turn: ClassVar[int] = 2
    surprise: ClassVar[float] = 0.8
    measures: ClassVar[str] = "share of the sum"

    def looks(self, half: Material) -> Iterator[Look]:
        """Every amount."""
        for feature in half.numbers:
            if feature.is_levels or feature.numbers is None:
                continue
            known = feature.numbers[~feature.missing]
            if len(known) < 100 or known.min() < 0 or not known.sum() > 0:
                continue
            for cut in round_cuts(known, (1 - TOP,))[:1]:
                share, error, rows = _share(known, cut)
                if rows > 2 * TOP:
                    continue
                size = share - USUAL
                yield Look(
                    self.candidate((feature.name,), -1, cut),
                    share - rows,
                    error,
                    size,
                    inside.normal_tails(size / error) if size > 0 and error > 0 else 1.0,
                )

    def measure(self, half: Material, candidate: Candidate) -> Measured | None:
        """The share of the sum above the same bound."""
        feature = half.feature(candidate.columns[0])
        if feature.numbers is None:
            return None
        known = feature.numbers[~feature.missing]
        if len(known) < 100 or not known.sum() > 0:
            return None
        units = None if half.units is None else half.units[~feature.missing]
        share, error, rows = _share(known, candidate.places[0], units)
        if not error > 0:
            return None
        p_value = inside.normal_tails((share - USUAL) / error) if share > USUAL else 1.0

        def interval(confidence: float) -> tuple[float, float]:
            from scipy.special import ndtri

            half_width = float(ndtri(0.5 + confidence / 2)) * error
            return max(share - half_width, 0.0), min(share + half_width, 1.0)

        return Measured(share, "share", share - rows, error, share - USUAL, p_value, len(known), interval)

    def say(self, table: Table, material: Material, candidate: Candidate) -> Said | None:
        """The share of the rows and the share of the sum."""
        feature = material.feature(candidate.columns[0])
        where = (bound(feature.column, "above", candidate.places[0]),)
        rows, total = share_of_rows(table, feature.name, where), share_of_sum(table, feature.name, where)
        if not rows.rows:
            return None
        sentence = (
            f"{inside.percent(rows.value)} of the rows hold {inside.percent(total.value)} of all "
            f"{named(feature.name)}: the {rows.rows:,} in which it {where[0].said}."
        )
        return Said(sentence, (rows, total), rows.rows)

    def picture(self, table: Table, material: Material, candidate: Candidate) -> Figure:
        """Which share of the sum the rows with the largest amounts hold, from few rows to all."""
        values = np.sort(_known(table, candidate.columns[0]))[::-1]
        sums = np.minimum(np.cumsum(values) / values.sum(), 1.0)
        places = np.unique(np.geomspace(1, len(values), POINTS).astype(int))
        count = int((values > candidate.places[0]).sum())
        return Figure(
            "pareto",
            {
                "title": f"share of all {named(candidate.columns[0])} held by the rows with the most",
                "column": candidate.columns[0],
                "points": [[0.0, 0.0], *([place / len(values), float(sums[place - 1])] for place in places.tolist())],
                "mark": [count / len(values), float(sums[count - 1]) if count else 0.0],
            },
        )

    def signature(self, material: Material, candidate: Candidate) -> None:
        """Its column tells."""
        return


def _known(table: Table, name: str) -> Numbers:
    cells = table.values[name]
    return np.asarray(cells)[~table.missing(name)]


def _share(known: Numbers, cut: float, units: Integers | None = None) -> tuple[float, float, float]:
    """The share of the sum above a bound, its standard error, and the share of the rows."""
    above = known > cut
    total = float(known.sum())
    share = float(known[above].sum()) / total
    influence = known * (above - share) / total
    variance = float(influence @ influence)
    if units is not None:
        sums = np.bincount(np.unique(units, return_inverse=True)[1], influence)
        variance = max(variance, float(sums @ sums))
    return share, math.sqrt(variance), float(above.mean())
