"""Rows made of others: more rows for a student, whose teacher can answer any row."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from journeyman.plan.step import Array
from journeyman.table.columns import Columns, Integers, Strings

#: The share of its cells that a made row has from other rows.
SWAPPED = 0.2


def made_rows(columns: Columns, count: int, seed: int) -> tuple[Columns, Integers]:
    """So many rows like these, and for each the position of the row that it was made of, (count,).

    Every row is made of one, in turn; each cell is with the chance `SWAPPED` that of another row, drawn at random. So
    every cell is one that there is, missing ones too, and most of what goes together stays together.

    Source of the idea: Bucilă, Caruana and Niculescu-Mizil, Model Compression, KDD 2006, whose MUNGE swaps cells of
    near rows; here any row's, which costs no distances.
    """
    random = np.random.default_rng(np.random.PCG64(seed))
    rows = columns.rows
    of = np.resize(random.permutation(rows), count) if rows else np.zeros(0, np.int64)

    def drawn() -> Integers:
        others = random.integers(0, rows, len(of)) if rows else of
        return np.where(random.random(len(of)) < SWAPPED, others, of)

    dates = [drawn() for _ in columns.date_names]
    made = replace(
        columns,
        numbers=_by_column(columns.numbers, [drawn() for _ in columns.number_names], of),
        dates=_by_column(columns.dates, dates, of),
        dates_missing=_by_column(columns.dates_missing, dates, of),
        words=tuple(column.take(drawn()) for column in columns.words),
    )
    return made, of


def stacked(columns: Columns, other: Columns) -> Columns:
    """Rows below rows of the same columns, whose words have the same levels."""
    words = (
        Strings(np.concatenate([one.codes, more.codes]), one.levels)
        for one, more in zip(columns.words, other.words, strict=True)
    )
    return replace(
        columns,
        numbers=np.concatenate([columns.numbers, other.numbers]),
        dates=np.concatenate([columns.dates, other.dates]),
        dates_missing=np.concatenate([columns.dates_missing, other.dates_missing]),
        words=tuple(words),
    )


def _by_column(block: Array, rows: list[Integers], of: Integers) -> Array:
    """A block whose columns are of rows of their own, (len(of), columns)."""
    found = np.empty((len(of), block.shape[1]), block.dtype)
    for place, chosen in enumerate(rows):
        found[:, place] = block[chosen, place]
    return found
