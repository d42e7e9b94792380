"""Answers of half as many rows: a trial's plans fitted again in every fold, on half of what the fold learns from.

Beside the trial's own answers they say what the last doubling of the rows brought: the learning curve's end.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from journeyman.plan.calibrated import Calibrated
from journeyman.plan.combine import Blend, Halved
from journeyman.plan.data import to_data
from journeyman.plan.step import Step
from journeyman.table.columns import Numbers
from journeyman.trials.ensemble import calibrated, mixed
from journeyman.trials.laboratory import Laboratory
from journeyman.trials.pool import Job
from journeyman.trials.refit import drop_all, leaves, simple_plans
from journeyman.trials.shared import TrainingData
from journeyman.trials.trial import Trial

#: What fits on half of the rows take of the seconds of those on all of them: half, and a little for what does not
#: grow with rows.
_PART = 0.6
#: A plan, and the fold that it is fitted in.
_Job = tuple[Halved, int]


def halved(laboratory: Laboratory, trial: Trial, *, deadline: float | None) -> Trial | None:
    """The same trial with the out-of-fold answers of fits on half of each fold's rows (`plan.combine.Halved`).

    A blend is that of its members with the same weights; a calibrated one is calibrated by the answers of halves.
    What was fitted is kept as any fit is.

    Parameters
    ----------
    deadline : by ``time.monotonic()``; fits that would hardly be done by then are not begun, and those that are not
        done by then are stopped. None waits for them

    Returns
    -------
    None where there is no time, a fit failed, or the user interrupts; and forward in time, where half of the rows
    would be other days, too.
    """
    data = laboratory.data
    if data.folds.kind == "forward":
        return None
    halves = [Halved(inner=plan) for plan in simple_plans(trial)]
    # Fold by fold, so that plans with an equal beginning share it.
    jobs = [(half, fold) for fold in data.folds.usable for half in halves]
    known = {job: laboratory.known(laboratory.key(job[0]), job[1]) for job in jobs}
    answers = {job: one[0][f"fold_{job[1]}"] for job, one in known.items() if one is not None}
    queue = [job for job in jobs if job not in answers]
    if queue and deadline is not None:
        waiting = {half.inner for half, _ in queue}
        needed = _PART * sum(one.seconds for one in leaves(trial) if one.plan in waiting) / laboratory.pool.size
        if time.monotonic() + needed >= deadline:
            return None
    if not _fitted(laboratory, queue, answers, deadline):
        drop_all(laboratory)
        return None
    parts = {half.inner: _joined(data, {fold: answers[half, fold] for fold in data.folds.usable}) for half in halves}
    return remade(trial, data, parts)


def _fitted(
    laboratory: Laboratory, queue: Sequence[_Job], answers: dict[_Job, Numbers], deadline: float | None
) -> bool:
    """Fit what is in the queue, and put the answers to those that are there; whether all of it was fitted."""
    left, begun = set(queue), iter(queue)
    while left:
        if laboratory.interrupted() or (deadline is not None and time.monotonic() >= deadline):
            return False
        while laboratory.pool.idle and (job := next(begun, None)) is not None:
            laboratory.say(f"fitting on half of the rows, {len(queue) - len(left) + 1} of {len(queue)}")
            laboratory.pool.give(Job(to_data(job[0]), job[1], tag=job))
        for outcome in laboratory.pool.wait(0.1):
            job = outcome.job.tag
            if job not in left:
                # What a search that had to stop has left under way.
                continue
            if outcome.failed:
                return False
            laboratory.keep(laboratory.key(job[0]), outcome)
            answers[job] = outcome.arrays[f"fold_{job[1]}"]
            left.remove(job)
    return True


def remade(trial: Trial, data: TrainingData, answers: Mapping[Step, Numbers]) -> Trial:
    """A trial with other answers, which follow from those (rows, outputs) of the simple plans that it is made of."""
    members = tuple(remade(one, data, answers) for one in trial.members)
    if isinstance(trial.plan, Calibrated):
        own = calibrated(trial.plan, members[0].answers, data.target, data.folds)
    elif isinstance(trial.plan, Blend):
        own = mixed(members, trial.plan.weights)
    else:
        own = answers[trial.plan]
    return replace(trial, answers=own, members=members, scores=())


def rows_learnt_from(data: TrainingData) -> tuple[float, float]:
    """How many rows a fold learns from on average: of halves, and in full."""
    full = [data.folds.training(fold) for fold in data.folds.usable]
    return (
        float(np.mean([len(Halved.stay(data.target.take(rows))) for rows in full])),
        float(np.mean([len(rows) for rows in full])),
    )


def _joined(data: TrainingData, parts: Mapping[int, Numbers]) -> Numbers:
    """The answers of all folds as one, (rows, outputs); NaN where no fold scores."""
    answers = np.full((len(data.target), data.target.outputs), np.nan)
    for fold, part in parts.items():
        answers[data.folds.scored(fold)] = part
    return answers
