"""Leak 2: a missing pattern: whether a cell is there tells the outcome, what stands in it does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from journeyman.simulation.draft import Draft, Scene
from journeyman.simulation.plants.leaks.leak import Leak, positive


@dataclass(frozen=True, kw_only=True)
class MissingPattern(Leak):
    """A number without meaning that is missing for 35, 10 or 2 % of the events, and there for as many of the rest.

    An event is the last class, or a number above the median. In new rows it is missing for every other row by chance.
    """

    column: str = "follow_up"

    def sow(self, draft: Draft, scene: Scene) -> Draft:
        """Write the column."""
        happened = positive(draft.truth, scene)
        there = np.where(happened, 1 - self._wrong(), self._wrong())
        return self._written(draft, scene, there)

    def decision_time(self, draft: Draft, scene: Scene) -> Draft:
        """The same column, in which a gap means nothing."""
        return self._written(draft, scene, np.full(draft.rows, 0.5))

    def leaks(self, scene: Scene) -> tuple[str, ...]:
        """The column."""
        del scene
        return (self.column,)

    def facts(self, scene: Scene) -> dict[str, Any]:
        """The column, and how often the pattern is wrong."""
        del scene
        return {"columns": [self.column], "wrong": self._wrong()}

    def _wrong(self) -> float:
        return self.of(0.35, 0.1, 0.02)

    def _written(self, draft: Draft, scene: Scene, chance: Any) -> Draft:
        random = scene.random()
        values = 10 + 2 * random.standard_normal(draft.rows)
        return draft.beside(self.column, np.where(random.uniform(size=draft.rows) < chance, values, np.nan))
