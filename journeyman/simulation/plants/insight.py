"""An insight: something simple and true that an analyst should find in the table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import numpy as np

from journeyman.simulation.draft import Scene
from journeyman.simulation.features import Features, number_name, shown_number
from journeyman.simulation.plants.plant import Plant
from journeyman.table.columns import Flags, Numbers


@dataclass(frozen=True, kw_only=True)
class Insight(Plant):
    """Where two numbers are high together (``interaction``), or one passes a point (``change_point``), all is other.

    ``amount`` is added to what features say of the last output: log-odds, or units of a number's noise. The columns,
    thresholds and the share of new rows stand in the truth.
    """

    speaks: ClassVar[bool] = True
    how: Literal["interaction", "change_point"] = "interaction"
    amount: float = 2.0

    def bend(self, signal: Numbers, features: Features, scene: Scene) -> Numbers:
        """Add the amount."""
        bent = signal.copy()
        bent[:, -1] += self.amount * self.inside(features, scene)
        return bent

    def inside(self, features: Features, scene: Scene) -> Flags:
        """The rows where it holds."""
        known, rows = features.known(), np.ones(features.rows, np.bool_)
        for place, cut in self._cuts(scene):
            rows &= known[:, place] > cut
        return rows

    def facts(self, scene: Scene) -> dict[str, Any]:
        """The columns and the thresholds, in their own units."""
        cuts = self._cuts(scene)
        return {
            "columns": [number_name(place) for place, _ in cuts],
            "above": [float(shown_number(place, cut)) for place, cut in cuts],
        }

    def _cuts(self, scene: Scene) -> list[tuple[int, float]]:
        law = scene.law()
        count = min(scene.numbers, 2 if self.how == "interaction" else 1)
        places = law.choice(scene.numbers, count, replace=False).tolist()
        return list(zip(places, law.uniform(-0.3, 0.3, count).tolist(), strict=True))
