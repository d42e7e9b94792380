"""How far predicted numbers are off: what was predicted against what came, and how errors spread."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from journeyman.plan.target import Target
from journeyman.statistics.folds import Folds
from journeyman.table.columns import Numbers

#: Bins of what was predicted, bars of the errors, and the outermost share of errors that the bars leave out a side.
BINS, BARS, TAIL = 12, 25, 0.01


@dataclass(frozen=True)
class Band:
    """Rows of like prediction: its mean, and what came for a tenth, half and nine tenths of them at most."""

    predicted: float
    low: float
    middle: float
    high: float
    rows: int


@dataclass(frozen=True, kw_only=True)
class Residuals:
    """How far the answers are off, on rows that the answering model had not seen; an error is actual − predicted.

    Parameters
    ----------
    bands : from the smallest prediction to the largest
    edges, counts : bars of the errors; those outside the edges are in the first and the last bar
    half, most : half, and nine tenths, of all rows are off by at most so much
    without : half of all rows would be off by at most so much, were the answer always the median
    """

    bands: tuple[Band, ...]
    edges: tuple[float, ...]
    counts: tuple[int, ...]
    half: float
    most: float
    without: float
    rows: int

    def as_data(self) -> dict[str, Any]:
        """The errors as ``run.json`` holds them."""
        return asdict(self)


def residuals(answers: Numbers, target: Target, folds: Folds) -> Residuals | None:
    """Compare predicted numbers with what came.

    Parameters
    ----------
    answers : (rows, 1) out-of-fold answers; every row counts the same

    Returns
    -------
    None for a target of classes, or with fewer than two rows.
    """
    scored = folds.all_scored
    if target.classes or len(scored) < 2 or not np.isfinite(answers[scored]).all():
        return None
    predicted, actual = answers[scored, 0], target.values[scored]
    errors = actual - predicted
    size = np.abs(errors)
    low, high = np.quantile(errors, [TAIL, 1 - TAIL])
    if not high > low:
        low, high = float(errors.min()) - 0.5, float(errors.max()) + 0.5
    edges = np.linspace(low, high, BARS + 1)
    counts, _ = np.histogram(np.clip(errors, low, high), bins=edges)
    return Residuals(
        bands=_bands(predicted, actual),
        edges=tuple(edges.tolist()),
        counts=tuple(counts.tolist()),
        half=float(np.median(size)),
        most=float(np.quantile(size, 0.9)),
        without=float(np.median(np.abs(actual - np.median(actual)))),
        rows=len(errors),
    )


def _bands(predicted: Numbers, actual: Numbers) -> tuple[Band, ...]:
    cuts = np.unique(np.quantile(predicted, np.linspace(0, 1, BINS + 1)[1:-1]))
    bins = np.searchsorted(cuts, predicted, side="left")
    found = []
    for one in np.unique(bins):
        rows = bins == one
        low, middle, high = np.quantile(actual[rows], [0.1, 0.5, 0.9]).tolist()
        found.append(Band(float(predicted[rows].mean()), low, middle, high, int(rows.sum())))
    return tuple(found)
