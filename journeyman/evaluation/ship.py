"""Evaluate the board, and fit what it chooses on all rows; what cannot be fitted in time leaves the board."""

from __future__ import annotations

import time
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from journeyman.bundle.decision import DecisionRule
from journeyman.errors import ResourceError
from journeyman.evaluation.evaluate import Evaluation, evaluate
from journeyman.plan.step import State
from journeyman.statistics.metrics.metric import Metric
from journeyman.table.columns import Numbers
from journeyman.trials.ensemble import ensembles
from journeyman.trials.laboratory import Laboratory
from journeyman.trials.refit import is_fitted, refit
from journeyman.trials.trial import Trial

#: Seconds that a floor may take when time is up already.
_AT_ONCE = 1.5


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
    refused: set[str] = set()
    is_late = False
    while left:
        evaluation = evaluate(left, data.target, data.folds, metric, rule=rule, seed=seed)
        trial = left[evaluation.chosen]
        fitted = refit(laboratory, trial, deadline=deadline if len(left) > 1 else None)
        if fitted is not None:
            return Shipped(trial, *fitted, evaluation)
        refused.add(trial.key)
        # Whatever holds all that this one is made of cannot be fitted either.
        left = [one for one in left if not _parts(trial) <= _parts(one)]
        if is_late or (deadline is not None and time.monotonic() >= deadline):
            # Of what is ready by now, the best is shipped without a clock.
            left = [one for one in _ready(laboratory, left, refused) if one.key not in refused]
            deadline, is_late = None, True
    raise ResourceError("no model could be fitted on all rows", remedy="give more --time or more --memory")


def _parts(trial: Trial) -> frozenset[str]:
    """The keys of all that has to be fitted for a trial."""
    return frozenset().union(*map(_parts, trial.members)) if trial.members else frozenset({trial.key})


def _ready(laboratory: Laboratory, trials: Sequence[Trial], refused: AbstractSet[str]) -> list[Trial]:
    """What can be shipped at once: all that is fitted by now and what can be made of it, else the quickest floors."""
    trials = [one for one in trials if one.key not in refused]
    fitted = [one for one in trials if not one.members and is_fitted(laboratory, one)]
    if fitted:
        return fitted + ensembles(laboratory, fitted)
    floors = sorted((one for one in trials if one.floor), key=lambda one: one.refit_seconds)
    return [one for one in floors if one.refit_seconds < _AT_ONCE] or floors[:1] or list(trials)
