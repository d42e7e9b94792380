"""What was found: rows that do not fit, how strange each is, and the cells that make it so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from journeyman.table.columns import Integers, Numbers

_SHOWN = 20


@dataclass(frozen=True, kw_only=True)
class StrangeCell:
    """A cell that makes a row strange: its column, what it holds, and why it is held against the row."""

    column: str
    holds: str
    why: str


@dataclass(frozen=True, kw_only=True)
class StrangeRow:
    """A row that does not fit. ``row`` counts from 0 in the source; e to the power of ``score`` is how rare it is."""

    row: int
    score: float
    cells: tuple[StrangeCell, ...] = ()

    def told(self) -> str:
        """The row in words; it counts from 1 there."""
        cells = "; ".join(f"{one.column} is {one.holds} ({one.why})" for one in self.cells)
        return f"row {self.row + 1:,}: {cells or 'no single cell stands out'}"


@dataclass(frozen=True, kw_only=True)
class Anomalies:
    """Rows that do not fit the others.

    Parameters
    ----------
    looked_at : how many rows were looked at; 0 where there were too few, or nothing to compare
    columns : what was compared
    rows : (n,) the numbers in the source of the rows that were looked at, from 0
    scores : (n,) how strange each is: −log of the share of rows that would be as strange by chance
    beyond : how many are stranger than chance makes any
    strange : those, the strangest first, with the reason; of very many the first
    """

    origin: str
    looked_at: int
    rows: Integers = field(repr=False)
    scores: Numbers = field(repr=False)
    columns: tuple[str, ...] = ()
    beyond: int = 0
    strange: tuple[StrangeRow, ...] = ()

    def strangest(self, count: int = _SHOWN) -> Integers:
        """The numbers in the source of the strangest rows, whether beyond chance or not."""
        return self.rows[np.argsort(-self.scores, kind="stable")[:count]]

    def as_data(self) -> dict[str, Any]:
        """What was found as JSON holds it; rows count from 0."""
        return {
            "looked_at": self.looked_at,
            "columns": list(self.columns),
            "beyond": self.beyond,
            "strange": [
                {
                    "row": one.row,
                    "score": round(one.score, 2),
                    "cells": [{"column": cell.column, "holds": cell.holds, "why": cell.why} for cell in one.cells],
                }
                for one in self.strange
            ],
        }

    def __repr__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"<Anomalies of {self.origin}>"
        if not self.looked_at:
            yield "  there are too few rows, or no columns to compare"
            return
        yield f"  {self.beyond:,} of {self.looked_at:,} rows are stranger than chance makes any"
        yield from (f"  {one.told()}" for one in self.strange[:_SHOWN])
