"""Columns as keys: each cell has a small whole number, its code, here and in the graph.

A word's code is its level's place among the most frequent ones, and one more stands for every other word. A number's
code says how many edges are not above it, and one more stands for missing: of a column of few distinct numbers each has
a code of its own. Or it is that of its value, where values come again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from journeyman.plan.graph import INT64, Graph, Wires
from journeyman.plan.step import State
from journeyman.preparation.derive.values import around, express_value_codes, value_codes, values_that_recur
from journeyman.preparation.encode.levels import codes, frequent_levels, pack_levels, unpack_levels
from journeyman.table.columns import MISSING_WORD, Columns, Integers, Numbers, Strings

#: Most levels of a word that have a code of their own; up to so many distinct numbers each has one; else so many bins.
_MOST_LEVELS, _FEW_NUMBERS, _BINS = 200, 24, 10
#: Rows that the edges of a number are learnt from at most.
_ROWS_FOR_EDGES = 20_000


@dataclass(frozen=True)
class Key:
    """How one column is read as a key.

    Parameters
    ----------
    place : of the column, in the block of words or of numbers
    levels : of a word; None for a number
    edges : of a number, rising; none for a word
    is_value : whether the edges stand around values of a number, two for each
    is_exact : whether each level or number that is kept has a code of its own, so that rows of a code are a group
    pooled : how many levels of the training rows share the code of every other word; 1 where none does
    """

    place: int
    levels: tuple[str, ...] | None
    edges: Numbers
    is_value: bool = False
    is_exact: bool = True
    pooled: int = 1

    @property
    def size(self) -> int:
        """How many codes there are."""
        if self.levels is not None:
            return len(self.levels) + 1
        return (len(self.edges) // 2 if self.is_value else len(self.edges)) + 2

    def codes(self, columns: Columns) -> Integers:
        """Each row's code, (rows,) int64."""
        if self.levels is not None:
            return codes(columns.words[self.place], self.levels)
        read = value_codes if self.is_value else number_codes
        return read(columns.numbers[:, self.place], self.edges)

    def express(self, graph: Graph, wires: Wires) -> str:
        """The twin of `codes`, (N, 1) int64."""
        if self.levels is not None:
            return graph.add(
                "LabelEncoder",
                graph.pick(wires.words, [self.place], len(wires.word_names)),
                domain="ai.onnx.ml",
                # An encoder with no keys is not allowed; a key with the default's value changes nothing.
                keys_strings=list(self.levels) or [MISSING_WORD],
                values_int64s=list(range(len(self.levels))) or [0],
                default_int64=len(self.levels),
            )
        cell = graph.pick(wires.numbers, [self.place], len(wires.number_names))
        if self.is_value:
            return express_value_codes(graph, cell, self.edges)
        gone = graph.constant([[len(self.edges) + 1]], np.int64)
        if len(self.edges):
            above = graph.add("GreaterOrEqual", cell, graph.constant(self.edges[None, :]))
            whole = graph.add("Cast", above, to=INT64)
            found = graph.add("ReduceSum", whole, graph.constant([1], np.int64), keepdims=1)
        else:
            found = graph.constant([[0]], np.int64)
        return graph.add("Where", graph.add("IsNaN", cell), gone, found)


def word_key(place: int, column: Strings) -> Key:
    """A word column as a key, missing being a level where there is any."""
    levels = frequent_levels(column)
    return Key(place, levels[:_MOST_LEVELS], np.empty(0), pooled=max(1, len(levels) - _MOST_LEVELS))


def number_key(place: int, numbers: Numbers) -> Key:
    """A number as a key: by its distinct numbers where they are few, else by bins of like many rows."""
    step = -(-len(numbers) // _ROWS_FOR_EDGES) or 1
    there = numbers[::step]
    there = there[~np.isnan(there)]
    distinct = np.unique(there)
    if len(distinct) <= _FEW_NUMBERS:
        return Key(place, None, distinct[1:] + 0.0)
    middles = np.quantile(there, np.arange(1, _BINS) / _BINS, method="inverted_cdf")
    return Key(place, None, np.unique(middles) + 0.0, is_exact=False)


def value_key(place: int, numbers: Numbers) -> Key | None:
    """A number as a key by its values that come again; None where they are few, or hardly any comes again."""
    values, others = values_that_recur(numbers)
    if len(values) <= _FEW_NUMBERS:
        return None
    return Key(place, None, around(values), is_value=True, pooled=max(1, others))


def number_codes(numbers: Numbers, edges: Numbers) -> Integers:
    """How many edges are not above each number, (rows,) int64; missing is ``len(edges) + 1``."""
    found = np.searchsorted(edges, numbers, side="right")
    return np.where(np.isnan(numbers), len(edges) + 1, found).astype(np.int64)


def pack_keys(keys: Sequence[Key]) -> dict[str, np.ndarray]:
    """Keys as arrays.

    ``key_places``, ``key_is_word``, ``key_is_value``, ``key_widths`` of edges, (keys,) each; ``key_edges``; levels.
    """
    edges = [key.edges for key in keys]
    return {
        "key_places": np.array([key.place for key in keys], np.int64),
        "key_is_word": np.array([key.levels is not None for key in keys], np.bool_),
        "key_is_value": np.array([key.is_value for key in keys], np.bool_),
        "key_widths": np.array([len(one) for one in edges], np.int64),
        "key_edges": np.concatenate([np.empty(0), *edges]),
        **pack_levels([key.levels or () for key in keys]),
    }


def unpack_keys(state: State) -> tuple[Key, ...]:
    """The keys that `pack_keys` packed; what else is known matters only where they are made."""
    ends = np.cumsum(state["key_widths"]).tolist()
    edges = [state["key_edges"][start:end] for start, end in zip([0, *ends], ends, strict=False)]
    kinds = state["key_is_word"].tolist(), state["key_is_value"].tolist()
    parts = zip(state["key_places"].tolist(), *kinds, unpack_levels(state), edges, strict=True)
    return tuple(
        Key(place, levels if is_word else None, own, is_value=is_value)
        for place, is_word, is_value, levels, own in parts
    )
