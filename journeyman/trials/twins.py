"""Which trials chose their training rows, which ones are the same on every row, and whether the choice has paid."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist
from typing import Any

import numpy as np

from journeyman.curation.training_rows import EVERYTHING, choice_in_words
from journeyman.plan.calibrated import Calibrated
from journeyman.plan.recent import Recent
from journeyman.plan.step import Step
from journeyman.plan.target import Target
from journeyman.plan.treatment import Treatment
from journeyman.statistics.folds import Folds
from journeyman.statistics.metrics.metric import Metric
from journeyman.table.columns import Flags, Integers, Numbers
from journeyman.trials.paired import paired
from journeyman.trials.trial import Trial

#: In `twins`: keeps every row; chose its rows, and nothing is there to compare it with.
KEEPS_ALL, ALONE = -1, -2


def twins(plans: Sequence[Step]) -> Integers:
    """(k,) the place of each plan's twin that learns from every row; `KEEPS_ALL` for a plan that does so itself.

    The twin of a calibrated plan is calibrated too.
    """
    places = {plan: place for place, plan in enumerate(plans)}
    chosen = [_on_every_row(plan) for plan in plans]
    found = [KEEPS_ALL if inner is None else places.get(inner, ALONE) for inner in chosen]
    return np.array(found, np.int64)


def beyond_noise(scores: Numbers, errors: Numbers, of: Integers) -> Flags:
    """Which candidates, (k,), may be shipped: all that keep every row, and those whose choice of rows has paid.

    It has where the whole interval of the paired gain over the twin is above 0. All choices that were tried are looked
    at together (Bonferroni), so that with 95 % none is taken that brings nothing.

    Parameters
    ----------
    scores : (k,), more being better
    errors : (k, k) standard errors of the paired differences
    of : as `twins` gives them
    """
    chose = np.flatnonzero(of != KEEPS_ALL)
    allowed = of == KEEPS_ALL
    width = _width(len(chose))
    for place in chose[of[chose] != ALONE].tolist():
        twin = int(of[place])
        allowed[place] = bool(scores[place] - scores[twin] > width * errors[place, twin])
    return np.asarray(allowed)


def _width(tried: int) -> float:
    """Half the interval of a gain, in standard errors, where so many choices were tried."""
    return NormalDist().inv_cdf(1 - 0.025 / max(tried, 1))


def _on_every_row(plan: Step) -> Step | None:
    """The same plan on every row; None where it is so already."""
    if isinstance(plan, Calibrated):
        inner = _on_every_row(plan.inner)
        return None if inner is None else replace(plan, inner=inner)
    return plan.inner if isinstance(plan, Treatment) else None


@dataclass(frozen=True)
class RowsTried:
    """A choice of training rows that was tried.

    Parameters
    ----------
    name, of : the candidate, and its twin that keeps every row
    plan : the candidate's, without a calibrator
    choice : in words
    value, low, high : the gain over the twin, in the metric, more being better; the interval holds for all together
    accepted : whether all of it is above 0
    """

    name: str
    of: str
    plan: Treatment
    choice: str
    value: float
    low: float
    high: float
    accepted: bool


def rows_tried(trials: Sequence[Trial], metric: Metric, target: Target, folds: Folds) -> list[RowsTried]:
    """What each choice of training rows brought, on the rows that were scored, in the order of the trials."""
    done, of, scores, errors = _compared(trials, metric, target, folds)
    width = _width(int((of != KEEPS_ALL).sum()))
    found = []
    for place in np.flatnonzero(of >= 0).tolist():
        twin, plan = int(of[place]), done[place].plan
        plan = plan.inner if isinstance(plan, Calibrated) else plan
        if not isinstance(plan, Treatment):
            continue
        gain, half = float(scores[place] - scores[twin]), width * float(errors[place, twin])
        found.append(
            RowsTried(
                name=done[place].name,
                of=done[twin].name,
                plan=plan,
                choice=choice_in_words(plan),
                value=gain,
                low=gain - half,
                high=gain + half,
                accepted=gain > half,
            )
        )
    return found


def without_unproven(trials: Sequence[Trial], metric: Metric, target: Target, folds: Folds) -> list[Trial]:
    """The trials but those whose choice of training rows has brought no gain beyond noise."""
    done, of, scores, errors = _compared(trials, metric, target, folds)
    if (of == KEEPS_ALL).all():
        return list(trials)
    allowed = beyond_noise(scores, errors, of)
    refused = {one.key for one, is_allowed in zip(done, allowed, strict=True) if not is_allowed}
    return [one for one in trials if one.key not in refused]


def without_dated(trials: Sequence[Trial], metric: Metric) -> list[Trial]:
    """The trials, of which those that chose newer rows end here if they were no better in the newest block.

    Right after something has changed every model is far off, and by chance one less than the other; a window that is
    to serve from now on must be better at the end.
    """
    of = twins([one.plan for one in trials])

    def is_dated(place: int) -> bool:
        one, twin = trials[place], trials[int(of[place])]
        if not isinstance(one.plan, Recent) or of[place] < 0 or not (one.scores and twin.scores):
            return False
        judged = [both for both in zip(one.scores, twin.scores, strict=True) if not math.isnan(sum(both))]
        return not judged or not metric.sign * judged[-1][0] > metric.sign * judged[-1][1]

    why = "in the newest block it was no better than with every row"
    return [
        replace(one, status="stopped", answers=np.zeros((0, 0)), scores=(), reason=why) if is_dated(place) else one
        for place, one in enumerate(trials)
    ]


def choice_of(trial: Trial) -> str:
    """How what is shipped chose its rows, in words; of a blend, what its members did."""
    if not trial.members:
        return choice_in_words(trial.plan)
    if len(trial.members) == 1:
        return choice_of(trial.members[0])
    found = list(dict.fromkeys(choice_of(one) for one in trial.members))
    chosen = [one for one in found if one != EVERYTHING]
    if not chosen:
        return EVERYTHING
    return " and ".join(chosen) + (" in some members, every row in the others" if EVERYTHING in found else "")


def _compared(trials: Sequence[Trial], metric: Metric, target: Target, folds: Folds) -> tuple[Any, ...]:
    """Trials that can be compared, their twins, their scores (more being better), errors of the differences."""
    rows = folds.all_scored
    done = [
        one
        for one in trials
        if one.status == "done" and one.answers.shape[0] == len(target) and np.isfinite(one.answers[rows]).all()
    ]
    of = twins([one.plan for one in done])
    # Only choices and their twins are compared with one another.
    needed = np.unique(np.concatenate([np.flatnonzero(of != KEEPS_ALL), of[of >= 0]])).astype(np.int64)
    scores, errors = np.zeros(len(done)), np.zeros((len(done), len(done)))
    if len(needed):
        scores[needed], between = paired([done[place].answers for place in needed], metric, target, folds)
        errors[np.ix_(needed, needed)] = between
    return done, of, scores, errors
