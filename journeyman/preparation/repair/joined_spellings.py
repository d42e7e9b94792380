"""Spelling variants of a level become one level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

import numpy as np

from journeyman.plan import needs
from journeyman.plan.graph import Graph, Wires
from journeyman.plan.step import State, Step
from journeyman.plan.target import Target
from journeyman.preparation.encode.levels import frequent_levels, pack_levels, unpack_levels
from journeyman.preparation.encode.rare_levels import UNSEEN_WORD
from journeyman.table.columns import MISSING_WORD, Columns, Strings
from journeyman.table.edits import vocabulary_of
from journeyman.table.slips import crowded, slips, stars

#: So many levels of a column are known, the most frequent ones; of a column with more there is no telling.
MOST_LEVELS = 2_000


class JoinedSpellings(Step):
    """Spelling variants joined.

    For word columns in which hands slipped: a level that is one slip (a letter too many, too few, swapped, changed;
    other capitals, spaces or marks) from one that many times as many training rows hold becomes that one. How many
    times, and that short codes are left alone, is said in `journeyman.table.slips`. A word that training did not hold
    is unseen for what follows. Missing is kept; texts are left as they are.
    """

    answers: ClassVar[str] = needs.SPELLINGS_JOINED

    def fit(self, columns: Columns, target: Target) -> State:
        """State: packed levels of training, and packed ``right …``: what each becomes, mostly itself."""
        levels, right = [], []
        for name, column in zip(columns.word_names, columns.words, strict=True):
            known = () if name in columns.text_names else frequent_levels(column)
            joined = variants(column) if known else {}
            levels.append(known)
            right.append([joined.get(level, level) for level in known])
        packed = {f"right {name}": array for name, array in pack_levels(right).items()}
        return {**pack_levels(levels), **packed}

    def apply(self, state: State, columns: Columns) -> Columns:
        """Rename levels."""
        parts = zip(columns.word_names, columns.words, unpack_levels(state), unpack_levels(_right(state)), strict=True)
        words = tuple(
            column if name in columns.text_names else _renamed(column, dict(zip(known, right, strict=True)))
            for name, column, known, right in parts
        )
        return replace(columns, words=words)

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """One LabelEncoder from words to words per column."""
        if not wires.word_names:
            return wires
        renamed = []
        for place, (known, right) in enumerate(zip(unpack_levels(state), unpack_levels(_right(state)), strict=True)):
            column = graph.pick(wires.words, [place], len(wires.word_names))
            if wires.word_names[place] not in wires.text_names:
                index = {MISSING_WORD: MISSING_WORD} | dict(zip(known, right, strict=True))
                column = graph.add(
                    "LabelEncoder",
                    column,
                    domain="ai.onnx.ml",
                    keys_strings=list(index),
                    values_strings=list(index.values()),
                    default_string=UNSEEN_WORD,
                )
            renamed.append(column)
        return replace(wires, words=graph.join(*renamed))

    @classmethod
    def worth_trying(cls, columns: Columns) -> tuple[str, ...]:
        """The word columns in which there are variants."""
        named = zip(columns.word_names, columns.words, strict=True)
        return tuple(name for name, column in named if name not in columns.text_names and variants(column))


def variants(column: Strings) -> dict[str, str]:
    """Levels that are slips, each with the level that it is a slip of; the rarest first, and never in a ring.

    >>> cells = ["Female"] * 40 + ["Male"] * 40 + ["Femael", "female "]
    >>> variants(Strings.of(cells))
    {'Femael': 'Female', 'female ': 'Female'}
    """
    counts = dict(zip(column.levels, column.counts().tolist(), strict=True))
    words = {word: counts[word] for word in frequent_levels(column) if word != MISSING_WORD and word.strip()}
    if not words or len(words) > MOST_LEVELS or not any(one.isalpha() for word in words for one in word):
        return {}
    known = vocabulary_of(words)
    crowding, around = crowded(words), set(stars(words, texts=len(words), cells=sum(words.values())))
    found: dict[str, str] = {}
    for word in words:
        near = slips(word, known, crowding, around)
        if near:
            found[word] = max(near, key=lambda each: (words[each[1].text], each[0], each[1].text))[1].text
    # What a variant is a slip of always has more rows, so following leads to an end.
    return {word: _end_of(right, found) for word, right in sorted(found.items())}


def _end_of(word: str, found: Mapping[str, str]) -> str:
    while word in found:
        word = found[word]
    return word


def _renamed(column: Strings, right: Mapping[str, str]) -> Strings:
    known = {MISSING_WORD: MISSING_WORD, **right}
    index: dict[str, int] = {}
    new = [index.setdefault(known.get(level, UNSEEN_WORD), len(index)) for level in column.levels] or [0]
    return Strings(np.array(new, np.int32)[column.codes], tuple(index))


def _right(state: State) -> State:
    return {name.removeprefix("right "): array for name, array in state.items() if name.startswith("right ")}
