"""Write a table back: the cells as they came, and columns beside them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from journeyman.errors import InputError, JourneymanError
from journeyman.sources.names import fresh_name
from journeyman.sources.raw import Raw
from journeyman.store.files import write_whole, written_beside

if TYPE_CHECKING:
    import polars as pl

#: A spreadsheet takes a cell that starts so for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\x00")
#: What a file's name may end in.
ENDINGS = (".csv", ".tsv", ".txt", ".parquet", ".pq")
_PLAIN_NUMBER = re.compile(r"[+-]?(?:[0-9]+[.,]?[0-9]*|[.,][0-9]+)(?:[eE][+-]?[0-9]+)?%?")


def write_table(raw: Raw, extra: Mapping[str, Any], path: Path, for_spreadsheets: bool = False) -> Path:
    """Write a source's cells, byte for byte, with more columns behind them; rows keep order and count.

    Parameters
    ----------
    extra : arrays (rows,) by name; missing is NaN or None. A name that the source has gets a number behind it
    path : ends in ``.csv`` (delimiter of the source) or ``.parquet``
    for_spreadsheets : put ``'`` before cells that a spreadsheet would take for a formula

    Raises
    ------
    InputError : the ending is another one, there is no such folder, or an array has another length
    ResourceError : the file cannot be written
    """
    require_place(path)
    frame = beside(raw, extra)
    ending = path.suffix.casefold()
    buffer = io.BytesIO()
    if ending in (".parquet", ".pq"):
        frame.write_parquet(buffer)
        return write_whole(path, buffer.getvalue())
    _flat(frame, for_spreadsheets).write_csv(buffer, separator=_separator(path, raw.delimiter))
    return write_whole(path, buffer.getvalue())


def beside(raw: Raw, extra: Mapping[str, Any]) -> pl.DataFrame:
    """A source's cells with more columns behind them; ``extra`` as in `write_table`.

    Raises
    ------
    InputError : an array has another length
    """
    taken = set(raw.frame.columns)
    added = []
    for name, values in extra.items():
        if len(values) != raw.rows:
            raise InputError(f"the column {name!r} has {len(values):,} cells", because=f"there are {raw.rows:,} rows")
        fresh = fresh_name(name, taken)
        taken.add(fresh)
        added.append(_series(fresh, np.asarray(values)))
    return raw.frame.with_columns(added)


def write_parts(frames: Iterator[pl.DataFrame], delimiter: str, path: Path, for_spreadsheets: bool = False) -> Path:
    """Write frames one below the other, with memory for a few of them; the file is there when all are, or not at all.

    Parameters
    ----------
    frames : at least one, as `beside` gives them; columns of one name have one type, but where a part of them is empty
    delimiter, path, for_spreadsheets : as in `write_table`

    Raises
    ------
    ResourceError : the file cannot be written
    """
    require_place(path)
    with written_beside(path) as place:
        if path.suffix.casefold() in (".parquet", ".pq"):
            _write_parquet(frames, place)
        else:
            with place.open("wb") as handle:
                for number, frame in enumerate(frames):
                    flat = _flat(frame, for_spreadsheets)
                    flat.write_csv(handle, separator=_separator(path, delimiter), include_header=not number)
    return path


def _write_parquet(frames: Iterator[pl.DataFrame], place: Path) -> None:
    from polars.io.plugins import register_io_source

    first = next(frames)
    failed: list[BaseException] = []

    def parts(*_: object) -> Iterator[pl.DataFrame]:
        yield first
        try:
            for frame in frames:
                yield frame.cast(first.schema)
        except (JourneymanError, KeyboardInterrupt, MemoryError, OSError) as error:
            # Whoever draws the frames would hide what it was.
            failed.append(error)
            raise

    try:
        register_io_source(parts, schema=first.schema).sink_parquet(place)
    finally:
        if failed:
            raise failed[0] from None


def _flat(frame: pl.DataFrame, for_spreadsheets: bool) -> pl.DataFrame:
    import polars as pl

    flat = as_text(frame)
    if for_spreadsheets:
        flat = flat.with_columns([_escaped(one) for one in flat.get_columns() if one.dtype == pl.String])
        flat.columns = [guarded(name) for name in flat.columns]
    return flat


def _separator(path: Path, delimiter: str) -> str:
    return "\t" if path.suffix.casefold() == ".tsv" else delimiter


def require_place(path: Path) -> None:
    """Refuse a place that a table cannot be written to, before any work is done. A folder is never made: a misspelt
    one would be.

    Raises
    ------
    InputError : the ending is none that we write, it is a folder, or its folder is not there
    """
    if path.is_dir():
        remedy = f"name a file in it, as {path / 'predictions.csv'}"
        raise InputError(f"{path} is a folder", remedy=remedy, code="not_a_file")
    if path.suffix.casefold() not in ENDINGS:
        raise InputError(
            f"{path.name} does not say what to write", remedy="end its name in .csv or .parquet", code="not_a_file"
        )
    if not path.parent.is_dir():
        raise InputError(
            f"there is no folder {path.parent}", because=f"{path} would lie in it", remedy="make it, or name another"
        )


def as_text(frame: pl.DataFrame) -> pl.DataFrame:
    """A frame whose columns can all stand in a text file: lists, bytes and the like are written out."""
    return frame.with_columns([_as_text(series) for series in frame.get_columns() if _needs_text(series.dtype)])


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula; plain numbers stay numbers.

    >>> guarded("=1+2"), guarded("-7.5")
    ("'=1+2", '-7.5')
    """
    return f"'{text}" if text.startswith(FORMULA_STARTS) and not _PLAIN_NUMBER.fullmatch(text) else text


def _series(name: str, values: np.ndarray[Any, Any]) -> pl.Series:
    import polars as pl

    if values.dtype.kind == "f":
        return pl.Series(name, values.astype(np.float64)).fill_nan(None)
    if values.dtype.kind in "iub":
        return pl.Series(name, values)
    listed = values.tolist()
    kinds = set(map(type, listed))
    if kinds <= {str, type(None)} and str in kinds:
        return pl.Series(name, listed, dtype=pl.String)
    if all(cell is None or isinstance(cell, float) for cell in listed):
        return pl.Series(name, listed, dtype=pl.Float64).fill_nan(None)
    return pl.Series(name, [None if cell is None else str(cell) for cell in listed], dtype=pl.String)


def _needs_text(kind: pl.DataType) -> bool:
    import polars as pl

    return kind.is_nested() or kind in (pl.Binary, pl.Object, pl.Duration)


def _as_text(series: pl.Series) -> pl.Series:
    from journeyman.sources.raw import cells_of

    cells = cells_of(series)
    import polars as pl

    listed = cells.cells().tolist() if hasattr(cells, "cells") else list(cells)
    return pl.Series(series.name, [str(cell) or None for cell in listed], dtype=pl.String)


def _escaped(series: pl.Series) -> pl.Series:
    import polars as pl

    listed = [None if cell is None else guarded(cell) for cell in series.to_list()]
    return pl.Series(series.name, listed, dtype=pl.String)
