"""Each word column becomes one column of level numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

import numpy as np

from journeyman.plan import needs
from journeyman.plan.graph import Graph, Wires
from journeyman.plan.step import State, Step
from journeyman.plan.target import Target
from journeyman.preparation.encode.levels import (
    Levels,
    express_places,
    frequent_levels,
    pack_levels,
    places,
    unpack_levels,
)
from journeyman.table.columns import Columns, Numbers


class Ordinal(Step):
    """Level numbers.

    For trees, which split them by set membership or by order. The numbers have the words' names and stand behind the
    other numbers. Levels are numbered 0, 1, … by falling frequency in training. Missing is a level of its own where
    training held it; where it did not, missing gives NaN, and so does every word that training did not hold.
    """

    answers: ClassVar[str] = needs.WORDS_AS_CODES

    def fit(self, columns: Columns, target: Target) -> State:
        """State: the packed levels of each word column."""
        columns = columns.without_texts()
        return pack_levels([frequent_levels(column) for column in columns.words])

    def apply(self, state: State, columns: Columns) -> Columns:
        """Read the numbers off the table."""
        columns = columns.without_texts()
        levels = unpack_levels(state)
        numbers = _table(levels)[places(columns.words, levels, columns.rows)]
        return replace(
            columns,
            numbers=np.hstack([columns.numbers, numbers]),
            number_names=columns.number_names + columns.word_names,
            words=(),
            word_names=(),
            code_names=columns.code_names + columns.word_names,
        )

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """LabelEncoder per column, then one Gather."""
        wires = graph.without_texts(wires)
        if not wires.word_names:
            return wires
        levels = unpack_levels(state)
        numbers = graph.add("Gather", graph.constant(_table(levels)), express_places(graph, wires, levels), axis=0)
        return replace(
            wires,
            numbers=graph.join(wires.numbers, numbers),
            number_names=wires.number_names + wires.word_names,
            words="",
            word_names=(),
        )


def _table(levels: Levels) -> Numbers:
    """Stacked: each level's number, and NaN for every other word."""
    parts = [np.append(np.arange(len(known), dtype=np.float64), np.nan) for known in levels]
    return np.concatenate(parts) if parts else np.empty(0)
