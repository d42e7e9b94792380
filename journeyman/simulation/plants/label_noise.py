"""Wrong labels: some targets of the table are not what really came."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from journeyman.simulation.draft import Draft, Scene
from journeyman.simulation.outcome import Outcome
from journeyman.simulation.plants.plant import Plant
from journeyman.table.columns import Integers, Numbers


@dataclass(frozen=True, kw_only=True)
class LabelNoise(Plant):
    """A share of the table's labels is changed; new rows have true ones, as has ``Drawn.truth``.

    ``how``: ``uniform``: every label with the same chance, to any other class. ``class_dependent``: only labels of one
    class, to the one before it (of two: a recorded "no" that was a "yes"), with the chance ``share``. Numbers:
    ``uniform`` gives them the number of another row, ``class_dependent`` does so above the median only.
    """

    share: float = 0.1
    how: Literal["uniform", "class_dependent"] = "uniform"

    def sow(self, draft: Draft, scene: Scene) -> Draft:
        """Change labels; copies of a row get the label of the row."""
        random, truth = scene.random(), draft.truth
        chosen = random.uniform(size=draft.rows) < self.share
        if not scene.labels:
            if self.how == "class_dependent":
                chosen &= truth > np.median(truth)
            other = truth[random.permutation(draft.rows)]
        elif self.how == "class_dependent":
            last = len(scene.labels) - 1
            chosen &= truth == last
            other = np.full(draft.rows, last - 1.0)
        else:
            other = (truth + random.integers(1, len(scene.labels), draft.rows)) % len(scene.labels)
        recorded = np.where(chosen, other, truth)
        if draft.clusters is not None:
            recorded = _of_first(recorded, draft.clusters)
        return draft.changed(scene.target, scene.shown(recorded)).marked(scene.key, recorded != truth)

    def relabel(self, outcome: Outcome, scene: Scene) -> Outcome | None:
        """Chances of recorded labels; of numbers that is not claimed."""
        if not scene.labels:
            return None
        best = outcome.best
        if self.how == "uniform":
            others = len(scene.labels) - 1
            return replace(outcome, best=best * (1 - self.share) + (1 - best) * self.share / others)
        if len(scene.labels) == 2:
            return replace(outcome, best=best * (1 - self.share))
        moved = best.copy()
        moved[:, -2] += self.share * best[:, -1]
        moved[:, -1] *= 1 - self.share
        return replace(outcome, best=moved)

    def facts(self, scene: Scene) -> dict[str, Any]:
        """The column whose cells are wrong."""
        return {"columns": [scene.target]}


def _of_first(values: Numbers, clusters: Integers) -> Numbers:
    """For each row what the first row of its cluster has."""
    _, first, back = np.unique(clusters, return_index=True, return_inverse=True)
    return np.asarray(values[first][back])
