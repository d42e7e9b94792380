"""The days between each two dates."""

from __future__ import annotations

from itertools import combinations
from typing import ClassVar

import numpy as np

from journeyman.plan import needs
from journeyman.plan.graph import DOUBLE, Graph, Wires
from journeyman.plan.step import State, Step
from journeyman.plan.target import Target
from journeyman.preparation.dates.calendar import DAY, express_held, held
from journeyman.preparation.made_names import made_names
from journeyman.table.columns import Columns


class Differences(Step):
    """Days between dates.

    For tables with two dates or more: how long something took is often worth more than when it was. A pair of date
    columns gives ``"<first> to <second>"``, the days from the one to the other with parts of days as a fraction.
    At most ``most`` pairs, those that are missing in the fewest training rows; pairs whose difference never varies in
    training are left out. Dates stay. Where either date is missing the difference is NaN; dates outside the years 1
    to 9999 count as the nearest inside.

    Parameters
    ----------
    most : the most pairs
    """

    answers: ClassVar[str] = needs.DATES_APART

    most: int = 15

    def fit(self, columns: Columns, target: Target) -> State:
        """State: ``pairs`` (pairs, 2), places of date columns, int64."""
        dates, missing = held(columns.dates), columns.dates_missing
        found = []
        # Many dates make very many pairs; those that are mostly missing would not be among the fewest missing anyway.
        fewest = np.argsort(missing.sum(axis=0), kind="stable")[: self.most + 1]
        for first, second in combinations(sorted(fewest.tolist()), 2):
            either = missing[:, first] | missing[:, second]
            apart = (dates[:, second] - dates[:, first])[~either]
            if len(apart) and apart.min() < apart.max():
                found.append((int(either.sum()), first, second))
        pairs = sorted((first, second) for _, first, second in sorted(found)[: self.most])
        return {"pairs": np.array(pairs, np.int64).reshape(-1, 2)}

    def apply(self, state: State, columns: Columns) -> Columns:
        """Subtract whole numbers, then divide."""
        first, second = state["pairs"].T
        dates, missing = held(columns.dates), columns.dates_missing
        days = (dates[:, second] - dates[:, first]).astype(np.float64) / DAY
        days = np.where(missing[:, first] | missing[:, second], np.nan, days)
        names = columns.number_names + made_names(_names(state, columns.date_names), columns.names)
        return columns.with_numbers(np.hstack([columns.numbers, days]), names)

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """Sub, Cast, Div."""
        if not len(state["pairs"]):
            return wires
        width = len(wires.date_names)
        first, second = state["pairs"].T.tolist()
        at = express_held(graph, wires.dates)
        apart = graph.add("Sub", graph.pick(at, second, width), graph.pick(at, first, width))
        days = graph.add("Div", graph.add("Cast", apart, to=DOUBLE), graph.constant(DAY))
        gone = wires.dates_missing
        either = graph.add("Or", graph.pick(gone, first, width), graph.pick(gone, second, width))
        days = graph.add("Where", either, graph.constant(np.nan), days)
        names = wires.number_names + made_names(_names(state, wires.date_names), wires.names)
        return graph.with_numbers(wires, graph.join(wires.numbers, days), names)


def _names(state: State, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{names[first]} to {names[second]}" for first, second in state["pairs"].tolist())
