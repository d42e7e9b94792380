"""The cells of a part of a source, each column made ready when it is asked for, and once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np

from journeyman.bundle.number_texts import NumberTexts
from journeyman.bundle.reader import Cells
from journeyman.sources.raw import Raw, cells_of

if TYPE_CHECKING:
    import polars as pl

#: Text of these characters alone is a plain number where all of it is one.
_PLAIN = r"^[0-9.eE+-]*$"


class PartCells(Mapping[str, Cells]):
    """Cells by column name, as `Raw.cells` gives them, but only of columns that somebody looks at.

    Parameters
    ----------
    numbers : columns that are expected to hold plain numbers; where their texts do, these are read all at once
    """

    def __init__(self, raw: Raw, numbers: frozenset[str]) -> None:
        self._frame, self._numbers = raw.frame, numbers
        self._made: dict[str, Cells] = {}

    def __getitem__(self, name: str) -> Cells:
        if name not in self._made:
            if name not in self._frame.columns:
                raise KeyError(name)
            series = self._frame[name]
            plain = number_texts(series) if name in self._numbers else None
            self._made[name] = cells_of(series) if plain is None else plain
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._frame.columns)

    def __len__(self) -> int:
        return self._frame.width


def number_texts(series: pl.Series) -> NumberTexts | None:
    """A column of text that holds plain numbers and empty cells only, read; None where it is or holds anything else."""
    import polars as pl

    if series.dtype != pl.String or series.str.contains(_PLAIN).all() is not True:
        return None
    filled = series.replace("", None) if (series == "").any() else series
    values = filled.cast(pl.Float64, strict=False)
    if values.null_count() != filled.null_count():
        return None
    return NumberTexts(values.fill_null(float("nan")).to_numpy().astype(np.float64, copy=False), series.__getitem__)
