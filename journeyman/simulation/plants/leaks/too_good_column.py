"""Leak 1: a single column that is too good, because it is written when the outcome is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from journeyman.simulation.draft import Draft, Scene
from journeyman.simulation.plants.leaks.leak import Leak
from journeyman.table.columns import Numbers


@dataclass(frozen=True, kw_only=True)
class TooGoodColumn(Leak):
    """A code of the outcome's class (15, 5 or 1 % of them wrong), or a number that follows the target.

    The number's error is 100, 30 or 5 % of the target's spread. New rows have no code yet: all is missing.
    """

    column: str = "closing_code"

    def sow(self, draft: Draft, scene: Scene) -> Draft:
        """Write the column."""
        random, truth = scene.random(), draft.truth
        if not scene.labels:
            error = self._error(scene) * float(np.std(truth)) if len(truth) else 0.0
            return draft.beside(self.column, 3 * truth + 10 + 3 * error * random.standard_normal(draft.rows))
        wrong = random.uniform(size=draft.rows) < self._error(scene)
        other = (truth + random.integers(1, len(scene.labels), draft.rows)) % len(scene.labels)
        return draft.beside(self.column, _codes(np.where(wrong, other, truth)))

    def decision_time(self, draft: Draft, scene: Scene) -> Draft:
        """The column without a cell."""
        return draft.beside(self.column, [None] * draft.rows if scene.labels else np.full(draft.rows, np.nan))

    def leaks(self, scene: Scene) -> tuple[str, ...]:
        """The column."""
        del scene
        return (self.column,)

    def facts(self, scene: Scene) -> dict[str, Any]:
        """The column, and how far it errs."""
        return {"columns": [self.column], "wrong" if scene.labels else "relative_error": self._error(scene)}

    def _error(self, scene: Scene) -> float:
        return self.of(0.15, 0.05, 0.01) if scene.labels else self.of(1.0, 0.3, 0.05)


def _codes(classes: Numbers) -> list[str]:
    names = np.array([f"C{1 + 6 * one}" for one in range(26)], dtype=object)
    cells: list[str] = names[classes.astype(np.int64)].tolist()
    return cells
