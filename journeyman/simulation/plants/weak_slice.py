"""A weak slice: rows of one region where the law says less, or something else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from journeyman.simulation.draft import Scene
from journeyman.simulation.features import Features, level_names, word_name
from journeyman.simulation.plants.plant import Plant
from journeyman.table.columns import Flags, Numbers


@dataclass(frozen=True, kw_only=True)
class WeakSlice(Plant):
    """Rows of one level of a column of words are worse to tell, or follow another law.

    ``how``: ``noise``: what features say is weakened by ``amount`` (0 to 1), and numbers scatter more around it;
    ``law``: what features say is turned towards its opposite (at ``amount`` 1 fully). ``place``: which column of
    words. The best scores inside and outside stand in the truth.
    """

    how: Literal["noise", "law"] = "noise"
    amount: float = 0.8
    place: int = 0

    def bend(self, signal: Numbers, features: Features, scene: Scene) -> Numbers:
        """Weaken or turn what is said in the slice."""
        factor = 1 - self.amount * (1 if self.how == "noise" else 2)
        return np.asarray(np.where(self.inside(features, scene)[:, None], factor * signal, signal))

    def widen(self, spread: Numbers, features: Features, scene: Scene) -> Numbers:
        """Scatter numbers more in the slice."""
        wider = 1 + 2 * self.amount * (self.how == "noise")
        return np.where(self.inside(features, scene), wider * spread, spread)

    def inside(self, features: Features, scene: Scene) -> Flags:
        """The rows of the level."""
        return np.asarray(features.words[:, self.place] == self._level(scene))

    def facts(self, scene: Scene) -> dict[str, Any]:
        """The column and the level."""
        names = level_names(self.place, scene.levels[self.place])
        return {"columns": [word_name(self.place)], "level": names[self._level(scene)]}

    def _level(self, scene: Scene) -> int:
        return int(scene.law().integers(scene.levels[self.place]))
