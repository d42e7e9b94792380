"""Whether what is predicted comes true: rows in bins of like prediction, and a test over all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from journeyman.evaluation.board import Board
from journeyman.evaluation.estimate import plain
from journeyman.statistics.bbc import Units
from journeyman.statistics.label_rule import labels
from journeyman.table.columns import Numbers

_BINS = 10
#: Predictions are off where chance alone would hardly show it so, and by so much that it matters: of a probability, or
#: of the target's standard deviation.
_SURE, _MATTERS = 0.01, 0.02
#: Probabilities nearer to 0 or 1 than this are taken as this.
_LEAST = 1e-6


@dataclass(frozen=True)
class CalibrationBin:
    """Rows of like prediction: the mean predicted, the mean that came true, how many there are."""

    predicted: float
    observed: float
    rows: int

    def as_data(self) -> dict[str, float]:
        """The bin as ``run.json`` holds it."""
        return {"predicted": self.predicted, "observed": self.observed, "rows": self.rows}


@dataclass(frozen=True)
class Calibration:
    """How true predictions are, all rows taken together.

    Parameters
    ----------
    bins : rows of like prediction
    off_by : by how much predictions would move on average, were level and spread put right: of a probability, or in
        the target's units; NaN where that cannot be told
    share : the same, of 1 or of the target's standard deviation
    p_value : how often chance alone would show at least this
    """

    bins: tuple[CalibrationBin, ...]
    off_by: float
    share: float
    p_value: float

    @property
    def comes_true(self) -> bool:
        """Whether nothing that matters is shown to be off."""
        return not (self.p_value < _SURE and self.share > _MATTERS)

    def as_data(self) -> dict[str, Any]:
        """The check as ``run.json`` holds it, without the bins."""
        return {
            "off_by": plain(self.off_by),
            "share": plain(self.share),
            "p_value": plain(self.p_value),
            "comes_true": self.comes_true,
        }


def calibration(board: Board, shipped: int, units: Units) -> Calibration:
    """Look at what is shipped: the positive class's probability, that of the likeliest class, or the value.

    The test is Cox's, as a score test: level and slope of the recalibration are asked for at once, on the scale of
    log-odds for probabilities, with a variance in which the rows of one unit (`journeyman.statistics.bbc.Units`) are
    one piece of evidence. Answers that are all alike have a level only.

    Source: Cox, Two further applications of a model for binary regression, Biometrika 1958.
    """
    predicted, observed, is_chance = _pairs(board, shipped)
    bins = _bins(predicted, observed, board.weights)
    if is_chance:
        held = np.clip(predicted, _LEAST, 1 - _LEAST)
        slope = np.log(held / (1 - held))
        curve = held * (1 - held)
    else:
        slope, curve = predicted, np.ones(len(predicted))
    spread = float(np.std(slope))
    along = (slope - slope.mean()) / spread if spread > 1e-9 else np.empty((0,))
    design = np.column_stack([np.ones(len(slope)), along]) if len(along) else np.ones((len(slope), 1))
    scores = design * ((observed - predicted) * board.weights)[:, None]
    by_unit = np.column_stack([np.bincount(units.of_row, one, units.count) for one in scores.T])
    total, variance = scores.sum(axis=0), by_unit.T @ by_unit
    information = (design * (curve * board.weights)[:, None]).T @ design
    try:
        statistic = float(total @ np.linalg.solve(variance, total))
        moved = design @ np.linalg.solve(information, total) * curve
    except np.linalg.LinAlgError:
        return Calibration(bins, np.nan, np.nan, np.nan)
    off_by = float(np.average(np.abs(moved), weights=board.weights))
    scale = 1.0 if is_chance else float(np.std(observed)) or 1.0
    return Calibration(bins, off_by, off_by / scale, _beyond(statistic, design.shape[1]))


def _pairs(board: Board, shipped: int) -> tuple[Numbers, Numbers, bool]:
    """What was predicted, what came, and whether that is a probability."""
    answer, truth = board.answers[shipped], board.target.values
    if board.target.task == "multiclass":
        return answer.max(axis=1), (labels(answer) == truth).astype(np.float64), True
    return answer[:, 0], truth, board.target.task == "binary"


def _bins(predicted: Numbers, observed: Numbers, weights: Numbers) -> tuple[CalibrationBin, ...]:
    cuts = np.unique(np.quantile(predicted, np.linspace(0, 1, _BINS + 1)[1:-1]))
    bins = np.searchsorted(cuts, predicted, side="left")
    found = []
    for one in np.unique(bins):
        rows = np.flatnonzero(bins == one)
        if weights[rows].sum() > 0:
            means = [float(np.average(values[rows], weights=weights[rows])) for values in (predicted, observed)]
            found.append(CalibrationBin(means[0], means[1], len(rows)))
    return tuple(found)


def _beyond(statistic: float, freedom: int) -> float:
    from scipy.special import chdtrc

    return float(chdtrc(freedom, max(statistic, 0.0)))
