"""Arithmetic of two numbers: difference, sum, product and ratio."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from journeyman.plan.graph import Graph, Wires
from journeyman.table.columns import Integers, Numbers

#: What is done, in the order of its number in a recipe, and how it is written in names.
OPERATORS = ("Sub", "Add", "Mul", "Div")
SIGNS = ("minus", "plus", "times", "over")
#: Results beyond are missing, as are divisions by zero: no number is infinite.
LARGEST = 1e300


def arithmetic_candidates(places: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Recipes (operator, first, second) of each two of some columns, those named first first."""
    for second, first in combinations(range(len(places)), 2):
        for operator in range(len(OPERATORS)):
            yield operator, places[second], places[first]


def arithmetic(operator: int, first: Numbers, second: Numbers) -> Numbers:
    """The result for each row, missing where either is, or where it cannot be a number."""
    with np.errstate(all="ignore"):
        done = (np.subtract, np.add, np.multiply, np.divide)[operator](first, second)
        return np.asarray(np.where(np.abs(done) < LARGEST, done, np.nan))


def arithmetic_columns(recipes: Integers, numbers: Numbers) -> Numbers:
    """All results, (rows, recipes)."""
    made = np.empty((len(numbers), len(recipes)))
    for place, (operator, first, second) in enumerate(recipes.tolist()):
        made[:, place] = arithmetic(operator, numbers[:, first], numbers[:, second])
    return made


def express_arithmetic(graph: Graph, wires: Wires, recipes: Integers) -> str:
    """The twin of `arithmetic_columns`: recipes of one operator are one node."""
    width = len(wires.number_names)
    parts, order = [], []
    for operator, name in enumerate(OPERATORS):
        chosen = np.flatnonzero(recipes[:, 0] == operator)
        if len(chosen):
            first, second = (graph.pick(wires.numbers, recipes[chosen, side].tolist(), width) for side in (1, 2))
            parts.append(graph.add(name, first, second))
            order += chosen.tolist()
    if not parts:
        return ""
    done = graph.pick(graph.join(*parts), np.argsort(order).tolist(), len(order))
    return express_held(graph, done)


def express_held(graph: Graph, done: str) -> str:
    """The same numbers, missing where they are too large or no numbers."""
    fits = graph.add("Less", graph.add("Abs", done), graph.constant(LARGEST))
    return graph.add("Where", fits, done, graph.constant(np.nan))


def arithmetic_names(recipes: Integers, names: Sequence[str]) -> tuple[str, ...]:
    """Names for people."""
    return tuple(f"{names[first]} {SIGNS[operator]} {names[second]}" for operator, first, second in recipes.tolist())
