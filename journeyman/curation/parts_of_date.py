"""A time that stands in several columns: year, month, day and hour."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from journeyman.table.columns import Flags, Numbers, Strings
from journeyman.table.schema import Column
from journeyman.table.table import Table

#: The parts from the largest on, and a number that none of their values reaches.
_PARTS = (("year", np.inf), ("month", 13.0), ("day", 32.0), ("hour", 25.0))
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def join_parts(table: Table, parts: Mapping[str, Column]) -> tuple[tuple[str, ...], Numbers, Flags] | None:
    """The columns that make up a time, its order as numbers (rows,), and where it is missing; None without a year.

    Smaller parts join as long as none between is missing or holds what cannot be it. Months may be English words.

    Parameters
    ----------
    parts : "year", "month", "day" and "hour" → the column
    """
    order = np.zeros(table.rows)
    missing = np.zeros(table.rows, np.bool_)
    used: list[str] = []
    for part, most in _PARTS:
        cells = _numbers(table, parts[part].name) if part in parts else None
        if cells is None or (part != "year" and not 0 <= np.nanmin(cells) <= np.nanmax(cells) < most):
            break
        missing |= np.isnan(cells)
        order = np.nan_to_num(cells) + (order * most if used else 0.0)
        used.append(parts[part].name)
    return (tuple(used), order, missing) if used else None


def _numbers(table: Table, name: str) -> Numbers | None:
    """The whole numbers of a column, or the months that its words are; None where it holds something else."""
    value = table.values[name]
    if isinstance(value, np.ndarray):
        there = value[~np.isnan(value)]
        return value if len(there) and bool((there == np.floor(there)).all()) else None
    if not isinstance(value, Strings):
        return None
    short = [level[:3].casefold() for level in value.levels]
    if any(one not in _MONTHS for one in short):
        return None
    return np.array([_MONTHS.index(one) + 1.0 for one in short])[value.codes]
