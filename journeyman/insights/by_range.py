"""The target where a number lies in one of its ranges, against all other rows: what no trend would show."""

from __future__ import annotations

from journeyman.insights.by_level import ByLevel
from journeyman.insights.material import Feature


class ByRange(ByLevel):
    """Each fifth of each column of numbers, at round bounds; sizes are standard deviations of the target."""

    def takes(self, feature: Feature) -> bool:
        """Numbers that are cut into ranges; dates have kinds of their own."""
        return feature.is_number and not feature.is_levels and len(feature.groups) > 2
