"""Drift: what is true changes with time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar, Literal

import numpy as np

from journeyman.simulation.draft import Scene
from journeyman.simulation.features import SPAN_DAYS, Features, dates, number_name
from journeyman.simulation.plants.plant import Plant
from journeyman.table.columns import Numbers

#: Where in a table's span an abrupt change comes.
BREAK = 0.7
#: Turns of the seasons within a table's span of two years.
_TURNS = 2


@dataclass(frozen=True, kw_only=True)
class Drift(Plant):
    """Over the table's two years, and on into the new rows after them, something moves.

    ``how``: ``slow`` (in proportion to time), ``abrupt`` (once, at 70 % of the span), ``seasonal`` (a yearly wave).
    ``moves``: ``features`` (the first number shifts; the law stays), ``law`` (the slope of the first number changes)
    or ``rate`` (the target's level changes). ``amount``: in standard units of the number, or of what features say.
    The date stands in the table, so the best answer is exact; whether it can be learnt before it happens is another
    question.
    """

    dated: ClassVar[bool] = True
    how: Literal["slow", "abrupt", "seasonal"] = "slow"
    moves: Literal["features", "law", "rate"] = "law"
    amount: float = 1.0

    @property
    def speaks(self) -> bool:  # type: ignore[override]  # features that move and say nothing still say nothing
        """Whether time says something of the target."""
        return self.moves != "features" and self.amount != 0

    def grow(self, features: Features, scene: Scene) -> Features:
        """Shift the first number."""
        del scene
        if self.moves != "features":
            return features
        numbers = features.numbers.copy()
        numbers[:, 0] += self._moved(features)
        return replace(features, numbers=numbers)

    def bend(self, signal: Numbers, features: Features, scene: Scene) -> Numbers:
        """Change the slope of the first number, or the level."""
        del scene
        if self.moves == "features":
            return signal
        bent = signal.copy()
        bent[:, -1] += self._moved(features) * (features.known()[:, 0] if self.moves == "law" else 1.0)
        return bent

    def facts(self, scene: Scene) -> dict[str, Any]:
        """The column of the date, what moves, and when."""
        del scene
        told: dict[str, Any] = {"columns": ["date"], "moved": [number_name(0)] if self.moves != "rate" else []}
        return told | ({"changed_on": dates(np.array([BREAK]))[0]} if self.how == "abrupt" else {"days": SPAN_DAYS})

    def _moved(self, features: Features) -> Numbers:
        time = features.time if features.time is not None else np.zeros(features.rows)
        if self.how == "slow":
            return np.asarray(self.amount * time)
        if self.how == "abrupt":
            return self.amount * (time >= BREAK).astype(np.float64)
        return np.asarray(self.amount * np.sin(2 * np.pi * _TURNS * time))
