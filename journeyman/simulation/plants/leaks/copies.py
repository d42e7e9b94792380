"""Leak 7: duplicates across a split: a model is asked about rows that it has learnt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from journeyman.simulation.draft import Draft, Scene
from journeyman.simulation.plants.duplicates import Duplicates
from journeyman.simulation.plants.leaks.leak import Leak


@dataclass(frozen=True, kw_only=True)
class Copies(Leak):
    """10, 30 or 60 % of the rows are copies of the others, target included; new rows have none."""

    stage: ClassVar[Literal["rows", "cells"]] = "rows"

    def sow(self, draft: Draft, scene: Scene) -> Draft:
        """Replace rows by copies."""
        return Duplicates(share=self._share()).sow(draft, scene)

    def facts(self, scene: Scene) -> dict[str, Any]:
        """That all columns are copied, and how many rows."""
        del scene
        return {"columns": [], "share": self._share()}

    def _share(self) -> float:
        return self.of(0.1, 0.3, 0.6)
