"""Cells that are not what the other columns of their row say they should be."""

from __future__ import annotations

import numpy as np

from journeyman.anomalies.cells import Cells, Scaled
from journeyman.anomalies.strangeness import Strangeness
from journeyman.table.columns import Numbers

#: Numbers beyond so many standard deviations teach no more than those there; surprise of one cell ends at this.
_CLIP, _MOST = 3.0, 12.0
#: A cell says something of the others only by so much of it, in rows.
_RIDGE = 10.0
_RARE = 1e-3

WHY = "not what the rest of the row lets expect"


def strangeness(cells: Cells) -> Strangeness:
    """The sum over columns of how surprising a cell is, given the row's other cells.

    Each column is regressed on all others (their values, squares and level flags, by least squares with a small
    penalty). A number's surprise is half its squared standardised residual, a level's −log of its fitted chance.
    """
    scaled = cells.scaled
    said, owner = _said(scaled)
    middle = said.mean(axis=0)
    centred = said - middle
    products = centred.T @ centred
    found = np.zeros((cells.rows, len(cells.names)))
    for place in range(len(cells.names)):
        mine, others = np.flatnonzero(scaled.column == place), np.flatnonzero(owner != place)
        if not len(others):
            continue
        if place < cells.numbers.shape[1]:
            mine = mine[:1]
        asked = np.clip(scaled.values[:, mine], -_CLIP, _CLIP)
        weights = np.linalg.solve(
            products[np.ix_(others, others)] + _RIDGE * np.eye(len(others)),
            centred[:, others].T @ (asked - asked.mean(axis=0)),
        )
        fitted = asked.mean(axis=0) + centred[:, others] @ weights
        if place < cells.numbers.shape[1]:
            found[:, place] = _of_number(scaled.values[:, mine[0]] - fitted[:, 0])
            found[np.isnan(cells.numbers[:, place]), place] = 0.0
        else:
            chance = np.clip(np.clip(fitted, _RARE, 1.0)[np.arange(cells.rows), asked.argmax(axis=1)], _RARE, 1.0)
            found[:, place] = -np.log(chance)
    return Strangeness(found.sum(axis=1), found)


def _said(scaled: Scaled) -> tuple[Numbers, Numbers]:
    """What columns say of others: their clipped values, and squares of those that are no flags."""
    clipped = np.clip(scaled.values, -_CLIP, _CLIP)
    numbers = np.flatnonzero([len(np.unique(one[:50])) > 2 for one in clipped.T])
    return np.hstack([clipped, clipped[:, numbers] ** 2]), np.concatenate([scaled.column, scaled.column[numbers]])


def _of_number(residuals: Numbers) -> Numbers:
    middle = np.median(residuals)
    spread = float(np.median(np.abs(residuals - middle))) / 0.6745 or float(residuals.std()) or 1.0
    return np.asarray(np.minimum(0.5 * ((residuals - middle) / spread) ** 2, _MOST))
