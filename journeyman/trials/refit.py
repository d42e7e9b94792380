"""Fitting on all rows what was chosen: each member of a blend on its own, the calibrator on out-of-fold answers."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from journeyman.bundle.onnx_file import MOST_BYTES
from journeyman.bundle.write import refusal
from journeyman.plan.calibrated import Calibrated
from journeyman.plan.combine import Blend
from journeyman.plan.data import plan_of, to_data
from journeyman.plan.step import State, Step, below
from journeyman.plan.target import Target
from journeyman.table.columns import Numbers
from journeyman.trials.clock import side_by_side
from journeyman.trials.laboratory import Laboratory
from journeyman.trials.pool import Job
from journeyman.trials.trial import Trial
from journeyman.trials.worker import ALL_ROWS

#: State, and the answers to `journeyman.trials.worker.checked_rows`.
Fitted = tuple[State, Numbers]


def refit(laboratory: Laboratory, trial: Trial, *, deadline: float | None) -> Fitted | None:
    """Fit a trial's plan on all rows.

    Whoever interrupts waits a few seconds for it and no longer where another candidate is ready, be it since just now:
    that one is to be shipped then. Where none is, the fit goes on.

    Returns
    -------
    The state, and the answers to `worker.checked_rows`; None when it did not finish in time, failed, is too large, or
    an interruption makes way for what is ready.
    """
    plans = simple_plans(trial)
    pool = laboratory.pool
    parts = _known(laboratory, plans)
    # A search that had to stop may have left a fit on all rows under way: it goes on, and is not begun again.
    under_way = [plan_of(job.plan) for job in pool.busy()]
    queue = [plan for plan in plans if plan not in parts and plan not in under_way]
    while len(parts) < len(plans):
        is_late = deadline is not None and time.monotonic() >= deadline
        if is_late or (laboratory.ready and laboratory.patience() <= 0):
            drop_all(laboratory)
            return None
        while queue and pool.idle:
            plan = queue.pop(0)
            laboratory.say(f"fitting on all rows, {len(plans) - len(queue)} of {len(plans)}")
            pool.give(Job(to_data(plan), ALL_ROWS, tag=plan))
        for outcome in pool.wait(0.1) if pool.busy() else []:
            plan = plan_of(outcome.job.plan)
            if outcome.failed and plan in plans:
                drop_all(laboratory)
                return None
            if not outcome.failed:
                laboratory.keep(laboratory.key(plan), outcome)
                laboratory.ready.add(laboratory.key(plan))
                parts |= {plan: outcome.arrays} if plan in plans else {}
    state, checked = put_together(trial, laboratory.data.target, parts)
    data = laboratory.data
    too_large = sum(array.nbytes for array in state.values()) > MOST_BYTES
    why = "it is too large" if too_large else refusal(trial.plan, state, data.columns, data.target.outputs)
    if why:
        if len(plans) == 1:
            # Nothing that is made of this one alone can be shipped.
            laboratory.ready.discard(laboratory.key(plans[0]))
        laboratory.say(f"{trial.name} cannot be deployed: {why}")
        return None
    return state, checked


def begin_refit(laboratory: Laboratory, trial: Trial) -> None:
    """Have workers begin with what `refit` will be asked for, while the caller is busy; one core is the caller's."""
    workers = laboratory.pool.size - 1
    under_way = [plan_of(job.plan) for job in laboratory.pool.busy()]
    for plan in simple_plans(trial):
        if len(laboratory.pool.busy()) < workers and plan not in under_way and not _known(laboratory, [plan]):
            laboratory.pool.give(Job(to_data(plan), ALL_ROWS, tag=plan))


def refit_seconds(laboratory: Laboratory, trial: Trial) -> float:
    """How long `refit` should take: what has been fitted before takes no time."""
    waiting = [one.refit_seconds for one in leaves(trial) if not is_fitted(laboratory, one)]
    return side_by_side(waiting, laboratory.pool.size)


def leaves(trial: Trial) -> list[Trial]:
    """The trials that a trial is made of in the end, each once."""
    if not trial.members:
        return [trial]
    return list({one.key: one for member in trial.members for one in leaves(member)}.values())


def simple_plans(trial: Trial) -> list[Step]:
    """The plans that have to be fitted for a trial, each once."""
    return list(dict.fromkeys(one.plan for one in leaves(trial)))


def is_fitted(laboratory: Laboratory, trial: Trial) -> bool:
    """Whether all that a trial is made of has been fitted on all rows."""
    return all(laboratory.journal.last("fit", key=laboratory.key(plan), fold=ALL_ROWS) for plan in simple_plans(trial))


def forget_other_states(laboratory: Laboratory, trial: Trial) -> None:
    """Remove fits on all rows of plans that are not shipped: what an interrupted run chose on its way.

    So a run that was interrupted and went on leaves the same files as one that was not.
    """
    kept = {laboratory.key(plan) for plan in simple_plans(trial)}
    for path in (*laboratory.folder.glob("*/state.*.npy"), *laboratory.folder.glob("*/checked.npy")):
        if path.parent.name not in kept:
            path.unlink()


def put_together(trial: Trial, target: Target, parts: Mapping[Step, Mapping[str, Any]]) -> Fitted:
    """The state of a trial's plan, and its answers to `worker.checked_rows`, from the fits of its simple plans.

    Parameters
    ----------
    target : of all rows, from which a calibrator learns
    parts : simple plan → the arrays of its fit on all rows
    """
    plan = trial.plan
    if isinstance(plan, Calibrated):
        (inner,) = trial.members
        state, checked = put_together(inner, target, parts)
        calibrator = plan.fit_calibrator(inner.answers, target)
        return plan.joined(state, calibrator), plan.calibrate(calibrator, checked)
    if isinstance(plan, Blend):
        whole: dict[str, Any] = {}
        mean: Any = 0.0
        for place, (member, weight) in enumerate(zip(trial.members, plan.weights, strict=True)):
            state, checked = put_together(member, target, parts)
            whole.update(below(state, str(place)))
            mean = np.asarray(mean + checked * weight)
        return whole, mean
    arrays = parts[plan]
    return _state(arrays), arrays["checked"]


def _known(laboratory: Laboratory, plans: Sequence[Step]) -> dict[Step, dict[str, Any]]:
    """The arrays of those plans that have been fitted on all rows before."""
    keys = {plan: laboratory.key(plan) for plan in plans}
    found = {plan: laboratory.known(key, ALL_ROWS) for plan, key in keys.items()}
    known = {plan: one[0] for plan, one in found.items() if one is not None}
    laboratory.ready.update(keys[plan] for plan in known)
    return known


def drop_all(laboratory: Laboratory) -> None:
    """Stop all that is being fitted."""
    for job in laboratory.pool.busy():
        laboratory.pool.drop(job)


def _state(arrays: Mapping[str, Any]) -> dict[str, Any]:
    return {name[6:].replace(".", "/"): array for name, array in arrays.items() if name.startswith("state.")}
