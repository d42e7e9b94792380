"""A level that goes with another column: with one of its levels, or with high or low numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from journeyman.insights import inside
from journeyman.insights.condition import named, plain_label
from journeyman.insights.insight import Figure
from journeyman.insights.kind import Candidate, Kind, Look, Measured, Said
from journeyman.insights.material import Feature, Material, Outcome
from journeyman.table.columns import Numbers
from journeyman.table.table import Table

#: Columns of levels, and columns of numbers beside them, that are paired; levels of one column.
MOST_COLUMNS, MOST_NUMBERS, MOST_OF_ONE = 24, 40, 8


class Association(Kind):
    """Each level of each column against each level, and each number, of others; sizes are correlations."""

    least: ClassVar[float] = 0.3
    turn: ClassVar[int] = 2
    surprise: ClassVar[float] = 0.6

    def looks(self, half: Material) -> Iterator[Look]:
        """Every level with every level of a later column, and with every number."""
        features = [one for one in half.features if one.is_levels and one.groups][:MOST_COLUMNS]
        if not features:
            return
        sides = [(one, place) for one in features for place in range(min(len(one.groups), MOST_OF_ONE))]
        masks = np.column_stack([one.codes == place for one, place in sides]).astype(np.float64)
        shares = masks.mean(axis=0)
        enough = np.minimum(masks.sum(axis=0), len(masks) - masks.sum(axis=0)) >= inside.FEWEST_INSIDE
        spreads = np.sqrt(np.maximum(shares * (1 - shares), 1e-12))
        values = (masks.T @ masks / len(masks) - np.outer(shares, shares)) / np.outer(spreads, spreads)
        for first, second in zip(*np.triu_indices(len(sides), 1), strict=True):
            if enough[first] and enough[second] and sides[first][0].name != sides[second][0].name:
                columns = (sides[second][0].name, sides[first][0].name)
                yield self._look(columns, sides[second][1], sides[first][1], float(values[first, second]), half.rows)
        numbers = [one for one in half.numbers if not one.is_levels and not one.missing.all()][:MOST_NUMBERS]
        if not numbers:
            return
        # Ranks around their mean, so that the share of each level needs no taking away.
        ranks = np.column_stack([np.nan_to_num(_standing(one)) for one in numbers])
        against = (masks.T @ ranks / len(masks)) / spreads[:, None]
        for place, number in zip(*np.nonzero(np.broadcast_to(enough[:, None], against.shape)), strict=True):
            side = sides[place]
            yield self._look(
                (side[0].name, numbers[number].name), side[1], -1, float(against[place, number]), half.rows
            )

    def _look(self, columns: tuple[str, str], place: int, other: int, value: float, rows: int) -> Look:
        error = 1 / math.sqrt(rows)
        candidate = self.candidate(columns, -1, place, other)
        return Look(candidate, value, error, value, inside.normal_tails(value / error))

    def measure(self, half: Material, candidate: Candidate) -> Measured | None:
        """The second column where the first has the level, against all other rows."""
        outcome, feature = _outcome(half, candidate), half.feature(candidate.columns[0])
        found = inside.measured(outcome, feature.codes == candidate.places[0], half.units)
        if found is None:
            return None
        return Measured(
            found.value, found.unit, found.effect, found.error, found.effect, found.p_value, found.rows, found.interval
        )

    def say(self, table: Table, material: Material, candidate: Candidate) -> Said | None:
        """The second column where the first has the level, and elsewhere."""
        group = material.feature(candidate.columns[0]).groups[candidate.places[0]]
        return inside.said(table, _outcome(material, candidate), group)

    def picture(self, table: Table, material: Material, candidate: Candidate) -> Figure:
        """Sorted bars of all levels of the first column."""
        feature = material.feature(candidate.columns[0])
        return inside.bars(
            table,
            _outcome(material, candidate),
            feature.groups,
            marked=candidate.places[:1],
            is_sorted=feature.numbers is None,
            title=f"by {named(feature.name)}",
        )

    def signature(self, material: Material, candidate: Candidate) -> Numbers:
        """Inside the level or not: a group that differs in much is told once."""
        return np.asarray(material.feature(candidate.columns[0]).codes == candidate.places[0], np.float64)


def _standing(number: Feature) -> Numbers:
    """Ranks with mean 0 and standard deviation 1, (rows,); NaN where missing."""
    ranks = number.ranks - np.nanmean(number.ranks)
    return np.asarray(ranks / max(float(np.nanstd(ranks)), 1e-12))


def _outcome(material: Material, candidate: Candidate) -> Outcome:
    return outcome_at(material.feature(candidate.columns[1]), candidate.places[1])


def outcome_at(feature: Feature, place: int) -> Outcome:
    """A feature as an outcome: the rate of one of its levels, or its mean where the place is −1."""
    if place < 0 or not feature.groups:
        numbers = feature.numbers if feature.numbers is not None else np.full(len(feature.codes), np.nan)
        return Outcome(feature.name, "", None, numbers)
    condition = feature.groups[place][0]
    values = np.where(feature.missing, np.nan, feature.codes == place)
    return Outcome(feature.name, plain_label(feature.column, condition.value), condition.value, values)
