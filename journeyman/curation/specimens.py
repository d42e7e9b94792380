"""One thing measured several times: rows that agree in all that was set, and differ in one column only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from journeyman.curation.cells import chance_of_equal, codes_of
from journeyman.table import said
from journeyman.table.columns import Integers
from journeyman.table.finding import Finding, Remedy
from journeyman.table.schema import Column
from journeyman.table.table import Table

#: A column with so many values, none frequent, in which two things hardly agree by chance; it takes so many of them.
RICH_VALUES, RICH_CHANCE, RICH_COLUMNS = 50, 0.05, 3
#: Share of rows that must have a twin but for one column, beyond those that have one in all columns.
ENOUGH_ROWS = 0.1
_MOST_COLUMNS = 40


@dataclass(frozen=True)
class Specimens:
    """Rows of one number in ``codes`` (rows,) agree in every column but ``varies`` (nothing where in all)."""

    codes: Integers
    varies: str
    columns: int


def find_specimens(table: Table, columns: Sequence[Column]) -> tuple[Specimens | None, tuple[Finding, ...]]:
    """Rows that are the same mixture at several ages, the same sample measured twice: all columns equal but one.

    Only where at least three columns of numbers are so rich in values that agreement in them is no coincidence;
    tables of few categories have many such rows that have nothing to do with each other. Rows that agree in every
    column are found too, whatever their targets.
    """
    names = [column.name for column in columns]
    if not 4 <= len(names) <= _MOST_COLUMNS:
        return None, ()
    per_column = {name: codes_of(table, name) + 1 for name in names}
    rich = {
        name for name, codes in per_column.items() if isinstance(table.values[name], np.ndarray) and _is_rich(codes)
    }
    if len(rich) < RICH_COLUMNS:
        return None, ()
    random = np.random.default_rng(np.random.PCG64(0))
    # A sum of random numbers, one a value: one column can be taken out by subtraction. Overflow is meant.
    marks = {
        name: random.integers(0, 2**63, int(codes.max()) + 1, dtype=np.uint64)[codes]
        for name, codes in per_column.items()
    }
    whole: NDArray[np.uint64] = np.asarray(np.sum(list(marks.values()), axis=0, dtype=np.uint64))
    equal = _twins(whole)
    best, varies = equal, ""
    for name in names:
        if len(rich - {name}) >= RICH_COLUMNS and (share := _twins(whole - marks[name])) > best:
            best, varies = share, name
    if best - equal < ENOUGH_ROWS:
        best, varies = equal, ""
    if best == 0.0:
        return None, ()
    codes = np.unique(whole - marks[varies] if varies else whole, return_inverse=True)[1].astype(np.int64)
    found = Specimens(codes, varies, len(names) - bool(varies))
    return found, (_told(found, best, table.rows),) if varies else ()


def _told(found: Specimens, share: float, rows: int) -> Finding:
    of = f"{said.share(share)} of {rows:,} rows"
    message = f"{of} have others that differ in {found.varies!r} alone: one thing, seen again"
    return Finding(
        code="groups",
        severity="warning",
        message=message,
        columns=(found.varies,),
        numbers={"share": round(share, 4), "groups": int(found.codes.max()) + 1},
        remedy=Remedy(action="review", words="they are kept on one side of every split; --entity none parts them"),
    )


def _is_rich(codes: Integers) -> bool:
    return int(codes.max()) >= RICH_VALUES and chance_of_equal(codes) <= RICH_CHANCE


def _twins(marks: NDArray[np.uint64]) -> float:
    """The share of rows whose mark another row has."""
    _, counts = np.unique(marks, return_counts=True)
    return float(counts[counts > 1].sum() / max(len(marks), 1))
