"""A source as it was found: every cell as it stands, before anybody says what it means."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from journeyman.bundle.reader import Cells
from journeyman.store.digest import digest_arrays
from journeyman.table.columns import Strings
from journeyman.table.finding import Finding
from journeyman.table.joined import Joined
from journeyman.table.table import Ledger

if TYPE_CHECKING:
    import polars as pl

    from journeyman.sources.source import Source

#: Whole numbers beyond this lose digits as float64.
EXACT = 2**53
#: So many cells are coded faster one by one.
_FEW = 2048
#: Times beyond this, in their unit, are none: the year 9999 ends there.
_LARGEST_TIME = {"ms": 253_402_300_800_000, "us": 253_402_300_800_000_000, "ns": 2**63}


@dataclass(frozen=True, kw_only=True)
class Raw:
    """The cells of one source.

    Parameters
    ----------
    frame : a polars frame; all columns are text where the source is text, typed otherwise; an empty cell is null
    origin : where the cells come from, in words
    digest : SHA-256 of the source's bytes, or of the cells where there is no file
    ledger : rows that cannot be used are named here, and stay in the frame
    row_numbers : (rows,) the number of each row in the source, where the frame holds only some of them
    lines : (rows,) the line of a text file, or the row of a sheet, where each row begins, from 1; None where rows
        have no lines
    joined : the tables that were joined to it
    delimiter : what separates cells in the source, and in a text file written from it
    """

    name: str
    frame: pl.DataFrame
    origin: str
    digest: str
    ledger: Ledger
    findings: tuple[Finding, ...] = ()
    delimiter: str = ","
    row_numbers: NDArray[np.int64] | None = None
    lines: NDArray[np.int64] | None = None
    joined: tuple[Joined, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows the frame has, those set aside included."""
        return int(self.frame.height)

    def usable(self) -> Raw:
        """The rows that are used, without what was found while they were read."""
        if not self.ledger.set_aside:
            return self
        numbers = self.numbers()
        return replace(self.at(self.kept()), row_numbers=numbers[self.kept()])

    def kept(self) -> NDArray[np.int64]:
        """The positions, in the frame, of the rows that are not set aside."""
        lost = [one.row for one in self.ledger.set_aside]
        return np.flatnonzero(~np.isin(self.numbers(), lost))

    def numbers(self) -> NDArray[np.int64]:
        """The number of each row in the source, (rows,)."""
        return np.arange(self.rows) if self.row_numbers is None else self.row_numbers

    def at(self, rows: Sequence[int] | NDArray[Any]) -> Raw:
        """Some rows (positions), as a source of their own: nothing set aside, nothing found."""
        is_all = len(rows) == self.rows and np.array_equal(rows, np.arange(self.rows))
        frame = self.frame if is_all else self.frame[np.asarray(rows, np.int64)]
        numbers = None if self.row_numbers is None else self.row_numbers[rows]
        lines = None if self.lines is None else self.lines[rows]
        ledger = Ledger(read=frame.height, used=frame.height)
        return replace(self, frame=frame, ledger=ledger, findings=(), row_numbers=numbers, lines=lines)

    def in_pieces(self, rows: int) -> Iterator[Raw]:
        """The same rows, at most so many at a time, none of them copied; what was found comes with the last."""
        for start in range(0, max(self.rows, 1), rows):
            frame = self.frame.slice(start, rows)
            stop = start + frame.height
            aside = tuple(replace(one, row=one.row - start) for one in self.ledger.set_aside if start <= one.row < stop)
            yield replace(
                self,
                frame=frame,
                ledger=Ledger(read=frame.height, used=frame.height - len(aside), set_aside=aside),
                findings=self.findings if stop >= self.rows else (),
                row_numbers=None if self.row_numbers is None else self.row_numbers[start:stop],
                lines=None if self.lines is None else self.lines[start:stop],
            )

    def cells(self) -> dict[str, Cells]:
        """The cells by column, as readers take them."""
        return {series.name: cells_of(series) for series in self.frame.get_columns()}


