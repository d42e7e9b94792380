"""Capacity: only so many cases can be acted on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from journeyman.simulation.company.part import Cases, Part
from journeyman.simulation.company.payoffs import promises_of
from journeyman.simulation.draft import Scene


@dataclass(frozen=True, kw_only=True)
class Capacity(Part):
    """So many actions a ``volume`` of cases; needs payoffs.

    The best rule acts where acting promises most, and never where it promises a loss.
    """

    turn: ClassVar[int] = 2
    actions: int = 100
    volume: int = 1000

    def wrap(self, cases: Cases, scene: Scene) -> Cases:
        """Nothing changes in the cases."""
        del scene
        promises_of(cases)
        return cases

    def facts(self, table: Cases, many: Cases, scene: Scene) -> dict[str, Any]:
        """The price of an action (the promise above which there is capacity), and payoffs per 1,000 cases.

        ``best``: of the best rule within capacity; ``by_chance``: of as many actions on cases drawn by chance.
        """
        del table, scene
        promises, _ = promises_of(many)
        share = min(1.0, self.actions / self.volume)
        price = max(0.0, float(np.quantile(promises, 1 - share)))
        # Over ties at the price the last places go by chance.
        above, at = promises > price, (promises == price) & (price > 0)
        left = max(0.0, share - float(above.mean()))
        part = min(1.0, left / float(at.mean())) if at.any() else 0.0
        best = float((promises * (above + part * at)).mean())
        return {
            "columns": [],
            "share": share,
            "price": price,
            "per_thousand": {"best": 1000 * best, "by_chance": 1000 * share * float(promises.mean())},
        }
