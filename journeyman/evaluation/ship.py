"""Evaluate the board, and fit what it chooses on all rows; what cannot be fitted in time leaves the board."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from journeyman.bundle.decision import DecisionRule
from journeyman.errors import ResourceError
from journeyman.evaluation.evaluate import Evaluation, evaluate
from journeyman.plan.step import State
from journeyman.statistics.metrics.metric import Metric
from journeyman.table.columns import Numbers
from journeyman.trials.laboratory import Laboratory
from journeyman.trials.refit import is_fitted, refit
from journeyman.trials.trial import Trial


@dataclass(frozen=True)
class Shipped:
    """The trial that is shipped, fitted on all rows, and the evaluation that chose it.

    ``checked`` are its answers to `journeyman.trials.worker.checked_rows`, (rows, outputs).
    """

    trial: Trial
    state: State
    checked: Numbers
    evaluation: Evaluation


def ship(
    laboratory: Laboratory,
    trials: Sequence[Trial],
    metric: Metric,
    rule: DecisionRule | None,
    *,
    seed: int,
    deadline: float | None,
) -> Shipped:
    """Choose, and fit on all rows.

    Raises
    ------
    ResourceError : nothing could be fitted on all rows
    """
    data = laboratory.data
    left = [one for one in trials if one.status == "done"]
    while left:
        evaluation = evaluate(left, data.target, data.folds, metric, rule=rule, seed=seed)
        trial = left[evaluation.chosen]
        fitted = refit(laboratory, trial, deadline=deadline if len(left) > 1 else None)
        if fitted is not None:
            return Shipped(trial, *fitted, evaluation)
        # What is left is chosen from what is fitted by now, or is fitted at once.
        left = [one for one in left if one is not trial and (one.floor or is_fitted(laboratory, one))]
    raise ResourceError("no model could be fitted on all rows", remedy="give more --time or more --memory")
