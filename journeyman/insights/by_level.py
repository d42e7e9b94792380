"""The target where a column has one of its levels, against all other rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from journeyman.insights import inside
from journeyman.insights.condition import named
from journeyman.insights.insight import Figure
from journeyman.insights.kind import Candidate, Kind, Look, Measured, Said, outcome_of
from journeyman.insights.material import Feature, Material
from journeyman.table.columns import Numbers
from journeyman.table.table import Table


class ByLevel(Kind):
    """Each level of each column of words, flags and few numbers; sizes are standard deviations of the target."""

    least: ClassVar[float] = 0.2
    turn: ClassVar[int] = 0

    def looks(self, half: Material) -> Iterator[Look]:
        """Every level with rows enough."""
        if not half.has_target:
            return
        for feature in half.features:
            if self.takes(feature):
                for outcome, one in enumerate(half.outcomes):
                    found = inside.tally(one, feature.codes, len(feature.groups))
                    for place, effect, error, size, p_value in inside.differences(found):
                        # Of two levels each is the other's opposite.
                        if len(feature.groups) > 2 or place or feature.missing.any():
                            candidate = self.candidate((feature.name,), outcome, place)
                            yield Look(candidate, effect, error, size, p_value)

    def takes(self, feature: Feature) -> bool:
        """Whether this kind looks at a column."""
        return feature.is_levels and len(feature.groups) > 0

    def measure(self, half: Material, candidate: Candidate) -> Measured | None:
        """The rows of the level against all others."""
        rows = half.feature(candidate.columns[0]).codes == candidate.places[0]
        return inside.measured(outcome_of(half, candidate), rows, half.units)

    def say(self, table: Table, material: Material, candidate: Candidate) -> Said | None:
        """Mean or rate inside and outside."""
        group = material.feature(candidate.columns[0]).groups[candidate.places[0]]
        return inside.said(table, outcome_of(material, candidate), group)

    def picture(self, table: Table, material: Material, candidate: Candidate) -> Figure:
        """Sorted bars of all levels with intervals."""
        feature = material.feature(candidate.columns[0])
        return inside.bars(
            table,
            outcome_of(material, candidate),
            feature.groups,
            marked=candidate.places,
            is_sorted=feature.is_levels and feature.numbers is None,
            title=f"by {named(feature.name)}",
        )

    def signature(self, material: Material, candidate: Candidate) -> Numbers:
        """Inside or not."""
        return np.asarray(material.feature(candidate.columns[0]).codes == candidate.places[0], np.float64)
