"""A number beside the others of its group: the group's mean, and the number's difference from it, ratio and place.

A group is all training rows with the same code of a key. Its mean and spread are drawn towards those of all rows, as if
so many rows of the whole were among it; a group that training did not hold has those of all rows.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from journeyman.plan.graph import Graph, Wires
from journeyman.preparation.derive.arithmetic import LARGEST, express_held
from journeyman.table.columns import Integers, Numbers

#: What is told of a number and its group, in the order of its number in a recipe.
MEAN, DIFFERENCE, RATIO, PLACE = range(4)
HOW = ("mean by", "less the mean by", "over the mean by", "place within")
#: How many rows of the whole count towards a group.
_DRAWN = 3.0


def group_table(codes: Integers, size: int, numbers: Numbers) -> Numbers:
    """Mean and spread of a number in each group, (size, 2); of a number that is always missing, 0 and 1."""
    there = ~np.isnan(numbers)
    held = np.clip(numbers[there], -np.sqrt(LARGEST), np.sqrt(LARGEST))
    if not len(held):
        return np.tile([0.0, 1.0], (size, 1))
    with np.errstate(over="ignore"):
        mean, spread = float(held.mean()), float(held.std())
        count = np.bincount(codes[there], minlength=size)
        means = mean + np.bincount(codes[there], weights=held - mean, minlength=size) / (count + _DRAWN)
        squares = np.bincount(codes[there], weights=(held - means[codes[there]]) ** 2, minlength=size)
        spreads = np.sqrt((squares + _DRAWN * spread**2) / (count + _DRAWN))
    usable = np.isfinite(spreads) & (spreads > 0)
    return np.column_stack([means, np.where(usable, spreads, spread if np.isfinite(spread) and spread > 0 else 1.0)])


def relative(how: int, numbers: Numbers, mean: Numbers, spread: Numbers) -> Numbers:
    """What a recipe tells of each row; missing where the number is, and where it cannot be a number."""
    with np.errstate(all="ignore"):
        if how == MEAN:
            return mean
        done = numbers / mean if how == RATIO else numbers - mean
        if how == PLACE:
            done = done / spread
        return np.asarray(np.where(np.abs(done) < LARGEST, done, np.nan))


def express_relative(graph: Graph, how: int, number: str, code: str, table: Numbers) -> str:
    """The twin of `relative`, behind the look-up of the group: (N, 1)."""
    mean = graph.add("Gather", graph.constant(table[:, 0]), code, axis=0)
    if how == MEAN:
        return mean
    done = graph.add("Div" if how == RATIO else "Sub", number, mean)
    if how == PLACE:
        done = graph.add("Div", done, graph.add("Gather", graph.constant(table[:, 1]), code, axis=0))
    return express_held(graph, done)


def relative_columns(
    recipes: Integers, tables: Numbers, sizes: Sequence[int], codes: Sequence[Integers], numbers: Numbers
) -> Numbers:
    """All recipes (how, key, number), (rows, recipes); their tables stand behind one another."""
    made = np.empty((len(numbers), len(recipes)))
    start = 0
    for place, (how, key, number) in enumerate(recipes.tolist()):
        table = tables[start : start + sizes[key]]
        start += sizes[key]
        group = table[codes[key]]
        made[:, place] = relative(how, numbers[:, number], group[:, 0], group[:, 1])
    return made


def express_relative_columns(
    graph: Graph, wires: Wires, recipes: Integers, tables: Numbers, sizes: Sequence[int], codes: Sequence[str]
) -> str:
    """The twin of `relative_columns`."""
    parts, start = [], 0
    for how, key, number in recipes.tolist():
        cell = graph.pick(wires.numbers, [number], len(wires.number_names))
        parts.append(express_relative(graph, how, cell, codes[key], tables[start : start + sizes[key]]))
        start += sizes[key]
    return graph.join(*parts)
