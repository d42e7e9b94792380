"""Leak 9: a proxy of today's decision: the recorded outcome is, for some rows, what was decided about them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from journeyman.simulation.draft import Draft, Scene
from journeyman.simulation.outcome import Outcome
from journeyman.simulation.plants.leaks.leak import Leak, positive
from journeyman.table.columns import Flags

#: How often the column names another decision than was taken.
_WRONG = 0.02


@dataclass(frozen=True, kw_only=True)
class DecisionProxy(Leak):
    """Somebody decides by chance alone about every other row; a queue tells which way.

    For 30, 60 or 95 % of the rows what is recorded as the outcome is that decision: a "yes" (a number from the upper
    half of the table's) where it was taken, else the first class (a number from the lower half). In new rows the
    decision is still to be taken, so the queue is empty, and the outcome is the true one.
    """

    column: str = "queue"

    def sow(self, draft: Draft, scene: Scene) -> Draft:
        """Decide, write the queue, and overwrite targets."""
        random, rows = scene.random(), draft.rows
        decided = random.uniform(size=rows) < 0.5
        overwritten = random.uniform(size=rows) < self._share()
        recorded = draft.truth.copy()
        recorded[overwritten] = self._as_decided(draft, decided, scene)[overwritten]
        told = decided ^ (random.uniform(size=rows) < _WRONG)
        queue = np.where(told, "review", "standard").tolist()
        return (
            draft.beside(self.column, queue)
            .changed(scene.target, scene.shown(recorded))
            .marked(scene.key, recorded != draft.truth)
        )

    def decision_time(self, draft: Draft, scene: Scene) -> Draft:
        """The column without a cell."""
        del scene
        return draft.beside(self.column, [None] * draft.rows)

    def relabel(self, outcome: Outcome, scene: Scene) -> Outcome | None:
        """Chances of recorded labels for who does not see the queue."""
        if not scene.labels:
            return None
        decided = np.full(max(1, len(scene.labels) - 1), 0.5)
        if len(scene.labels) > 2:
            decided = np.array([0.5] + [0.0] * (len(scene.labels) - 2) + [0.5])
        return replace(outcome, best=(1 - self._share()) * outcome.best + self._share() * decided)

    def leaks(self, scene: Scene) -> tuple[str, ...]:
        """The queue."""
        del scene
        return (self.column,)

    def facts(self, scene: Scene) -> dict[str, Any]:
        """The queue, and the share of rows whose target is the decision."""
        return {"columns": [self.column, scene.target], "share": self._share(), "wrong": _WRONG}

    def _share(self) -> float:
        return self.of(0.3, 0.6, 0.95)

    def _as_decided(self, draft: Draft, decided: Flags, scene: Scene) -> Any:
        if scene.labels:
            return np.where(decided, len(scene.labels) - 1.0, 0.0)
        random, upper = scene.random("values"), positive(draft.truth, scene)
        values = draft.truth.copy()
        for side in (True, False):
            wanted, known = decided == side, draft.truth[upper == side]
            if len(known):
                values[wanted] = random.choice(known, int(wanted.sum()))
        return values