def raw_of(source: Source, frame: pl.DataFrame, rows: int, digest: str, findings: tuple[Finding, ...]) -> Raw:
    """Some rows of a file of typed columns, every one of which can be used.

    Parameters
    ----------
    rows : how many the whole file has
    """
    return Raw(
        name=source.name,
        frame=frame,
        origin=f"{source.shown}: {rows:,} rows, {frame.width:,} columns",
        digest=digest,
        ledger=Ledger(read=frame.height, used=frame.height),
        findings=findings,
    )


def cells_of(series: pl.Series) -> Cells:
    """The cells of a polars column: text and truth values coded, numbers and times as numpy arrays."""
    import polars as pl

    kind = series.dtype
    if kind == pl.Boolean:
        codes = series.cast(pl.Int32).fill_null(2).to_numpy()
        return Strings(codes, ("False", "True", ""))
    if kind.is_integer():
        return _integers(series)
    if kind.is_float():
        return series.fill_null(float("nan")).to_numpy()
    if kind.is_decimal():
        return series.cast(pl.Float64).fill_null(float("nan")).to_numpy()
    if kind == pl.Date:
        return series.cast(pl.Datetime("us")).to_numpy()
    if isinstance(kind, pl.Datetime):
        return _moments(series, kind.time_unit)
    if kind == pl.Duration:
        return (series.dt.total_microseconds().cast(pl.Float64) / 1e6).fill_null(float("nan")).to_numpy()
    if kind == pl.Time:
        return _coded(series.dt.to_string("%H:%M:%S%.f"))  # a cast would cut the fraction off
    if kind == pl.Binary:
        return _coded(series.bin.encode("hex"))
    if kind.is_nested() or kind == pl.Object:
        listed = series.to_list()
        return Strings.of(
            ["" if cell is None else json.dumps(cell, default=str, ensure_ascii=False) for cell in listed]
        )
    return _coded(series.cast(pl.String))


def digest_cells(cells: dict[str, Cells]) -> str:
    """SHA-256 of names and cells, for sources without a file."""
    arrays: dict[str, Any] = {}
    for name, value in cells.items():
        if isinstance(value, Strings):
            arrays[f"{name}/codes"] = value.codes
            arrays[f"{name}/levels"] = np.array(value.levels, dtype=object)
        else:
            arrays[name] = np.asarray(value)
    return digest_arrays(arrays)


def _moments(series: pl.Series, unit: str) -> Cells:
    """Times in microseconds, UTC where they have a zone; what no calendar of ours holds is missing."""
    at = series.to_physical()
    values = at.fill_null(0).to_numpy()
    lost = at.is_null().to_numpy() | (np.abs(values.astype(np.float64)) > _LARGEST_TIME[unit])
    scaled = {"ms": 1000, "us": 1, "ns": 1}[unit] * np.where(lost, 0, values)
    moments = (scaled // 1000 if unit == "ns" else scaled).astype("datetime64[us]")
    moments[lost] = np.datetime64("NaT")
    return moments


def _integers(series: pl.Series) -> Cells:
    import polars as pl

    low, high = series.min(), series.max()
    is_exact = low is None or (abs(int(str(low))) <= EXACT and abs(int(str(high))) <= EXACT)
    if not is_exact:
        # such numbers are names of things: as text they keep their digits
        return _coded(series.cast(pl.String))
    if series.null_count():
        return series.cast(pl.Float64).fill_null(float("nan")).to_numpy()
    return series.cast(pl.Int64).to_numpy()


def _coded(series: pl.Series) -> Strings:
    import polars as pl

    if len(series) <= _FEW:
        # Of short columns there may be many thousands, and each question to polars takes a millisecond.
        return Strings.of([text or "" for text in series.to_list()])
    filled = series.fill_null("")
    levels = filled.unique(maintain_order=True)
    if len(levels) == len(filled):
        return Strings(np.arange(len(filled), dtype=np.int32), tuple(filled.to_list()))
    codes = filled.cast(pl.Enum(levels)).to_physical().cast(pl.Int32).to_numpy()
    return Strings(codes, tuple(levels.to_list()))
