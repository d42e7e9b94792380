"""Levels of word columns: which were known in training, and each cell's place in a table with one row a level.

The tables of all word columns are stacked: for each column one row a level, then one for every other word. So a block
of words becomes a block of places, and whatever an encoder gives is read off one stacked table, here and in the graph.

Texts are no levels. What is left of them where words are encoded goes, so that no whole text is ever in a model.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import numpy as np

from journeyman.plan.graph import Graph, Wires
from journeyman.plan.step import State, text_array, words_of
from journeyman.table.columns import MISSING_WORD, Integers, Strings

Levels = tuple[tuple[str, ...], ...]


def frequent_levels(column: Strings) -> tuple[str, ...]:
    """The levels that occur, most frequent first; equally frequent ones in order of their letters."""
    counts = column.counts()
    there = np.flatnonzero(counts).tolist()
    return tuple(column.levels[place] for place in sorted(there, key=lambda one: (-counts[one], column.levels[one])))


def pack_levels(levels: Sequence[Sequence[str]]) -> dict[str, np.ndarray]:
    """Levels as arrays: ``levels`` (the words, column after column) and ``widths`` (columns,) int64."""
    return {
        "levels": text_array([word for column in levels for word in column]),
        "widths": np.array([len(column) for column in levels], np.int64),
    }


def unpack_levels(state: State) -> Levels:
    """The levels that `pack_levels` packed, one tuple a column."""
    words = words_of(state["levels"])
    ends = np.cumsum(state["widths"]).tolist()
    return tuple(words[start:end] for start, end in zip([0, *ends], ends, strict=False))


def starts(levels: Levels) -> list[int]:
    """Where each column's rows begin in a stacked table, and at the end its length."""
    return [0, *accumulate(len(column) + 1 for column in levels)]


def codes(column: Strings, levels: Sequence[str]) -> Integers:
    """Each cell's place among levels, (rows,); ``len(levels)`` for every other word. Work is done per level."""
    index = {level: place for place, level in enumerate(levels)}
    places = [index.get(level, len(levels)) for level in column.levels] or [0]
    return np.array(places, np.int64)[column.codes]


def places(words: Sequence[Strings], levels: Levels, rows: int) -> Integers:
    """Each cell's place in a stacked table, (rows, columns)."""
    found = np.empty((rows, len(levels)), np.int64)
    for number, (column, known, start) in enumerate(zip(words, levels, starts(levels)[:-1], strict=True)):
        found[:, number] = codes(column, known) + start
    return found


def express_places(graph: Graph, wires: Wires, levels: Levels) -> str:
    """The twin of `places`: words (N, columns) → int64 (N, columns)."""
    found = []
    for number, (known, start) in enumerate(zip(levels, starts(levels)[:-1], strict=True)):
        # An encoder with no keys is not allowed; a key with the default's value changes nothing.
        found.append(
            graph.add(
                "LabelEncoder",
                graph.pick(wires.words, [number], len(levels)),
                domain="ai.onnx.ml",
                keys_strings=list(known) or [MISSING_WORD],
                values_int64s=list(range(start, start + len(known))) or [start],
                default_int64=start + len(known),
            )
        )
    return graph.join(*found)
