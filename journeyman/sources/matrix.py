"""Rows without column names, as scikit-learn's users have them: columns x0, x1, … in the order that they stand in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from journeyman.bundle.reader import Cells
from journeyman.sources.meaning import understand
from journeyman.sources.read import read
from journeyman.table.schema import Schema
from journeyman.table.table import Ledger, Table


def frame_of(rows: Any) -> Any:
    """The rows as a frame that `journeyman.sources.read.read_raw` takes, or None where they are no frame.

    Frames are those of any library that narwhals knows; what is lazy (DuckDB, Dask, Spark, Ibis) is collected.
    """
    known = nw.from_native(rows, pass_through=True)
    if isinstance(known, nw.LazyFrame):
        return known.collect(backend="polars").to_native()
    return rows if isinstance(known, nw.DataFrame) else None


def names_of(frame: Any) -> list[Any]:
    """The names of a frame's columns, which in pandas need not be text."""
    return list(nw.from_native(frame).columns)


def cells_of_matrix(matrix: NDArray[Any]) -> list[Cells]:
    """The cells of each column of an array (rows, columns); numbers as float64."""
    if matrix.dtype.kind in "fiub":
        matrix = matrix.astype(np.float64)
    return [matrix[:, place] for place in range(matrix.shape[1])]


def table_of_matrix(matrix: NDArray[Any], overrides: Mapping[str, Mapping[str, str]] | None = None) -> Table:
    """An array (rows, columns) as a table. Numbers stay numbers, also where they count up; anything else is read.

    Parameters
    ----------
    overrides : what the user says about columns, as for `journeyman.sources.read.read`
    """
    cells = {f"x{place}": column for place, column in enumerate(cells_of_matrix(matrix))}
    if matrix.dtype.kind not in "fiub" or overrides:
        return read(cells, overrides=overrides)
    meanings = [understand(name, column, wishes={"kind": "number"}) for name, column in cells.items()]
    rows = len(matrix)
    return Table(
        name="table",
        schema=Schema(tuple(replace(one.column, reason="the array holds numbers") for one in meanings)),
        values={one.column.name: one.read.values for one in meanings},
        rows=rows,
        ledger=Ledger(read=rows, used=rows),
        origin=f"array: {rows:,} rows, {matrix.shape[1]:,} columns",
        digest="",
        row_numbers=np.arange(rows),
        findings=tuple(finding for one in meanings for finding in one.findings),
    )
