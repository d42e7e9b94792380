"""Typed columns in three blocks: numbers, dates and words. What every step takes and gives.

Blocks, not single columns, because most work is the same for all columns of a block: one matrix operation here and
one node in the graph, however wide the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]
Objects = NDArray[np.object_]

#: Stands for "missing" in a column of words. No cell can be it: the reader turns U+001F in cells into a space.
MISSING_WORD = "\x1fmissing"
#: Stands between the terms of a text; no cell holds it.
TERM_END = "\x1f"
#: A text has at most so many terms; the reader leaves out what follows them.
MOST_TERMS = 512
#: Stands under a raised missing flag in a block of dates.
NO_DATE = 0


@dataclass(frozen=True)
class Strings:
    """One column of words, coded: ``levels[codes]`` are its cells. Missing cells have the level `MISSING_WORD`.

    Shapes: ``codes`` (rows,) int32 in ``range(len(levels))``; ``levels`` any number of distinct words.
    """

    codes: NDArray[np.int32]
    levels: tuple[str, ...]

    @classmethod
    def of(cls, cells: Sequence[str]) -> Strings:
        """Code a sequence of words; levels in order of first appearance."""
        index: dict[str, int] = {}
        codes = np.fromiter((index.setdefault(cell, len(index)) for cell in cells), np.int32, len(cells))
        return cls(codes, tuple(index))

    def __len__(self) -> int:
        return len(self.codes)

    def take(self, rows: Any) -> Strings:
        """The cells at some rows."""
        return Strings(self.codes[rows], self.levels)

    def cells(self) -> Objects:
        """The words, (rows,) of str."""
        levels = np.empty(len(self.levels) or 1, dtype=object)
        levels[: len(self.levels)] = self.levels
        return levels[self.codes]

    def counts(self) -> Integers:
        """How many cells each level has."""
        return np.bincount(self.codes, minlength=len(self.levels)).astype(np.int64)


@dataclass(frozen=True)
class Columns:
    """Frozen typed columns of equal length.

    Shapes: ``numbers`` (rows, len(number_names)), missing is NaN, never infinite; ``dates`` (rows, len(date_names)) in
    microseconds since 1970-01-01 UTC, with ``dates_missing`` of the same shape; ``words`` one `Strings` a name.
    ``code_names`` names those numbers that are level codes of words: their order means nothing, their sets do.
    ``text_names`` names those word columns that are texts: each cell is the text's terms, joined by `TERM_END`.
    """

    numbers: Numbers
    number_names: tuple[str, ...]
    dates: Integers
    dates_missing: Flags
    date_names: tuple[str, ...]
    words: tuple[Strings, ...]
    word_names: tuple[str, ...]
    code_names: tuple[str, ...] = ()
    text_names: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        *,
        rows: int,
        numbers: Numbers | None = None,
        number_names: Sequence[str] = (),
        dates: Integers | None = None,
        dates_missing: Flags | None = None,
        date_names: Sequence[str] = (),
        words: Sequence[Strings] = (),
        word_names: Sequence[str] = (),
        code_names: Sequence[str] = (),
        text_names: Sequence[str] = (),
    ) -> Columns:
        """Columns from the blocks that are there; the others are empty."""
        return cls(
            np.empty((rows, 0)) if numbers is None else numbers,
            tuple(number_names),
            np.empty((rows, 0), np.int64) if dates is None else dates,
            np.zeros((rows, len(date_names)), np.bool_) if dates_missing is None else dates_missing,
            tuple(date_names),
            tuple(words),
            tuple(word_names),
            tuple(code_names),
            tuple(text_names),
        )

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return int(self.numbers.shape[0])

    @property
    def names(self) -> tuple[str, ...]:
        """All names: numbers, dates, words."""
        return self.number_names + self.date_names + self.word_names

    @property
    def texts(self) -> tuple[str, ...]:
        """The word columns, still there, that are texts."""
        return tuple(name for name in self.word_names if name in self.text_names)

    def take(self, rows: Any) -> Columns:
        """Some rows (positions or a mask), in the order given."""
        return replace(
            self,
            numbers=self.numbers[rows],
            dates=self.dates[rows],
            dates_missing=self.dates_missing[rows],
            words=tuple(column.take(rows) for column in self.words),
        )

    def select(self, names: Sequence[str]) -> Columns:
        """Some columns, by name; each block keeps its own order."""
        wanted = set(names)
        number = [place for place, name in enumerate(self.number_names) if name in wanted]
        date = [place for place, name in enumerate(self.date_names) if name in wanted]
        word = [place for place, name in enumerate(self.word_names) if name in wanted]
        return Columns(
            self.numbers[:, number],
            tuple(self.number_names[place] for place in number),
            self.dates[:, date],
            self.dates_missing[:, date],
            tuple(self.date_names[place] for place in date),
            tuple(self.words[place] for place in word),
            tuple(self.word_names[place] for place in word),
            tuple(name for name in self.code_names if name in wanted),
            tuple(name for name in self.text_names if name in wanted),
        )

    def without(self, names: Sequence[str]) -> Columns:
        """All columns but some."""
        unwanted = set(names)
        return self.select([name for name in self.names if name not in unwanted])

    def without_texts(self) -> Columns:
        """All columns but texts: what a step for words, which knows nothing of terms, works on."""
        return self.without(self.texts) if self.texts else self

    def beside(self, other: Columns) -> Columns:
        """These columns, and others of the same rows behind them, block by block."""
        return Columns(
            np.hstack([self.numbers, other.numbers]),
            self.number_names + other.number_names,
            np.hstack([self.dates, other.dates]),
            np.hstack([self.dates_missing, other.dates_missing]),
            self.date_names + other.date_names,
            self.words + other.words,
            self.word_names + other.word_names,
            self.code_names + other.code_names,
            self.text_names + other.text_names,
        )

    def with_numbers(self, numbers: Numbers, names: Sequence[str]) -> Columns:
        """The same dates and words beside another block of numbers."""
        kept = set(names)
        codes = tuple(name for name in self.code_names if name in kept)
        return replace(self, numbers=numbers, number_names=tuple(names), code_names=codes)
