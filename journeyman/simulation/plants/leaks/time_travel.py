"""Leak 6: time travel: rows of one week share a level that only that week's outcomes tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from journeyman.simulation.draft import Scene
from journeyman.simulation.features import SPAN_DAYS, Features
from journeyman.simulation.plants.leaks.leak import Leak
from journeyman.table.columns import Numbers

_DAYS = 14


@dataclass(frozen=True, kw_only=True)
class TimeTravel(Leak):
    """Every two weeks the target has another level, of spread 0.7, 1.5 or 3, independent of those before.

    Whoever splits at random learns each level from rows of the same weeks; new rows come after the table (with
    ``ahead`` 0 in levels of their own), and nobody can know theirs: the best answer is the mean over all levels.
    """

    dated: ClassVar[bool] = True

    def unseen(self, features: Features, scene: Scene) -> tuple[Numbers, float]:
        """The level of each row."""
        time = features.time if features.time is not None else np.zeros(features.rows)
        week = np.floor(time * SPAN_DAYS / _DAYS).astype(np.int64)
        levels = scene.random().standard_normal(int(week.max(initial=0)) + 1)
        return self._spread() * levels[week], self._spread()

    def facts(self, scene: Scene) -> dict[str, Any]:
        """The date by which a level is known again."""
        del scene
        return {"columns": ["date"], "given_away_by": ["date"], "days": _DAYS, "spread": self._spread()}

    def leaks(self, scene: Scene) -> tuple[str, ...]:
        """The date: it knows the outcomes of the same weeks."""
        del scene
        return ("date",)

    def _spread(self) -> float:
        return self.of(0.7, 1.5, 3.0)
