"""Some of the numbers changed, the others left as they are and where they are."""

from __future__ import annotations

import numpy as np

from journeyman.plan.graph import Graph, Wires
from journeyman.table.columns import Columns, Flags, Integers, Numbers


def is_measure(columns: Columns) -> Flags:
    """Which numbers are more than names: no level codes, and training holds more than two values of them."""
    numbers = columns.numbers
    there = ~np.isnan(numbers)
    low = numbers.min(axis=0, initial=np.inf, where=there)
    high = numbers.max(axis=0, initial=-np.inf, where=there)
    between = ((numbers > low) & (numbers < high)).any(axis=0)
    codes = set(columns.code_names)
    return np.asarray(between & np.array([name not in codes for name in columns.number_names], bool))


def replaced(numbers: Numbers, places: Integers, changed: Numbers) -> Numbers:
    """A block with other numbers, (rows, len(places)), at some places."""
    result = numbers.copy()
    result[:, places] = changed
    return result


def express_replaced(graph: Graph, wires: Wires, places: Integers, changed: str) -> Wires:
    """The twin of `replaced`."""
    width = len(wires.number_names)
    order = np.arange(width)
    order[places] = width + np.arange(len(places))
    if len(places) == width:
        return graph.with_numbers(wires, graph.pick(changed, (order - width).tolist(), width), wires.number_names)
    both = graph.join(wires.numbers, changed)
    return graph.with_numbers(wires, graph.pick(both, order.tolist(), width + len(places)), wires.number_names)
