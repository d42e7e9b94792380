"""What is known of a column before anybody says what it means: its name, its cells, and a look at some of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from journeyman.bundle.cells import OK, cell_reader, fold
from journeyman.bundle.reader import Cells, ReadCells, plain_numbers, read_cells, read_numbers
from journeyman.sources.meaning.sampling import some_of
from journeyman.table.columns import Integers, Numbers, Strings
from journeyman.table.schema import Column

#: Different texts that are looked at one by one; what is found in them is proved on all cells by reading them.
LOOKED_AT = 3000
#: No spelling of "missing" is longer.
LONGEST_MARK = 24


@dataclass(frozen=True)
class Words:
    """Different raw texts, sorted, and how many cells have each."""

    texts: Sequence[str]
    counts: Sequence[int]

    @cached_property
    def cells(self) -> int:
        """How many cells they are together."""
        return sum(self.counts)

    def without(self, missing: Sequence[str]) -> Words:
        """Those that are none of the spellings of "missing"."""
        spellings = {"", *missing}
        there = [
            (text, count)
            for text, count in zip(self.texts, self.counts, strict=True)
            if len(text) > LONGEST_MARK or fold(text) not in spellings
        ]
        return Words([text for text, _ in there], [count for _, count in there])

    def first(self, most: int) -> Words:
        """At most so many of them, from everywhere."""
        step = -(-len(self.texts) // most)
        return self if step <= 1 else Words(self.texts[::step], self.counts[::step])

    def share(self, column: Column) -> float:
        """Which share of the cells the column can read."""
        read = cell_reader(column)
        good = sum(count for text, count in zip(self.texts, self.counts, strict=True) if read(text)[1] == OK)
        return good / max(self.cells, 1)


@dataclass(frozen=True, kw_only=True, eq=False)
class Evidence:
    """A column before it means something.

    Parameters
    ----------
    is_target : it is to be predicted: its words stay words
    kind : the kind that the user wants, None where nobody said
    """

    name: str
    cells: Cells
    is_target: bool = False
    kind: str | None = None
    _readings: dict[Column, ReadCells] = field(default_factory=dict, repr=False)

    @property
    def typed(self) -> str:
        """``"number"`` or ``"date"`` where the source says that the cells are, ``""`` where they are text."""
        if isinstance(self.cells, np.ndarray):
            return {"M": "date"}.get(self.cells.dtype.kind, "number" if self.cells.dtype.kind in "fiub" else "")
        return ""

    @cached_property
    def coded(self) -> Strings:
        """The cells as text."""
        return self.cells if isinstance(self.cells, Strings) else Strings.of([str(cell) for cell in self.cells])

    @cached_property
    def plain(self) -> Numbers | None:
        """The different texts as numbers, (levels,), where all are numbers as programs write them, or empty."""
        if not isinstance(self.cells, Strings):
            return None
        return plain_numbers(Column(name=self.name, kind="number"), self.cells.levels)

    @cached_property
    def _counts(self) -> Integers:
        """How many cells have each text; none the empty one."""
        counts = self.coded.counts()
        if "" in self.coded.levels:
            counts[self.coded.levels.index("")] = 0
        return counts

    @property
    def filled(self) -> int:
        """How many cells are not empty."""
        return int(self._counts.sum())

    @property
    def distinct(self) -> int:
        """How many different texts there are, the empty one aside."""
        return int((self._counts > 0).sum())

    @cached_property
    def sample(self) -> Words:
        """Different texts, empty ones aside: all of them, or `LOOKED_AT`."""
        counts = self._counts
        levels = self.coded.levels
        used = np.flatnonzero(counts > 0).tolist()
        texts = levels if len(used) == len(levels) else [levels[place] for place in used]
        places = [used[place] for place in some_of(texts, LOOKED_AT)]
        return Words([levels[place] for place in places], counts[places].tolist() if places else [])

    @cached_property
    def rows(self) -> int:
        """How many cells there are."""
        return len(self.cells)

    @property
    def is_whole(self) -> bool:
        """Whether the sample is all there is."""
        return self.distinct <= LOOKED_AT

    def reading(self, column: Column) -> ReadCells:
        """All cells, read as the column says; done once for each way to read."""
        way = replace(column, role="feature", role_reason="", sure=1.0, reason="", levels=(), low=None, high=None)
        if way not in self._readings:
            self._readings.clear()
            is_plain = way.kind == "number" and way.decimal == "." and isinstance(self.cells, Strings)
            if is_plain and self.plain is not None:
                self._readings[way] = read_numbers(way, self.plain[self.coded.codes])
            else:
                self._readings[way] = read_cells(way, self.cells)
        return self._readings[way]

    def numbers(self, column: Column) -> Numbers:
        """All cells, read as numbers; missing is NaN."""
        return np.asarray(self.reading(column).values, np.float64)
