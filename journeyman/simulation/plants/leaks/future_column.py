"""Leak 3: a column of the future: a date that is filled once the event has happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from journeyman.simulation.draft import Draft, Scene
from journeyman.simulation.features import SPAN_DAYS, dates
from journeyman.simulation.plants.leaks.leak import Leak, positive


@dataclass(frozen=True, kw_only=True)
class FutureColumn(Leak):
    """A date after that of the row: filled for 65, 90 or 98 % of the events and for as few of the rest.

    For numbers the delay grows with the target too, in days, with an error of 1, 0.3 or 0.1 times its spread. In new
    rows it is empty.
    """

    dated: ClassVar[bool] = True
    column: str = "closed_on"

    def sow(self, draft: Draft, scene: Scene) -> Draft:
        """Write the dates."""
        random, rows = scene.random(), draft.rows
        chance = np.where(positive(draft.truth, scene), 1 - self._wrong(), self._wrong())
        filled = random.uniform(size=rows) < chance
        delay = random.exponential(30, rows)
        if not scene.labels:
            filled |= True
            spread = float(np.std(draft.truth)) or 1.0
            standard = (draft.truth - np.median(draft.truth)) / spread
            delay = np.maximum(0, 60 + 15 * (standard + self.of(1, 0.3, 0.1) * random.standard_normal(rows)))
        time = draft.features.time if draft.features.time is not None else np.zeros(rows)
        return draft.beside(self.column, dates(np.where(filled, time + (1 + delay) / SPAN_DAYS, np.nan)))

    def decision_time(self, draft: Draft, scene: Scene) -> Draft:
        """The column without a cell."""
        del scene
        return draft.beside(self.column, [None] * draft.rows)

    def leaks(self, scene: Scene) -> tuple[str, ...]:
        """The column."""
        del scene
        return (self.column,)

    def facts(self, scene: Scene) -> dict[str, Any]:
        """The column and the date that it comes after."""
        return {"columns": [self.column, "date"], **({"wrong": self._wrong()} if scene.labels else {})}

    def _wrong(self) -> float:
        return self.of(0.35, 0.1, 0.02)
