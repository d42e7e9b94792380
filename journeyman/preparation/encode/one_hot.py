"""Each level becomes a 0/1 column."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

import numpy as np

from journeyman.plan import needs
from journeyman.plan.graph import DOUBLE, Graph, Wires
from journeyman.plan.step import State, Step
from journeyman.plan.target import Target
from journeyman.preparation.encode.levels import (
    Levels,
    codes,
    express_places,
    frequent_levels,
    pack_levels,
    starts,
    unpack_levels,
)
from journeyman.preparation.made_names import made_names
from journeyman.table.columns import MISSING_WORD, Columns


class OneHot(Step):
    """One 0/1 column a level.

    For linear models and networks. Columns are named ``"<name> = <level>"`` (or ``"<name> is missing"``) and stand
    behind the other numbers. Missing is a level of its own where training held it. A word that training did not hold,
    missing where training held none, and levels beyond the ``maximum`` most frequent ones are 0 in every column.

    Parameters
    ----------
    maximum : the most levels of one column that get a column
    """

    answers: ClassVar[str] = needs.WORDS_AS_INDICATORS

    maximum: int = 200

    def fit(self, columns: Columns, target: Target) -> State:
        """State: the packed levels of each word column."""
        columns = columns.without_texts()
        return pack_levels([frequent_levels(column)[: self.maximum] for column in columns.words])

    def apply(self, state: State, columns: Columns) -> Columns:
        """Set one 1 a row and column where the level is known."""
        columns = columns.without_texts()
        levels = unpack_levels(state)
        indicators = np.zeros((columns.rows, sum(map(len, levels))))
        start = 0
        for column, known in zip(columns.words, levels, strict=True):
            found = codes(column, known)
            rows = np.flatnonzero(found < len(known))
            indicators[rows, start + found[rows]] = 1.0
            start += len(known)
        return replace(
            columns,
            numbers=np.hstack([columns.numbers, indicators]),
            number_names=columns.number_names + made_names(_names(columns.word_names, levels), columns.names),
            words=(),
            word_names=(),
        )

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """Each indicator compares its column's place with its level's."""
        wires = graph.without_texts(wires)
        levels = unpack_levels(state)
        numbers = wires.numbers
        if any(levels):
            found = express_places(graph, wires, levels)
            column = [number for number, known in enumerate(levels) for _ in known]
            own = [
                place
                for known, start in zip(levels, starts(levels)[:-1], strict=True)
                for place in range(start, start + len(known))
            ]
            spread = graph.pick(found, column, len(levels))
            same = graph.add("Equal", spread, graph.constant(own, np.int64))
            numbers = graph.join(numbers, graph.add("Cast", same, to=DOUBLE))
        return replace(
            wires,
            numbers=numbers,
            number_names=wires.number_names + made_names(_names(wires.word_names, levels), wires.names),
            words="",
            word_names=(),
        )


def _names(names: tuple[str, ...], levels: Levels) -> tuple[str, ...]:
    return tuple(_name(name, level) for name, known in zip(names, levels, strict=True) for level in known)


def _name(name: str, level: str) -> str:
    # Words of our own ("missing", "rare") begin with U+001F, which no cell can hold.
    return f"{name} is {level[1:]}" if level.startswith(MISSING_WORD[0]) else f"{name} = {level}"
