"""Columns of few values as codes on a sample of rows: what is looked at in pairs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from journeyman.checks.check import sample
from journeyman.table.columns import Integers, Strings
from journeyman.table.schema import Column
from journeyman.table.table import Dates, Table

MOST_ROWS = 10_000
#: Numbers with more different values are amounts, in which equal cells say little.
MOST_NUMBERS = 2_000


@dataclass(frozen=True)
class Coded:
    """A column on some rows.

    Parameters
    ----------
    codes : (rows,) equal cells as equal numbers from 0 on; −1 where missing
    levels : how many different cells there are
    """

    name: str
    codes: Integers
    levels: int


def coded(table: Table, columns: tuple[Column, ...], most: int) -> tuple[Integers, tuple[Coded, ...]]:
    """Positions of at most 10,000 rows, and the columns of words, flags and few whole numbers as codes on them.

    Parameters
    ----------
    most : of more columns, those with the fewest values, in the order of the table
    """
    rows = sample(table.rows, MOST_ROWS)
    found = []
    for column in columns:
        value = table.values[column.name]
        if column.kind == "text" or isinstance(value, Dates):
            continue
        cells = value.codes[rows] if isinstance(value, Strings) else value[rows]
        missing = table.missing(column.name)[rows]
        there = cells[~missing]
        if isinstance(value, np.ndarray) and bool((there != np.floor(there)).any()):
            continue
        levels, places = np.unique(there, return_inverse=True)
        if len(levels) < 2 or (isinstance(value, np.ndarray) and len(levels) > MOST_NUMBERS):
            continue
        codes = np.full(len(rows), -1, np.int64)
        codes[~missing] = places
        found.append(Coded(column.name, codes, len(levels)))
    if len(found) > most:
        kept = {one.name for one in sorted(found, key=lambda one: one.levels)[:most]}
        found = [one for one in found if one.name in kept]
    return rows, tuple(found)


def exceptions(first: Coded, second: Coded, rows: int) -> float | None:
    """The share of the first so many rows in which the second is not what it mostly is for the first's value.

    The error g3 of Kivinen and Mannila (1995). None where too few rows hold both.
    """
    one, other = first.codes[:rows], second.codes[:rows]
    there = (one >= 0) & (other >= 0)
    known = int(there.sum())
    if known < 20:
        return None
    together = one[there] * second.levels + other[there]
    pairs, counts = np.unique(together, return_counts=True)
    # Counts are sorted by the first's value: the largest of each run is what it mostly is.
    starts = np.flatnonzero(np.diff(pairs // second.levels, prepend=-1))
    return 1 - float(np.maximum.reduceat(counts, starts).sum()) / known
