"""Leak 4: row order and identifier: the table was sorted by what is to be told, and then numbered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import numpy as np

from journeyman.simulation.draft import Draft, Scene
from journeyman.simulation.plants.leaks.leak import Leak


@dataclass(frozen=True, kw_only=True)
class RowOrder(Leak):
    """Rows in the order of the target's rank, disturbed by 100, 30 or 2 % of the table's length; then numbered.

    New rows are numbered on from the table's last, in no order.
    """

    stage: ClassVar[Literal["rows", "cells"]] = "rows"
    column: str = "record"

    def sow(self, draft: Draft, scene: Scene) -> Draft:
        """Sort the rows and number them."""
        random = scene.random()
        # Rows of one class are in random order.
        rank = np.lexsort((random.uniform(size=draft.rows), draft.truth)).argsort() / max(1, draft.rows)
        order = np.argsort(rank + self._disturbed() * random.standard_normal(draft.rows))
        return draft.take(order).beside(self.column, 1000.0 + np.arange(draft.rows))

    def decision_time(self, draft: Draft, scene: Scene) -> Draft:
        """Numbers after the table's."""
        return draft.beside(self.column, 1000.0 + scene.table_rows + np.arange(draft.rows))

    def leaks(self, scene: Scene) -> tuple[str, ...]:
        """The numbers."""
        del scene
        return (self.column,)

    def facts(self, scene: Scene) -> dict[str, Any]:
        """The numbers, and that the order of rows tells as much."""
        del scene
        return {"columns": [self.column], "row_order": True, "disturbed": self._disturbed()}

    def _disturbed(self) -> float:
        return self.of(1.0, 0.3, 0.02)
