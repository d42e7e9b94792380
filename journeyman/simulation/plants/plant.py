"""The contract of the shelf: what a plant is.

To add a plant, write one file here with one class. It does its work in as many of these moments as it needs: before
there is an outcome (`grow`, `bend`, `widen`, `unseen`, `posterior`), after (`sow`), and in rows as they are at the
moment of decision (`decision_time`). It says in `facts` what it did.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from journeyman.simulation.draft import Draft, Scene
from journeyman.simulation.features import Features
from journeyman.simulation.outcome import Outcome
from journeyman.table.columns import Flags, Numbers


@dataclass(frozen=True, kw_only=True)
class Plant(ABC):
    """Something put into a world on purpose, and written down.

    ``dated``: it needs rows with a date. ``speaks``: it makes features say something of the target. ``stage``: plants
    of ``rows`` copy and reorder rows, and come before those of ``cells``.
    """

    dated: ClassVar[bool] = False
    speaks: ClassVar[bool] = False
    stage: ClassVar[Literal["rows", "cells"]] = "cells"

    def grow(self, features: Features, scene: Scene) -> Features:
        """Change or add features before there is an outcome."""
        del scene
        return features

    def bend(self, signal: Numbers, features: Features, scene: Scene) -> Numbers:
        """Change what features say, (rows, outputs); row by row, from what is recorded in ``features``."""
        del features, scene
        return signal

    def widen(self, spread: Numbers, features: Features, scene: Scene) -> Numbers:
        """Change a number's standard deviation around its mean, (rows,)."""
        del features, scene
        return spread

    def unseen(self, features: Features, scene: Scene) -> tuple[Numbers, float] | None:
        """What nobody can know of a new row and moves its outcome: its values (rows,), and their standard deviation.

        They are normal around 0 and are added to what features say of the first output.
        """
        del features, scene
        return None

    def posterior(self, scene: Scene) -> dict[int, Numbers]:
        """Column place → equally likely values (nodes,) of a cell that went missing though the law reads it."""
        del scene
        return {}

    def sow(self, draft: Draft, scene: Scene) -> Draft:
        """Change the rows of a table, after the outcome. Marks the rows it touched with ``scene.key``."""
        del scene
        return draft

    def decision_time(self, draft: Draft, scene: Scene) -> Draft:
        """Give rows at the moment of decision the same columns as a table has, with what is known by then."""
        del scene
        return draft

    def relabel(self, outcome: Outcome, scene: Scene) -> Outcome | None:
        """The distribution of the targets as recorded after this plant; None where it is not known exactly."""
        del scene
        return outcome

    def leaks(self, scene: Scene) -> tuple[str, ...]:
        """Columns that know the target because they came after it, or through how the table was made."""
        del scene
        return ()

    def inside(self, features: Features, scene: Scene) -> Flags | None:
        """Which rows are in the slice that this plant makes different, (rows,); None where it makes none."""
        del features, scene
        return None

    @abstractmethod
    def facts(self, scene: Scene) -> dict[str, Any]:
        """What is true because of this plant, as JSON: columns, thresholds, amounts. Rows are added by the world."""
