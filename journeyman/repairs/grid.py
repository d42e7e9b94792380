"""A table as text: every cell as it is written, coded by column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from journeyman.sources.raw import cells_of
from journeyman.table.columns import Flags, Integers, Numbers, Strings

if TYPE_CHECKING:
    import polars as pl

#: A column is one of numbers where so much of its filled cells are.
MOSTLY = 0.8
#: Texts of more words are sentences; so many of them tell.
PROSE, LOOKED_AT = 8, 1000


@dataclass(frozen=True)
class Written:
    """One column of text cells, (rows,), with what several detectors ask of it. An empty cell is ``""``."""

    name: str
    cells: Strings

    @property
    def levels(self) -> tuple[str, ...]:
        """The distinct texts."""
        return self.cells.levels

    @property
    def codes(self) -> Integers:
        """Which text each cell holds, (rows,)."""
        return np.asarray(self.cells.codes)

    @cached_property
    def counts(self) -> Integers:
        """How many cells hold each text, (levels,)."""
        return self.cells.counts()

    @cached_property
    def is_filled(self) -> Flags:
        """Which texts are not empty, (levels,)."""
        return np.array([bool(level.strip()) for level in self.levels], dtype=np.bool_)

    @cached_property
    def filled(self) -> int:
        """How many cells are not empty."""
        return int(self.counts[self.is_filled].sum())

    @cached_property
    def present(self) -> int:
        """How many distinct texts some cell holds."""
        return int((self.counts > 0).sum())

    @cached_property
    def numbers(self) -> Numbers:
        """Each text as a number, (levels,); NaN where it is none."""
        return numbers_of(self.levels)

    @cached_property
    def share_numbers(self) -> float:
        """How much of the filled cells are plain numbers."""
        return float(self.counts[~np.isnan(self.numbers)].sum() / max(self.filled, 1))

    @cached_property
    def is_prose(self) -> bool:
        """Whether its texts are sentences, in which people write as they please."""
        words = [level.count(" ") + 1 for level in self.levels[:LOOKED_AT] if level.strip()]
        return bool(words) and float(np.median(words)) > PROSE

    @cached_property
    def is_numeric(self) -> bool:
        """Whether it is a column of numbers."""
        return self.filled > 0 and self.share_numbers >= MOSTLY


@dataclass(frozen=True)
class Grid:
    """A table of text cells: columns by name, of equal length."""

    rows: int
    columns: Mapping[str, Written] = field(default_factory=dict)

    def take(self, rows: Any) -> Grid:
        """Some rows; texts that no cell holds are left out."""
        taken = {name: Written(name, compact(one.cells.take(rows))) for name, one in self.columns.items()}
        return Grid(len(rows), taken)

    def with_column(self, name: str, cells: Strings) -> Grid:
        """The same table with other cells in one column."""
        return replace(self, columns={**self.columns, name: Written(name, cells)})


def grid_of(frame: pl.DataFrame) -> Grid:
    """The text columns of a frame, (rows,) each; columns of other types have no spelling, and are left out."""
    import polars as pl

    columns = {}
    for series in frame.get_columns():
        cells = cells_of(series) if series.dtype == pl.String else None
        if isinstance(cells, Strings):
            columns[series.name] = Written(series.name, cells)
    return Grid(frame.height, columns)


def compact(cells: Strings) -> Strings:
    """The same cells without levels that none of them has."""
    used, codes = np.unique(cells.codes, return_inverse=True)
    return Strings(codes.astype(np.int32), tuple(cells.levels[code] for code in used.tolist()))


def numbers_of(texts: tuple[str, ...]) -> Numbers:
    """Texts as numbers, (texts,); NaN where one is no plain number."""
    import polars as pl

    series = pl.Series(texts, dtype=pl.String).str.strip_chars()
    plain = series.str.contains(r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$")
    values = series.set(~plain, None).cast(pl.Float64, strict=False).fill_null(float("nan")).to_numpy().copy()
    values[np.isinf(values)] = np.nan
    return np.asarray(values, np.float64)
