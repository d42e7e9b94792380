"""Leak 5: a group leak: rows of one entity lie on both sides of a split, and the entity has an effect of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from journeyman.simulation.draft import Scene
from journeyman.simulation.features import Features
from journeyman.simulation.plants.entities import Entities
from journeyman.simulation.plants.leaks.leak import Leak
from journeyman.table.columns import Numbers


@dataclass(frozen=True, kw_only=True)
class Group(Leak):
    """Entities of ten rows whose effects have a spread of 0.7, 1.5 or 3; new rows are of new entities."""

    column: str = "customer"

    def grow(self, features: Features, scene: Scene) -> Features:
        """Give every row its entity."""
        return self._entities().grow(features, scene)

    def unseen(self, features: Features, scene: Scene) -> tuple[Numbers, float]:
        """The entities' effects."""
        return self._entities().unseen(features, scene)

    def leaks(self, scene: Scene) -> tuple[str, ...]:
        """The entity's name: it knows the outcomes of its other rows."""
        del scene
        return (self.column,)

    def facts(self, scene: Scene) -> dict[str, Any]:
        """The entity's column, what gives it away, and the spread of effects."""
        return {**self._entities().facts(scene), "spread": self._entities().spread}

    def _entities(self) -> Entities:
        return Entities(spread=self.of(0.7, 1.5, 3.0), column=self.column)
