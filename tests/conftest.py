"""Tables made by hand, for every test that needs one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pytest

from journeyman.table.columns import MISSING_WORD, Strings
from journeyman.table.schema import Column, Kind, Schema
from journeyman.table.table import Dates, Ledger, Table, Values


@pytest.fixture
def table_of() -> Callable[..., Table]:
    """Cells by column name → a table, without any reading."""
    return make_table


def make_table(cells: Mapping[str, Any], kinds: Mapping[str, Kind] | None = None, name: str = "made") -> Table:
    """Numbers (None is missing) → number, words (None is missing) → category, datetime64 (NaT is missing) → date."""
    values: dict[str, Values] = {}
    columns = []
    for one, given in cells.items():
        values[one], kind = _read(given)
        columns.append(Column(name=one, kind=(kinds or {}).get(one, kind)))
    rows = len(next(iter(cells.values())))
    return Table(
        name=name,
        schema=Schema(tuple(columns)),
        values=values,
        rows=rows,
        ledger=Ledger(read=rows, used=rows),
        origin=f"{name}: {rows} rows",
        digest="0" * 64,
        row_numbers=np.arange(rows),
    )


def _read(given: Sequence[Any] | np.ndarray[Any, Any]) -> tuple[Values, Kind]:
    array = np.asarray(given)
    if array.dtype.kind == "M":
        missing = np.isnat(array)
        at = np.where(missing, np.datetime64(0, "us"), array.astype("datetime64[us]")).astype(np.int64)
        return Dates(at, missing), "date"
    if array.dtype.kind in "US" or any(isinstance(cell, str) for cell in given):
        return Strings.of([MISSING_WORD if cell is None else str(cell) for cell in given]), "category"
    return np.array([np.nan if cell is None else float(cell) for cell in given]), "number"
