"""The target, or another number, where a cell is missing, against rows where it is there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from journeyman.insights import inside
from journeyman.insights.condition import named, presence
from journeyman.insights.insight import Figure
from journeyman.insights.kind import Candidate, Kind, Look, Measured, Said, outcome_of
from journeyman.insights.material import Material
from journeyman.table.columns import Numbers
from journeyman.table.table import Table


class Missingness(Kind):
    """Each column with missing cells; sizes are standard deviations of the outcome."""

    least: ClassVar[float] = 0.2
    turn: ClassVar[int] = 0
    surprise: ClassVar[float] = 1.2

    def looks(self, half: Material) -> Iterator[Look]:
        """Every column with enough missing cells."""
        for feature in half.features:
            if feature.missing.sum() < inside.FEWEST_INSIDE:
                continue
            codes = np.where(feature.missing, 0, -1)
            for outcome, one in enumerate(half.outcomes):
                if one.column != feature.name:
                    for _, effect, error, size, p_value in inside.differences(inside.tally(one, codes, 1)):
                        yield Look(self.candidate((feature.name,), outcome), effect, error, size, p_value)

    def measure(self, half: Material, candidate: Candidate) -> Measured | None:
        """Missing against there."""
        missing = half.feature(candidate.columns[0]).missing
        return inside.measured(outcome_of(half, candidate), missing, half.units)

    def say(self, table: Table, material: Material, candidate: Candidate) -> Said | None:
        """Mean or rate where it is missing and where it is there."""
        column = material.feature(candidate.columns[0]).column
        return inside.said(table, outcome_of(material, candidate), (presence(column, is_missing=True),))

    def picture(self, table: Table, material: Material, candidate: Candidate) -> Figure:
        """Two bars."""
        column = material.feature(candidate.columns[0]).column
        groups = [(presence(column, is_missing=one),) for one in (True, False)]
        return inside.bars(
            table,
            outcome_of(material, candidate),
            groups,
            marked=(0,),
            is_sorted=False,
            title=f"where {named(column.name)} is missing, and where it is there",
            labels=("missing", "there"),
        )

    def signature(self, material: Material, candidate: Candidate) -> Numbers:
        """Missing or not."""
        return material.feature(candidate.columns[0]).missing.astype(np.float64)
