"""Tables in memory: pandas, polars, Arrow and whatever speaks Arrow's stream, dicts of lists, lists of dicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from journeyman.bundle.cells import simplify
from journeyman.errors import SourceError
from journeyman.sources.names import clean_names
from journeyman.sources.raw import Raw, digest_cells
from journeyman.sources.source import Source
from journeyman.table.finding import Finding
from journeyman.table.table import Ledger

if TYPE_CHECKING:
    import polars as pl


def claims(source: Source) -> int:
    """A table in memory, known by what it can do."""
    given = source.given
    if isinstance(given, str | bytes | Path):
        return 0
    is_table = (
        isinstance(given, Mapping)
        or _is_pandas(given)
        or hasattr(given, "__arrow_c_stream__")
        or hasattr(given, "collect_schema")
        or (isinstance(given, Sequence) and all(isinstance(row, Mapping) for row in given))
    )
    return 3 if is_table else 0


def read_raw(named: Source) -> Raw:
    """Read a table in memory; it is not changed and not kept.

    Raises
    ------
    SourceError : there are no rows, columns differ in length, or a type of column cannot be read
    """
    import polars as pl

    source: Any = named.given
    findings: tuple[Finding, ...] = ()
    try:
        if isinstance(source, pl.LazyFrame):
            frame, kind = source.collect(), "polars frame"
        elif isinstance(source, pl.DataFrame):
            frame, kind = source.clone(), "polars frame"
        elif _is_pandas(source):
            names = [str(name) for name in source.columns]
            columns = [source.iloc[:, place] for place in range(len(names))]
            frame, findings = _of_columns(names, [_pandas_cells(column) for column in columns])
            kind = "pandas frame"
        elif isinstance(source, Mapping):
            frame, findings = _of_columns([str(name) for name in source], list(source.values()))
            kind = "dict of columns"
        elif isinstance(source, Sequence):
            names = list(dict.fromkeys(str(name) for row in source for name in row))
            frame, findings = _of_columns(names, [[row.get(name) for row in source] for name in names])
            kind = "list of rows"
        else:
            frame, findings = _of_arrow(source)
            kind = "Arrow table"
    except (pl.exceptions.PolarsError, TypeError, ValueError) as error:
        raise SourceError(
            "the table in memory cannot be read",
            because=str(error).splitlines()[0][:200] if str(error) else type(error).__name__,
            remedy="give columns of equal length that hold text, numbers or dates",
            code="not_a_table",
        ) from error
    if frame.width == 0:
        raise SourceError(f"the {kind} has no columns", remedy="give a table with columns and rows", code="no_rows")
    cleaned, more = clean_names(frame.columns)
    frame.columns = cleaned
    raw = Raw(
        name="table",
        frame=frame,
        origin=f"{kind}: {frame.height:,} rows, {frame.width:,} columns",
        digest="",
        ledger=Ledger(read=frame.height, used=frame.height),
        findings=findings + more,
    )
    return replace(raw, digest=digest_cells(raw.cells()))


def _is_pandas(source: object) -> bool:
    return hasattr(source, "iloc") and hasattr(source, "columns")


def _pandas_cells(column: Any) -> Any:
    """A pandas column as numpy or a list; its missing values become None or NaN."""
    kind = str(column.dtype)
    if kind == "category":
        return column.astype(object).tolist()
    if column.dtype.__class__.__module__.startswith("numpy") and column.dtype.kind in "fiubM":
        return column.to_numpy()
    return column.tolist()


def _of_arrow(source: Any) -> tuple[pl.DataFrame, tuple[Finding, ...]]:
    import polars as pl

    findings: tuple[Finding, ...] = ()
    if hasattr(source, "rename_columns") and hasattr(source, "column_names"):
        names, findings = clean_names([str(name) for name in source.column_names])
        source = source.rename_columns(names)
    return pl.DataFrame(source), findings


def _of_columns(names: Sequence[str], columns: Sequence[Any]) -> tuple[pl.DataFrame, tuple[Finding, ...]]:
    import polars as pl

    cleaned, findings = clean_names(names)
    lengths = {len(column) for column in columns}
    if len(lengths) > 1:
        raise SourceError(
            "the columns differ in length",
            because=", ".join(
                f"{name!r} has {len(column):,}" for name, column in list(zip(names, columns, strict=True))[:4]
            ),
            remedy="give columns of equal length",
            code="ragged_rows",
        )
    return pl.DataFrame([_series(name, column) for name, column in zip(cleaned, columns, strict=True)]), findings


def _series(name: str, column: Any) -> pl.Series:
    """One column; where types are mixed, every cell becomes text."""
    import polars as pl

    if isinstance(column, pl.Series):
        return column.alias(name)
    if isinstance(column, np.ndarray) and column.dtype.kind in "fiub":
        return pl.Series(name, np.array(column))  # a copy: the caller may change his own
    if isinstance(column, np.ndarray) and column.dtype.kind == "M":
        return pl.Series(name, column.astype("datetime64[us]"))
    listed = column.tolist() if hasattr(column, "tolist") else list(column)
    cells = [_plain(cell) for cell in listed]
    kinds = {type(cell) for cell in cells if cell is not None}
    if kinds <= {int, float} and len(kinds) == 2:
        cells = [None if cell is None else float(cell) for cell in cells]
    elif len(kinds) > 1:
        return pl.Series(name, [None if cell is None else _spelled(cell) for cell in cells], dtype=pl.String)
    return pl.Series(name, cells, strict=False)


def _plain(cell: object) -> Any:
    value = simplify(cell)
    if isinstance(value, np.datetime64):
        return value.astype("datetime64[us]").item()
    return None if isinstance(value, float) and value != value else value


def _spelled(cell: object) -> str:
    if isinstance(cell, str):
        return cell
    return cell.isoformat() if hasattr(cell, "isoformat") else str(cell)
