"""From scores to answers: the same link for every learner that sums up scores, in columns and in the graph."""

from __future__ import annotations

import numpy as np

from journeyman.plan.graph import Graph
from journeyman.plan.target import Task
from journeyman.table.columns import Integers, Numbers

#: The place of a task here is what a learner keeps in its state.
TASKS: tuple[Task, ...] = ("regression", "binary", "multiclass")
#: Beyond this a probability is 0 or 1 in float64, and its exponential would overflow.
FARTHEST = 500.0


def link_of(task: Task) -> Integers:
    """The link as an array for the state, (1,)."""
    return np.array([TASKS.index(task)], np.int64)


def linked(link: Integers, score: Numbers) -> Numbers:
    """Scores (rows, outputs) as answers: values as they are, logistic for two classes, softmax for several."""
    task = TASKS[int(link[0])]
    if task == "regression" or not len(score):
        return score
    if task == "binary":
        return np.asarray(1.0 / (1.0 + np.exp(-np.clip(score, -FARTHEST, FARTHEST))))
    powers = np.exp(score - score.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def express_link(link: Integers, graph: Graph, score: str) -> str:
    """The same as nodes."""
    task = TASKS[int(link[0])]
    if task == "regression":
        return score
    if task == "binary":
        held = graph.add("Clip", score, graph.constant(-FARTHEST), graph.constant(FARTHEST))
        return graph.add("Sigmoid", held)
    return graph.add("Softmax", score, axis=1)
