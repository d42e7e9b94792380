"""Rows in any shape that people have them → cells by column name. Knows data frames by their manners, imports none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from journeyman.bundle.reader import Cells
from journeyman.errors import InputError


def cells_of(rows: Any, names: Sequence[str]) -> tuple[dict[str, Cells], int]:
    """Cells by column name, and the number of rows.

    Parameters
    ----------
    rows : a list of dicts, a mapping of column names to sequences, or a pandas, polars or Arrow table
    names : the columns that are wanted; others are left out where rows are dicts

    Raises
    ------
    InputError : it is none of these
    """
    if isinstance(rows, Mapping):
        return _from_mapping(rows)
    if hasattr(rows, "collect_schema") and hasattr(rows, "collect"):  # a lazy polars frame
        return cells_of(rows.collect(), names)
    if hasattr(rows, "column_names") and hasattr(rows, "column"):
        return {str(name): _arrow(rows.column(name)) for name in rows.column_names}, int(rows.num_rows)
    if hasattr(rows, "columns") and hasattr(rows, "__getitem__") and hasattr(rows, "shape"):
        count = int(rows.shape[0])
        return {str(name): _series(rows[name]) for name in rows.columns}, count
    if isinstance(rows, Sequence) and not isinstance(rows, str | bytes):
        return _from_dicts(rows, names)
    raise InputError(
        f"rows cannot be read from a {type(rows).__name__}",
        remedy="give a list of dicts, a dict of lists, or a pandas, polars or Arrow table",
        code="not_a_table",
    )


def _from_mapping(rows: Mapping[Any, Any]) -> tuple[dict[str, Cells], int]:
    cells: dict[str, Cells] = {}
    for name, column in rows.items():
        if isinstance(column, str | bytes) or not hasattr(column, "__len__"):
            raise InputError(
                f"column {str(name)[:80]!r} is one {type(column).__name__}, not a list of cells",
                because="a mapping holds columns",
                remedy="give one row to predict_one, or put it into a list",
                code="not_a_table",
            )
        cells[str(name)] = _series(column)
    lengths = {len(column) for column in cells.values()}
    if len(lengths) > 1:
        raise InputError("the columns are of unequal length", because=f"they have {sorted(lengths)[:5]} cells")
    return cells, lengths.pop() if lengths else 0


def _from_dicts(rows: Sequence[Any], names: Sequence[str]) -> tuple[dict[str, Cells], int]:
    for place, row in enumerate(rows):
        if not isinstance(row, Mapping):
            raise InputError(
                f"row {place + 1} is a {type(row).__name__}, not a mapping of column names to cells",
                remedy="give a list of dicts",
                code="not_a_table",
            )
    there = set().union(*rows) if rows else set(names)
    return {name: [row.get(name) for row in rows] for name in names if name in there}, len(rows)


def _series(column: Any) -> Cells:
    """One column of a data frame, or a plain sequence; typed where nothing is lost by it."""
    if isinstance(column, np.ndarray):
        return column.reshape(len(column)) if column.ndim == 1 else list(column)
    if isinstance(column, list | tuple):
        return column
    if hasattr(column, "null_count") and hasattr(column, "to_list"):  # polars
        return _typed(column) if int(column.null_count()) == 0 else list(column.to_list())
    if hasattr(column, "isna") and hasattr(column, "to_numpy"):  # pandas
        if isinstance(column.dtype, np.dtype) and column.dtype.kind in "fiubM":
            return np.asarray(column.to_numpy())
        return np.asarray(column.to_numpy(dtype=object, na_value=None))
    if hasattr(column, "to_pylist"):
        return _arrow(column)
    return list(column)


def _arrow(column: Any) -> Cells:
    return _typed(column) if int(column.null_count) == 0 else list(column.to_pylist())


def _typed(column: Any) -> Cells:
    array = np.asarray(column.to_numpy())
    if array.dtype.kind in "fiubM":
        return array
    return list(column.to_pylist() if hasattr(column, "to_pylist") else column.to_list())
