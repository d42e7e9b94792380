"""What shallow trees leave of the target, by rows that they did not see, and which columns they used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from journeyman.plan.target import Target
from journeyman.table.columns import Numbers

#: Rounds of the trees, over the outputs that they are shared among; their rate, leaves and folds.
_ROUNDS, _RATE, _LEAVES, _FOLDS = 150, 0.1, 4, 3
_FEWEST_ROUNDS = 15


@dataclass(frozen=True)
class Rest:
    """What is left to explain.

    Shapes: ``slope`` (rows, outputs), minus the loss's first derivative where the trees left it; ``curvature`` (rows,
    outputs), its second; both are times the row's weight. ``importance`` (columns,): what the splits of each column
    brought, summing to 1 where there was any.
    """

    slope: Numbers
    curvature: Numbers
    importance: Numbers


def rest_of(cells: Numbers, sets: list[int], target: Target) -> Rest:
    """Fit shallow trees in folds, and see what they leave.

    Parameters
    ----------
    cells : the columns, (rows, columns), words as codes
    sets : places of columns that are codes
    """
    outputs = target.outputs
    score = np.zeros((len(target), outputs))
    importance = np.zeros(cells.shape[1])
    folds = target.encoding_folds(_FOLDS)
    for fold in range(folds.count):
        training, scored = folds.training(fold), folds.scored(fold)
        score[scored] = _start(target.take(training))
        if len(scored) and np.ptp(target.values[training]) > 0:
            booster = _grown(cells[training], sets, target.take(training))
            raw = booster.predict(cells[scored], raw_score=True, num_threads=1)
            score[scored] = np.reshape(raw, (len(scored), outputs))
            importance += booster.feature_importance("gain")
    slope, curvature = _derivatives(score, target)
    return Rest(slope, curvature, importance / max(float(importance.sum()), 1e-300))


def _start(target: Target) -> Numbers:
    mean = target.mean()
    if target.task == "regression":
        return mean
    held = np.clip(mean, 1e-6, 1 - 1e-6)
    return np.log(held) - (np.log1p(-held) if target.task == "binary" else 0.0)


def _derivatives(score: Numbers, target: Target) -> tuple[Numbers, Numbers]:
    weights = 1.0 if target.weights is None else target.weights[:, None]
    if target.task == "regression":
        slope, curvature = target.values[:, None] - score, np.ones_like(score)
    elif target.task == "binary":
        share = 1 / (1 + np.exp(-np.clip(score, -30, 30)))
        slope, curvature = target.values[:, None] - share, share * (1 - share)
    else:
        share = np.exp(score - score.max(axis=1, keepdims=True))
        share /= share.sum(axis=1, keepdims=True)
        slope, curvature = (target.codes[:, None] == np.arange(target.outputs)) - share, share * (1 - share)
    return slope * weights, curvature * weights


def _grown(cells: Numbers, sets: list[int], target: Target) -> Any:
    import lightgbm

    settings = {
        "objective": target.task,
        "num_leaves": _LEAVES,
        "learning_rate": _RATE,
        "min_data_in_leaf": max(2, min(20, len(target) // 60)),
        "feature_fraction": 0.7,
        "max_bin": 63,
        "seed": target.seed,
        "num_threads": 1,
        "deterministic": True,
        "force_col_wise": True,
        "verbosity": -1,
        **({"num_class": len(target.classes), "lambda_l2": 0.5} if target.task == "multiclass" else {}),
    }
    data = lightgbm.Dataset(
        cells, target.values, weight=target.weights, categorical_feature=sets, params=settings, free_raw_data=False
    )
    return lightgbm.train(settings, data, max(_FEWEST_ROUNDS, _ROUNDS // target.outputs))
