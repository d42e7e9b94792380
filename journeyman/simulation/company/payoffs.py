"""Payoffs: what acting is worth, and what the best rule, everybody, nobody and today's policies earn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np

from journeyman.simulation.company.part import Cases, Part
from journeyman.simulation.draft import Scene
from journeyman.table.columns import Numbers

#: Spread of the logarithm of the amounts of single rows.
_SPREAD = 0.6


@dataclass(frozen=True, kw_only=True)
class Payoffs(Part):
    """Acting is worth ``right`` where the last class comes true, ``wrong`` (below 0) elsewhere; not acting is worth 0.

    ``per_row``: a column ``amount`` (log-normal around ``right``, independent of the outcome) says what acting is
    worth on this row where it is right. Numbers: acting is worth the number that comes, less ``cost``; ``per_row``,
    less the row's ``amount`` (its spread around ``cost`` is 1).
    """

    turn: ClassVar[int] = 1
    right: float = 3.0
    wrong: float = -2.0
    cost: float = 0.0
    per_row: bool = False
    column: str = "amount"

    def wrap(self, cases: Cases, scene: Scene) -> Cases:
        """Write the amounts; what acting promises by the law, and what it came to."""
        random, draft = scene.random(), cases.draft
        normal = random.standard_normal(draft.rows)
        if scene.labels:
            amount = self.right * np.exp(_SPREAD * normal) if self.per_row else np.full(draft.rows, self.right)
            chance, came = draft.outcome.best[:, -1], draft.truth == len(scene.labels) - 1
            promises, gains = chance * amount + (1 - chance) * self.wrong, np.where(came, amount, self.wrong)
        else:
            amount = self.cost + normal if self.per_row else np.full(draft.rows, self.cost)
            promises, gains = draft.outcome.best[:, 0] - amount, draft.truth - amount
        cases = cases.beside(self.column, amount) if self.per_row else cases
        return replace(cases, promises=promises, gains=gains)

    def facts(self, table: Cases, many: Cases, scene: Scene) -> dict[str, Any]:
        """The gain as it is written, and payoffs per 1,000 cases: of the best rule, all, none, and today's policies.

        Exact given the cases; that of people who know more than the table is what their cases came to.
        """
        del table
        promises, gains = promises_of(many)
        per_thousand = {"best": np.maximum(promises, 0.0), "all": promises, "none": 0 * promises}
        for name, acts in many.policies.items():
            per_thousand[name] = np.where(acts, gains if name in many.informed else promises, 0.0)
        return {
            "columns": [self.column] if self.per_row else [],
            "gain": self._gain(scene),
            "per_thousand": {name: 1000 * float(one.mean()) for name, one in per_thousand.items()},
            "best_acts": float((promises > 0).mean()),
        }

    def _gain(self, scene: Scene) -> str:
        if not scene.labels:
            return f"act=actual-{self.column}" if self.per_row else f"act=actual{-self.cost:+}"
        right: Any = self.column if self.per_row else self.right
        last = len(scene.labels) - 1
        return ", ".join(
            f"act:{label}={right if one == last else self.wrong}" for one, label in enumerate(scene.labels)
        )


def promises_of(cases: Cases) -> tuple[Numbers, Numbers]:
    """What acting promises by the law, and what it came to, each (rows,).

    Raises
    ------
    ValueError : the company has no payoffs
    """
    if cases.promises is None or cases.gains is None:
        raise ValueError("capacity needs payoffs: add the part 'payoffs' to the company")
    return cases.promises, cases.gains
