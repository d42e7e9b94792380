"""The cells of a column as plain numbers, for looking at order and likeness whatever the column's kind."""

from __future__ import annotations

import numpy as np

from journeyman.table.columns import Integers, Numbers, Strings
from journeyman.table.table import Dates, Table


def codes_of(table: Table, name: str, rows: Integers | None = None) -> Integers:
    """Equal cells as equal whole numbers from 0 on, (rows,), in the order of the values; −1 where missing.

    Parameters
    ----------
    rows : the positions that are looked at; None for all
    """
    value = table.values[name]
    cells = value.codes if isinstance(value, Strings) else value.at if isinstance(value, Dates) else value
    missing = table.missing(name)
    if rows is not None:
        cells, missing = cells[rows], missing[rows]
    codes = np.full(len(cells), -1, np.int64)
    codes[~missing] = np.unique(cells[~missing], return_inverse=True)[1]
    return codes


def ranks_of(codes: Integers) -> Numbers:
    """Mean ranks of codes from 0 on, scaled to (−½, ½), (rows,)."""
    counts = np.bincount(codes)
    middles = np.cumsum(counts) - counts / 2
    return np.asarray(middles[codes] / max(len(codes), 1) - 0.5, dtype=np.float64)


def chance_of_equal(codes: Integers) -> float:
    """How likely two rows drawn at random have equal codes."""
    shares = np.bincount(codes) / max(len(codes), 1)
    return float(shares @ shares)
