"""From scores to answers: the same link for every learner that sums up scores, in columns and in the graph."""

from __future__ import annotations

from typing import Literal

import numpy as np

from journeyman.plan.graph import Graph
from journeyman.plan.target import Target, Task
from journeyman.table.columns import Integers, Numbers

Kind = Task | Literal["rate"]
#: The place of a kind here is what a learner keeps in its state. A rate is never negative: its score is a logarithm.
KINDS: tuple[Kind, ...] = ("regression", "binary", "multiclass", "rate")
#: Beyond this a probability is 0 or 1 in float64, and its exponential would overflow.
FARTHEST = 500.0
#: No rate is beyond the exponential of this, on either side.
FARTHEST_RATE = 50.0
#: A chance of 0 or 1 has no finite score; this is the nearest that a constant answer goes.
_NEAREST = 1e-6


def link_of(kind: Kind) -> Integers:
    """The link as an array for the state, (1,)."""
    return np.array([KINDS.index(kind)], np.int64)


def constant_score(kind: Kind, target: Target) -> Numbers:
    """The score of the best constant answer, (outputs,)."""
    mean = target.mean()
    if kind == "regression":
        return mean
    if kind == "rate":
        return np.log(np.maximum(mean, np.exp(-FARTHEST_RATE)))
    chances = np.clip(mean, _NEAREST, 1 - _NEAREST)
    return np.asarray(np.log(chances / (1 - chances)) if kind == "binary" else np.log(chances))


def answer_range(target: Target) -> Numbers:
    """The least and the largest answer that there can be: for numbers the training range, widened by a tenth."""
    if target.task != "regression":
        return np.array([-1e300, 1e300])
    low, high = float(target.values.min()), float(target.values.max())
    spread = (high - low) * 0.1
    return np.array([max(low - spread, -1e300), min(high + spread, 1e300)])


def linked(link: Integers, score: Numbers) -> Numbers:
    """Scores (rows, outputs) as answers: values as they are, logistic for two classes, softmax for
    several, the exponential for rates."""
    kind = KINDS[int(link[0])]
    if kind == "regression" or not len(score):
        return score
    if kind == "rate":
        return np.asarray(np.exp(np.clip(score, -FARTHEST_RATE, FARTHEST_RATE)))
    if kind == "binary":
        return np.asarray(1.0 / (1.0 + np.exp(-np.clip(score, -FARTHEST, FARTHEST))))
    powers = np.exp(score - score.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def express_link(link: Integers, graph: Graph, score: str) -> str:
    """The same as nodes."""
    kind = KINDS[int(link[0])]
    if kind == "regression":
        return score
    if kind == "rate":
        return graph.add("Exp", graph.add("Clip", score, graph.constant(-FARTHEST_RATE), graph.constant(FARTHEST_RATE)))
    if kind == "binary":
        held = graph.add("Clip", score, graph.constant(-FARTHEST), graph.constant(FARTHEST))
        return graph.add("Sigmoid", held)
    return graph.add("Softmax", score, axis=1)
