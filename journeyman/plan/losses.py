"""What scores are judged by: the loss of each row. And how scores of the classes that are there become those of all."""

from __future__ import annotations

from typing import Literal

import numpy as np

from journeyman.plan.target import Target, Task
from journeyman.table.columns import Integers, Numbers

#: ``squared``, ``absolute`` and ``poisson`` are for numbers; ``logistic`` is for classes, two or many.
Loss = Literal["squared", "absolute", "poisson", "logistic"]
#: Coefficients (columns, outputs) and intercepts (outputs,).
Solution = tuple[Numbers, Numbers]
#: Beyond this the exponential of a score is no rate that anybody counts.
FARTHEST = 30.0


def loss_of(task: Task, metric: str) -> Loss:
    """The loss that a metric asks for."""
    if task != "regression":
        return "logistic"
    return {"mae": "absolute", "poisson_deviance": "poisson"}.get(metric, "squared")  # type: ignore[return-value]  # literals


def loss_for(target: Target, loss: Loss) -> Loss:
    """The loss that is asked for where the target has it: classes are logistic, and only what is counted has a rate."""
    if target.task != "regression":
        return "logistic"
    # What is below 0, or 0 throughout, has no rate.
    if loss == "poisson" and not (target.values.min() >= 0 < target.values.max()):
        return "squared"
    return loss if loss != "logistic" else "squared"


def wanted_scores(target: Target) -> Numbers:
    """What scores are to come to, (rows, outputs); for many classes 1 in the column of its class."""
    if target.outputs == 1:
        return target.values[:, None]
    return np.eye(target.outputs)[target.codes]


def losses(score: Numbers, target: Target, loss: Loss) -> Numbers:
    """The loss of each row, (rows,), of scores (rows, outputs); weights are left out."""
    wanted = wanted_scores(target)
    if loss == "absolute":
        return np.asarray(np.abs(score - wanted)[:, 0])
    if loss == "squared":
        return np.asarray(0.5 * (score - wanted)[:, 0] ** 2)
    if loss == "poisson":
        held = np.minimum(score, FARTHEST)
        return np.asarray((np.exp(held) - wanted * held)[:, 0])
    if score.shape[1] == 1:
        return np.asarray((np.logaddexp(0.0, score) - wanted * score)[:, 0])
    less = score - score.max(axis=1, keepdims=True)
    return np.asarray(np.log(np.exp(less).sum(axis=1)) - (wanted * less).sum(axis=1))


def of_all_classes(found: Solution, seen: Integers, outputs: int, never: float) -> Solution:
    """The scores of several classes from those of the classes that training held; the others always have ``never``.

    Parameters
    ----------
    found : one column a class that is there, in the order of ``seen``; of two classes, one column may tell the second
        from the first
    """
    coefficients, intercepts = found
    if len(seen) == 2 and coefficients.shape[1] == 1:
        coefficients = np.hstack([np.zeros_like(coefficients), coefficients])
        intercepts = np.array([0.0, intercepts[0]])
    whole, starts = np.zeros((len(coefficients), outputs)), np.full(outputs, never)
    whole[:, seen], starts[seen] = coefficients, intercepts
    return whole, starts
