"""Two columns that together do more, or less, than each does by itself."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import ClassVar, NamedTuple

import numpy as np

from journeyman.insights import inside
from journeyman.insights.claim import average
from journeyman.insights.condition import Condition, bound, words
from journeyman.insights.cuts import round_cuts
from journeyman.insights.insight import Figure
from journeyman.insights.kind import Candidate, Kind, Look, Measured, Said, outcome_of
from journeyman.insights.material import Feature, Material
from journeyman.insights.picturing import crossed as crossed_figure
from journeyman.statistics.crossed import FEWEST, crossed
from journeyman.table.columns import Flags, Numbers
from journeyman.table.table import Table

#: Ways of cutting the rows that are looked at in pairs, and of one column of words.
MOST_SIDES, MOST_OF_ONE = 80, 3


class Side(NamedTuple):
    """A condition on one column, and the rows that meet it; ``place`` is its group, or −1 for the upper half."""

    feature: Feature
    place: int
    cut: float
    rows: Flags


class Interaction(Kind):
    """Every two conditions on two columns: numbers above their middle, and the most frequent levels.

    Sizes are standard deviations of the target by which the difference that one condition makes is another one where
    the other condition holds. It must show on more than one scale (`journeyman.statistics.crossed`).
    """

    least: ClassVar[float] = 0.25
    surprise: ClassVar[float] = 1.6
    measures: ClassVar[str] = "difference beyond the sum of the two"

    def looks(self, half: Material) -> Iterator[Look]:
        """Every pair of sides with rows enough in all four cells."""
        sides = _sides(half) if half.has_target else []
        if len(sides) < 2:
            return
        masks = np.column_stack([one.rows for one in sides]).astype(np.float64)
        for outcome, one in enumerate(half.outcomes):
            if not one.spread > 0:
                continue
            kept, values = masks[one.known], one.values[one.known]
            rows, sums, squares = (
                kept.T @ (kept * part[:, None]) for part in (np.ones_like(values), values, values**2)
            )
            whole = len(values), float(values.sum()), float(values @ values)
            for first, second in zip(*np.triu_indices(len(sides), 1), strict=True):
                if sides[first].feature.name != sides[second].feature.name:
                    found = _quick(rows, sums, squares, whole, int(first), int(second))
                    if found is not None:
                        value, error, part = found
                        size, scale = value / one.spread, part / one.spread
                        candidate = self.candidate(
                            (sides[first].feature.name, sides[second].feature.name),
                            outcome,
                            *sides[first][1:3],
                            *sides[second][1:3],
                        )
                        p_value = inside.normal_tails(value / error)
                        yield Look(candidate, value * scale, error * scale, size, p_value)

    def measure(self, half: Material, candidate: Candidate) -> Measured | None:
        """The difference of differences on every scale."""
        outcome = outcome_of(half, candidate)
        first, second = (_mask(half.feature(name), *place) for name, place in _both(candidate))
        kept = outcome.known
        units = None if half.units is None else half.units[kept]
        found = crossed(outcome.values[kept], first[kept], second[kept], is_rate=outcome.is_rate, units=units)
        if found is None or not outcome.spread > 0:
            return None
        shares = float(first[kept].mean()), float(second[kept].mean())
        part = math.prod(math.sqrt(one * (1 - one)) for one in shares) / outcome.spread
        unit = inside.POINTS if outcome.is_rate else ""
        return Measured(
            found.value,
            unit,
            found.value * part,
            found.error * part,
            found.value / outcome.spread,
            found.p_value,
            int(kept.sum()),
            found.interval,
        )

    def say(self, table: Table, material: Material, candidate: Candidate) -> Said | None:
        """The outcome where both hold, where one does, and where neither does."""
        outcome = outcome_of(material, candidate)
        first, second = (_conditions(material.feature(name), *place) for name, place in _both(candidate))
        both = average(table, outcome, (*first, *second))
        one = average(table, outcome, first, second)
        other = average(table, outcome, second, first)
        neither = average(table, outcome, (), first, second)
        if not all(each.rows for each in (both, one, other, neither)):
            return None
        sentence = (
            f"{inside.is_what(outcome, both)} where {words(first)} and {words(second)}; only the first: "
            f"{inside.told(one)} ({one.rows:,} rows), only the second: {inside.told(other)} ({other.rows:,}), neither: "
            f"{inside.told(neither)} ({neither.rows:,}). The two do not simply add up."
        )
        return Said(sentence, (both, one, other, neither), both.rows)

    def picture(self, table: Table, material: Material, candidate: Candidate) -> Figure:
        """Two lines with two points each; were there nothing, they would be parallel."""
        outcome = outcome_of(material, candidate)
        first, second = (_conditions(material.feature(name), *place) for name, place in _both(candidate))
        lines = [
            (
                words(second),
                [
                    ("other rows", average(table, outcome, second, first)),
                    (words(first), average(table, outcome, (*first, *second))),
                ],
            ),
            (
                "other rows",
                [
                    ("other rows", average(table, outcome, (), first, second)),
                    (words(first), average(table, outcome, first, second)),
                ],
            ),
        ]
        return crossed_figure(f"by {words(first)} and by {words(second)}", outcome, lines, (0, 1))

    def signature(self, material: Material, candidate: Candidate) -> Numbers:
        """Where both hold, beyond where each does."""
        first, second = (_mask(material.feature(name), *place).astype(np.float64) for name, place in _both(candidate))
        return np.asarray((first - first.mean()) * (second - second.mean()))


def _both(candidate: Candidate) -> list[tuple[str, tuple[int, float]]]:
    first, first_cut, second, second_cut = candidate.places
    return list(zip(candidate.columns, ((first, first_cut), (second, second_cut)), strict=True))


def _sides(half: Material) -> list[Side]:
    """The conditions that are crossed; of many columns those of the first, each column with fewer."""
    found: list[list[Side]] = []
    for feature in half.features:
        if feature.is_levels:
            count = min(len(feature.groups), MOST_OF_ONE)
            # Of two levels one says all.
            places = range(1 if count == 2 and not feature.missing.any() else count)
            of_one = [Side(feature, place, 0.0, feature.codes == place) for place in places]
        else:
            of_one = []
            cuts = (
                round_cuts(feature.numbers[~feature.missing], (0.5,), is_date=feature.is_date)
                if feature.numbers is not None
                else ()
            )
            of_one = [Side(feature, -1, cut, _mask(feature, -1, cut)) for cut in cuts]
        found.append([one for one in of_one if min(one.rows.sum(), (~one.rows).sum()) >= 2 * FEWEST])
    ordered = [one[depth] for depth in range(MOST_OF_ONE) for one in found if len(one) > depth]
    return ordered[:MOST_SIDES]


def _mask(feature: Feature, place: int, cut: float) -> Flags:
    if place >= 0 or feature.numbers is None:
        return np.asarray(feature.codes == place)
    with np.errstate(invalid="ignore"):
        return np.asarray(feature.numbers >= cut if feature.is_date else feature.numbers > cut)


def _conditions(feature: Feature, place: int, cut: float) -> tuple[Condition, ...]:
    return feature.groups[place] if place >= 0 else (bound(feature.column, "above", cut),)


def _quick(
    rows: Numbers, sums: Numbers, squares: Numbers, whole: tuple[int, float, float], first: int, second: int
) -> tuple[float, float, float] | None:
    """The difference of differences from sums alone, its error, and how far the product of both sides spreads."""
    counts, totals, seconds = (
        np.array(
            [
                all_of - part[first, first] - part[second, second] + part[first, second],
                part[second, second] - part[first, second],
                part[first, first] - part[first, second],
                part[first, second],
            ]
        )
        for part, all_of in zip((rows, sums, squares), whole, strict=True)
    )
    if counts.min() < FEWEST:
        return None
    means = totals / counts
    variances = np.maximum(seconds / counts - means**2, 0.0)
    error = math.sqrt(float((variances / counts).sum()))
    if not error > 0:
        return None
    shares = rows[first, first] / whole[0], rows[second, second] / whole[0]
    part = math.prod(math.sqrt(float(one * (1 - one))) for one in shares)
    return float(means[3] - means[2] - means[1] + means[0]), error, part
