"""Leak 8: an aggregate of the target: a column holds its group's mean outcome, the row's own among them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from journeyman.simulation.draft import Draft, Scene
from journeyman.simulation.plants.leaks.leak import Leak, as_numbers
from journeyman.table.columns import Integers, Numbers


@dataclass(frozen=True, kw_only=True)
class Aggregate(Leak):
    """Groups of 20, 5 or 2 rows on average, drawn by chance, and their mean outcome, rounded by nothing.

    The group means nothing. New rows are of the same groups and get the mean of the table's rows (of the whole table
    where their group has none): it knows nothing of them.
    """

    group: str = "branch"
    column: str = "branch_average"

    def sow(self, draft: Draft, scene: Scene) -> Draft:
        """Write the groups and their means."""
        groups = self._drawn(draft.rows, scene, "groups")
        return self._written(draft, groups, self._means(groups, as_numbers(draft.truth, scene), scene))

    def decision_time(self, draft: Draft, scene: Scene) -> Draft:
        """The means of the table's rows."""
        table = scene.table()
        known = np.array([int(str(cell).rpartition(" ")[2]) for cell in table.columns[self.group]], dtype=np.int64)
        means = self._means(known, as_numbers(table.truth, scene), scene)
        return self._written(draft, self._drawn(draft.rows, scene, "groups"), means)

    def leaks(self, scene: Scene) -> tuple[str, ...]:
        """The means."""
        del scene
        return (self.column,)

    def facts(self, scene: Scene) -> dict[str, Any]:
        """The means, the groups, and how many there are."""
        return {"columns": [self.column], "group": self.group, "groups": self._count(scene)}

    def _count(self, scene: Scene) -> int:
        return max(1, round(scene.table_rows / self.of(20, 5, 2)))

    def _drawn(self, rows: int, scene: Scene, purpose: str) -> Integers:
        return scene.random(purpose).integers(0, self._count(scene), rows)

    def _means(self, groups: Integers, values: Numbers, scene: Scene) -> Numbers:
        """The mean of each group, (groups,)."""
        count = self._count(scene)
        rows = np.bincount(groups, minlength=count)
        overall = float(values.mean()) if len(values) else 0.0
        return np.where(rows > 0, np.bincount(groups, values, count) / np.maximum(rows, 1), overall)

    def _written(self, draft: Draft, groups: Integers, means: Numbers) -> Draft:
        names = np.array([f"{self.group} {one}" for one in range(len(means))], dtype=object)
        return draft.beside(self.group, names[groups].tolist()).beside(self.column, means[groups])
