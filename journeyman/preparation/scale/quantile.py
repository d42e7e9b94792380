"""Numbers are replaced by the normal score of their rank."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from journeyman.plan import needs
from journeyman.plan.curves import Curves
from journeyman.plan.graph import Graph, Wires
from journeyman.plan.step import State, Step
from journeyman.plan.target import Target
from journeyman.preparation.scale.some import express_replaced, is_measure, replaced
from journeyman.table.columns import Columns, Numbers

#: No more reference points than this in all, so that wide tables have small models.
_MOST_POINTS = 60_000


class Quantile(Step):
    """Normal scores of ranks.

    For networks and neighbours, to which only the order of numbers should matter. A number becomes the point of the
    standard normal distribution that has as much of it below as training has below the number; straight lines between
    ``points`` training quantiles, held at the least and largest training number. Columns with at most ``few`` distinct
    numbers and level codes stay as they are. Missing stays missing.

    Parameters
    ----------
    points : the most reference points of one column
    few : up to so many distinct numbers a column stays as it is
    """

    answers: ClassVar[str] = needs.RANKED

    points: int = 200
    few: int = 10

    def fit(self, columns: Columns, target: Target) -> State:
        """State: ``ranked`` places of the columns that change, int64; their curves."""
        points = min(self.points, max(_MOST_POINTS // max(columns.numbers.shape[1], 1), 20))
        ranked, curves = [], []
        for place in np.flatnonzero(is_measure(columns)).tolist():
            column = columns.numbers[:, place]
            curve = rank_curve(column[~np.isnan(column)], points)
            if len(curve[0]) > self.few:
                ranked.append(place)
                curves.append(curve)
        return {"ranked": np.array(ranked, np.int64), **Curves.of(curves).state()}

    def apply(self, state: State, columns: Columns) -> Columns:
        """Read the scores off the curves."""
        if not len(state["ranked"]):
            return columns
        changed = Curves.from_state(state).apply(columns.numbers[:, state["ranked"]])
        return columns.with_numbers(replaced(columns.numbers, state["ranked"], changed), columns.number_names)

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """The same curves."""
        some = graph.pick(wires.numbers, state["ranked"].tolist(), len(wires.number_names))
        if not some:
            return wires
        changed = Curves.from_state(state).express(graph, some)
        return express_replaced(graph, wires, state["ranked"], changed)


def rank_curve(numbers: Numbers, points: int) -> tuple[Numbers, Numbers]:
    """Some of the distinct numbers, and the normal score of each one's middle rank.

    All distinct numbers where they are few enough; else those at evenly spaced ranks, so that a number that is
    frequent is always among them.

    Parameters
    ----------
    numbers : at least one, none missing
    points : the most points that the curve may have
    """
    from scipy.special import ndtri

    distinct, counts = np.unique(numbers, return_counts=True)
    ends = np.cumsum(counts)
    chosen = np.arange(len(distinct))
    if len(distinct) > points:
        ranks = np.linspace(0, len(numbers) - 1, points)
        chosen = np.unique(np.searchsorted(ends, ranks, side="right"))
    middles = (ends - 0.5 * counts)[chosen] / len(numbers)
    return distinct[chosen] + 0.0, np.asarray(ndtri(middles), np.float64)
