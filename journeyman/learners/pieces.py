"""Numbers as how far they have come through each piece of their range: what lets a network bend where it must."""

from __future__ import annotations

import numpy as np

from journeyman.plan.graph import Graph
from journeyman.plan.step import State
from journeyman.table.columns import Numbers

#: Numbers are held this close to 0 before anything is made of them: a scaled number lies well within.
HELD = 20.0


def learn_pieces(numbers: Numbers, most: int, most_in_all: int) -> dict[str, Numbers]:
    """State of `in_pieces`: ``source``, places of columns; ``low`` and ``width``, one for each piece.

    Pieces end at quantiles; a column of few distinct values has a piece between each two of them, and one of two values
    has none.

    Source: Gorishniy, Rubachev, Babenko, On Embeddings for Numerical Features in Tabular Deep Learning, NeurIPS 2022.

    Parameters
    ----------
    numbers : (rows, columns), no NaN, of like scales
    most : the most pieces of one column
    most_in_all : the most pieces of all columns
    """
    near = np.clip(numbers, -HELD, HELD)
    distinct = [np.unique(column) for column in near.T]
    bent = [place for place, values in enumerate(distinct) if len(values) > 2]
    most = min(most, most_in_all // max(len(bent), 1))
    source, low, width = [], [], []
    for place in bent if most > 1 else []:
        values = distinct[place]
        ends = values
        if len(values) > most + 1:
            ends = np.unique(np.quantile(near[:, place], np.linspace(0.0, 1.0, most + 1)))
        wide = np.diff(ends) > 1e-6  # a narrower piece would blow rounding up
        source += [place] * int(wide.sum())
        low.append(ends[:-1][wide])
        width.append(np.diff(ends)[wide])
    return {
        "source": np.array(source, np.int64),
        "low": np.concatenate([np.zeros(0), *low]),
        "width": np.concatenate([np.zeros(0), *width]),
    }


def held(numbers: Numbers) -> Numbers:
    """NaN as 0, and nothing far off."""
    return np.clip(np.nan_to_num(numbers), -HELD, HELD)


def express_held(graph: Graph, numbers: str) -> str:
    """The same as nodes."""
    filled = graph.add("Where", graph.add("IsNaN", numbers), graph.constant(0.0), numbers)
    return graph.add("Clip", filled, graph.constant(-HELD), graph.constant(HELD))


def in_pieces(state: State, numbers: Numbers) -> Numbers:
    """The numbers, `held`, and behind them each piece: −½ below it, ½ above it, a line between."""
    near = held(numbers)
    through = np.clip((near[:, state["source"]] - state["low"]) / state["width"], 0.0, 1.0) - 0.5
    return np.hstack([near, through])


def express_in_pieces(state: State, graph: Graph, numbers: str, columns: int) -> str:
    """The same as nodes."""
    near = express_held(graph, numbers)
    if not len(state["source"]):
        return near
    through = graph.pick(near, state["source"].tolist(), columns)
    through = graph.add("Sub", through, graph.constant(state["low"]))
    through = graph.add("Div", through, graph.constant(state["width"]))
    through = graph.add("Clip", through, graph.constant(0.0), graph.constant(1.0))
    return graph.join(near, graph.add("Sub", through, graph.constant(0.5)))
