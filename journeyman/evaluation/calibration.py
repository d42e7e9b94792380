"""Whether what is predicted comes true: rows in bins of like prediction, and a test over all of them."""

from __future__ import annotations

from collections.abc import Callable
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
#: Rounds in which the line of least absolute errors is found: it is only told, and not to many digits.
_ROUNDS = 40


@dataclass(frozen=True)
class CalibrationBin:
    """Rows of like prediction: the mean predicted, what came of them on average (in the middle), how many there are."""

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
    share : the same, of 1 or of the target's standard deviation on the scale that is looked at
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

    Values are held to what the metric that judged asks for: to the mean; where errors of logarithms judge, to the mean
    of logarithms; where absolute errors do, to the middle of what came, by how many rows lie above and below.

    Source: Cox, Two further applications of a model for binary regression, Biometrika 1958; for the middle the score of
    median regression, Koenker, Quantile Regression, 2005, section 3.5.
    """
    held = _held(board, shipped)
    bins = _bins(held, board.weights)
    slope, curve = held.predicted, np.ones(len(held.predicted))
    if held.is_chance:
        inside = np.clip(slope, _LEAST, 1 - _LEAST)
        slope, curve = np.log(inside / (1 - inside)), inside * (1 - inside)
    spread = float(np.std(slope))
    along = (slope - slope.mean()) / spread if spread > 1e-9 else np.empty((0,))
    design = np.column_stack([np.ones(len(slope)), along]) if len(along) else np.ones((len(slope), 1))
    try:
        if held.is_middle:
            statistic, moved = _of_the_middle(held.observed - held.predicted, design, board.weights, units)
        else:
            scores = design * ((held.observed - held.predicted) * board.weights)[:, None]
            total, variance = scores.sum(axis=0), _variance(scores, units)
            information = (design * (curve * board.weights)[:, None]).T @ design
            statistic = float(total @ np.linalg.solve(variance, total))
            moved = design @ np.linalg.solve(information, total) * curve
    except np.linalg.LinAlgError:
        return Calibration(bins, np.nan, np.nan, np.nan)
    by = np.abs(held.back(held.predicted + moved) - held.back(held.predicted))
    off_by = float(np.average(by, weights=board.weights))
    share = float(np.average(np.abs(moved), weights=board.weights))
    around = held.observed - np.average(held.observed, weights=board.weights)
    scale = 1.0 if held.is_chance else float(np.sqrt(np.average(around**2, weights=board.weights))) or 1.0
    return Calibration(bins, off_by, share / scale, _beyond(statistic, design.shape[1]))


@dataclass(frozen=True)
class _Held:
    """What was predicted, what came, (rows,) each, on the scale on which they are compared; ``back`` leaves it."""

    predicted: Numbers
    observed: Numbers
    is_chance: bool = False
    is_middle: bool = False
    back: Callable[[Numbers], Numbers] = np.asarray


def _held(board: Board, shipped: int) -> _Held:
    answer, truth = board.answers[shipped], board.target.values
    if board.target.task == "multiclass":
        return _Held(answer.max(axis=1), (labels(answer) == truth).astype(np.float64), is_chance=True)
    judge = "" if board.judge is None else board.judge.name
    if judge == "rmsle" and board.target.task == "regression":
        return _Held(np.log1p(np.maximum(answer[:, 0], 0.0)), np.log1p(truth), back=np.expm1)
    return _Held(answer[:, 0], truth, board.target.task == "binary", is_middle=judge == "mae")


def _of_the_middle(errors: Numbers, design: Numbers, weights: Numbers, units: Units) -> tuple[float, Numbers]:
    """The statistic of the score of medians, and by how much answers would move, (rows,).

    Half of the rows are to lie above and half below. Where truths are steps, many rows are hit exactly: these count as
    above or below to a share that goes along with the answers, whichever speaks most for them.
    """
    sides, hit = np.sign(errors) / 2, errors == 0
    if hit.any():
        tied = design * (weights * hit)[:, None]
        toward = np.linalg.lstsq(tied.T @ design, -(design * (weights * sides)[:, None]).sum(axis=0), rcond=None)[0]
        sides = np.where(hit, np.clip(design @ toward, -0.5, 0.5), sides)
    scores = design * (weights * sides)[:, None]
    total = scores.sum(axis=0)
    statistic = float(total @ np.linalg.solve(_variance(scores, units), total))
    # The line of least absolute errors, by least squares whose weights are the inverse of the errors left.
    moved = np.zeros(len(errors))
    least = 1e-6 * max(float(np.average(np.abs(errors), weights=weights)), 1e-300)
    for _ in range(_ROUNDS):
        pulled = weights / np.maximum(np.abs(errors - moved), least)
        found = np.linalg.solve((design * pulled[:, None]).T @ design, (design * pulled[:, None]).T @ errors)
        moved = design @ found
    return statistic, moved


def _middle(values: Numbers, weights: Numbers) -> float:
    """The weighted median."""
    order = np.argsort(values, kind="stable")
    below = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(below, 0.5 * below[-1])])


def _variance(scores: Numbers, units: Units) -> Numbers:
    """Of the sum of scores (rows, k), (k, k): the rows of one unit are one piece of evidence."""
    by_unit = np.column_stack([np.bincount(units.of_row, one, units.count) for one in scores.T])
    return np.asarray(by_unit.T @ by_unit, np.float64)


def _bins(held: _Held, weights: Numbers) -> tuple[CalibrationBin, ...]:
    predicted, observed = held.predicted, held.observed
    cuts = np.unique(np.quantile(predicted, np.linspace(0, 1, _BINS + 1)[1:-1]))
    bins = np.searchsorted(cuts, predicted, side="left")
    found = []
    for one in np.unique(bins):
        rows = np.flatnonzero(bins == one)
        if weights[rows].sum() > 0:
            means = [float(np.average(values[rows], weights=weights[rows])) for values in (predicted, observed)]
            if held.is_middle:
                means[1] = _middle(observed[rows], weights[rows])
            told = held.back(np.array(means))
            found.append(CalibrationBin(float(told[0]), float(told[1]), len(rows)))
    return tuple(found)


def _beyond(statistic: float, freedom: int) -> float:
    from scipy.special import chdtrc

    return float(chdtrc(freedom, max(statistic, 0.0)))
