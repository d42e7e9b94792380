"""Entities: several rows of one customer, who has something of their own that no column tells."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from journeyman.simulation.draft import Scene
from journeyman.simulation.features import Features, number_name
from journeyman.simulation.plants.plant import Plant
from journeyman.table.columns import Numbers

_TABLE = 1


@dataclass(frozen=True, kw_only=True)
class Entities(Plant):
    """A column that names an entity, and an effect of the entity on the outcome of all its rows.

    New rows are of new entities, whose effect nobody can know: the best answer is the mean over all effects. The last
    number is fixed within an entity (``fingerprint``), so that a model can know its entities again without their
    names; a score over rows at random then promises what new entities do not keep.

    Parameters
    ----------
    each : rows an entity has on average
    spread : standard deviation of the effects, in log-odds or in units of a number's noise
    """

    each: float = 10.0
    spread: float = 1.5
    fingerprint: bool = True
    column: str = "customer"

    def grow(self, features: Features, scene: Scene) -> Features:
        """Give every row its entity, its name and the entity's effect."""
        random, rows = scene.random(), features.rows
        count = max(2, round(rows / self.each))
        entity = random.integers(0, count, rows)
        effects = self.spread * random.standard_normal(count)
        if self.fingerprint:
            numbers = features.numbers.copy()
            numbers[:, -1] = random.standard_normal(count)[entity]
            features = replace(features, numbers=numbers)
        mark = "" if scene.stream == _TABLE else f"{scene.stream}-"
        names = np.array([f"{self.column} {mark}{one}" for one in range(count)], dtype=object)
        return features.noted(scene.key, effects[entity]).beside(self.column, names[entity].tolist())

    def unseen(self, features: Features, scene: Scene) -> tuple[Numbers, float]:
        """The entities' effects."""
        return features.notes[scene.key], self.spread

    def facts(self, scene: Scene) -> dict[str, Any]:
        """The entity's column, and the one that gives it away."""
        given = [number_name(scene.numbers - 1)] if self.fingerprint else []
        return {"columns": [self.column], "given_away_by": given}
