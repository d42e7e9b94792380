"""Several detectors' doubts about the same cells → one strength and one repair for each cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from journeyman.repairs.grid import Grid
from journeyman.repairs.rule import Doubts
from journeyman.table.columns import Integers, Numbers, Objects


@dataclass(frozen=True)
class Combined:
    """The doubted cells of one column, each once: shapes as in `Doubts`; ``detector`` names the strongest of each."""

    column: str
    rows: Integers
    strength: Numbers
    after: Objects
    sure: Numbers
    why: Objects
    detector: Objects


def combine(grid: Grid, doubts: Iterable[Doubts]) -> list[Combined]:
    """One strength a cell: a cell is right only if every detector that doubts it is mistaken (their doubts are taken
    as independent, at most three of them, so that many weak ones do not add up without end).
    """
    by_column: dict[str, list[Doubts]] = {}
    for one in doubts:
        by_column.setdefault(one.column, []).append(one)
    return [_combined(name, by_column[name]) for name in grid.columns if name in by_column]


def _combined(name: str, doubts: list[Doubts]) -> Combined:
    rows = np.concatenate([one.rows for one in doubts])
    strength = np.concatenate([one.strength for one in doubts])
    sure = np.concatenate([one.sure for one in doubts])
    after = np.concatenate([one.after for one in doubts])
    why = np.concatenate([one.why for one in doubts])
    detector = np.concatenate([np.full(len(one.rows), one.detector, object) for one in doubts])
    order = np.lexsort((-strength, rows))
    ordered = rows[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    right = np.multiply.reduceat(1 - np.clip(strength[order], 0, 0.999), starts)
    strongest = order[starts]
    surest = order[np.lexsort((-sure[order], ordered))][starts]
    return Combined(name, rows[strongest], 1 - right, after[surest], sure[surest], why[strongest], detector[strongest])
