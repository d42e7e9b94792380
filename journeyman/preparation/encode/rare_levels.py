"""Levels with few rows become one level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

import numpy as np

from journeyman.plan import needs
from journeyman.plan.graph import Graph, Wires
from journeyman.plan.step import State, Step
from journeyman.plan.target import Target
from journeyman.preparation.encode.levels import frequent_levels, pack_levels, unpack_levels
from journeyman.table.columns import MISSING_WORD, Columns, Strings

#: Stands for every level that is too rare. No cell can be it, as with `MISSING_WORD`.
RARE_WORD = "\x1frare"
#: Stands for words that training did not hold, in a column in which no level was rare.
UNSEEN_WORD = "\x1funseen"


class RareLevels(Step):
    """Rare levels joined.

    For every learner that would otherwise learn from a handful of rows. Levels with fewer than ``minimum`` training
    rows, and those beyond the ``maximum`` most frequent ones, become one level. A word that training did not hold
    joins them; where no level was rare it stays unseen, and what follows says what unseen means. Missing is kept.

    Parameters
    ----------
    minimum : the fewest training rows of a level that is kept
    maximum : the most levels of one column that are kept
    """

    answers: ClassVar[str] = needs.RARE_LEVELS_JOINED

    minimum: int = 5
    maximum: int = 200

    def fit(self, columns: Columns, target: Target) -> State:
        """State: the packed levels that are kept, and ``joined`` (words,) bool, whether any level was rare."""
        columns = columns.without_texts()
        kept: list[tuple[str, ...]] = []
        joined = []
        for column in columns.words:
            counts = dict(zip(column.levels, column.counts().tolist(), strict=True))
            known = [level for level in frequent_levels(column) if level != MISSING_WORD]
            enough = tuple(level for level in known[: self.maximum] if counts[level] >= self.minimum)
            kept.append(enough)
            joined.append(len(enough) < len(known))
        return {**pack_levels(kept), "joined": np.array(joined, np.bool_)}

    def apply(self, state: State, columns: Columns) -> Columns:
        """Rename levels."""
        columns = columns.without_texts()
        parts = zip(columns.words, unpack_levels(state), state["joined"].tolist(), strict=True)
        return replace(columns, words=tuple(_renamed(column, kept, joined) for column, kept, joined in parts))

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """One LabelEncoder from words to words per column."""
        wires = graph.without_texts(wires)
        renamed = []
        for number, (kept, joined) in enumerate(zip(unpack_levels(state), state["joined"].tolist(), strict=True)):
            same = [*kept, MISSING_WORD]
            renamed.append(
                graph.add(
                    "LabelEncoder",
                    graph.pick(wires.words, [number], len(wires.word_names)),
                    domain="ai.onnx.ml",
                    keys_strings=same,
                    values_strings=same,
                    default_string=RARE_WORD if joined else UNSEEN_WORD,
                )
            )
        return replace(wires, words=graph.join(*renamed))

    @classmethod
    def worth_trying(cls, columns: Columns) -> tuple[str, ...]:
        """The word columns in which a level would join others."""
        named = zip(columns.word_names, columns.words, strict=True)
        words = ((name, column) for name, column in named if name not in columns.text_names)
        return tuple(name for name, column in words if _has_rare(column, cls.minimum))


def _has_rare(column: Strings, minimum: int) -> bool:
    counts = column.counts()
    return bool(((counts > 0) & (counts < minimum)).any())


def _renamed(column: Strings, kept: Sequence[str], joined: bool) -> Strings:
    same = {*kept, MISSING_WORD}
    other = RARE_WORD if joined else UNSEEN_WORD
    index: dict[str, int] = {}
    names = (level if level in same else other for level in column.levels)
    new = [index.setdefault(name, len(index)) for name in names] or [0]
    return Strings(np.array(new, np.int32)[column.codes], tuple(index))
