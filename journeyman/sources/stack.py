"""Several sources of one shape, one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from journeyman.bundle.cells import simplify, spell
from journeyman.errors import SourceError
from journeyman.sources.raw import Raw, cells_of
from journeyman.store.digest import digest_data
from journeyman.table.columns import Strings
from journeyman.table.finding import Finding
from journeyman.table.table import Ledger, SetAside

if TYPE_CHECKING:
    import polars as pl


def stacked(raws: Sequence[Raw]) -> Raw:
    """One source of several: the columns of the first, the rows in order.

    A column that is of one type in all of them keeps it; numbers of several types are numbers; everything else is
    text, each cell as it is spelled.

    Raises
    ------
    SourceError : they differ in their columns
    """
    import polars as pl

    if len(raws) == 1:
        return raws[0]
    require_one_shape(raws)
    columns = [_below(name, [raw.frame[name] for raw in raws]) for name in raws[0].frame.columns]
    starts = np.cumsum([0, *(raw.ledger.read for raw in raws)]).tolist()[:-1]
    set_aside = tuple(
        replace(one, row=start + one.row, source=one.source or raw.name)
        for start, raw in zip(starts, raws, strict=True)
        for one in raw.ledger.set_aside
    )
    findings = tuple(
        _moved(finding, start, raw) for start, raw in zip(starts, raws, strict=True) for finding in raw.findings
    )
    return replace(
        raws[0],
        frame=pl.DataFrame(columns),
        origin=" + ".join(raw.origin for raw in raws),
        digest=digest_data([raw.digest for raw in raws]),
        ledger=_together([raw.ledger for raw in raws], set_aside),
        findings=findings,
        row_numbers=np.concatenate([start + raw.numbers() for start, raw in zip(starts, raws, strict=True)]),
        # Lines of several files would not say of which.
        lines=None,
    )


def require_one_shape(raws: Sequence[Raw]) -> None:
    """Refuse sources that differ in their columns.

    Raises
    ------
    SourceError : they do, naming the columns
    """
    first = raws[0].frame.columns
    for raw in raws[1:]:
        missing = [name for name in first if name not in raw.frame.columns]
        extra = [name for name in raw.frame.columns if name not in first]
        if missing or extra:
            because = [f"{raw.name} lacks {missing[0]!r}"] if missing else []
            because += [f"only {raw.name} has {extra[0]!r}"] if extra else []
            raise SourceError(
                f"{raws[0].name} and {raw.name} are not of one shape",
                because=" and ".join(because),
                remedy="give files with the same columns",
                code="column_missing",
            )


def _together(ledgers: Sequence[Ledger], set_aside: tuple[SetAside, ...]) -> Ledger:
    return Ledger(
        read=sum(one.read for one in ledgers),
        used=sum(one.used for one in ledgers),
        set_aside=set_aside,
        sampled=sum(one.sampled for one in ledgers),
    )


def _moved(finding: Finding, start: int, raw: Raw) -> Finding:
    """A finding of one source among several: rows count through, and the message names the source."""
    rows = tuple(start + row for row in finding.rows)
    message = finding.message if raw.name in finding.message else f"{raw.name}: {finding.message}"
    return replace(finding, rows=rows, message=message)


def _below(name: str, parts: Sequence[pl.Series]) -> pl.Series:
    import polars as pl

    kinds = {part.dtype for part in parts}
    if len(kinds) == 1:
        return pl.concat(list(parts)).alias(name)
    if all(part.dtype.is_numeric() for part in parts):
        whole = all(part.dtype.is_integer() for part in parts)
        kind = pl.Int64 if whole else pl.Float64
        return pl.concat([part.cast(kind) for part in parts]).alias(name)
    return pl.concat([_texts(part) for part in parts]).alias(name)


def _texts(part: pl.Series) -> pl.Series:
    import polars as pl

    if part.dtype == pl.String:
        return part
    cells = cells_of(part)
    listed = cells.cells().tolist() if isinstance(cells, Strings) else [_text(simplify(cell)) for cell in cells]
    return pl.Series(part.name, [cell or None for cell in listed], dtype=pl.String)


def _text(cell: object) -> str:
    if cell is None or cell != cell:
        return ""
    if isinstance(cell, float):
        return spell(cell) if abs(cell) != float("inf") else str(cell)
    return str(cell)
