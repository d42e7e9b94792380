"""Which trials chose their training rows, which ones are the same on every row, and whether the choice has paid."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import NormalDist
from typing import Any

import numpy as np

from journeyman.curation.training_rows import EVERYTHING, choice_in_words
from journeyman.plan.calibrated import Calibrated
from journeyman.plan.combine import Blend
from journeyman.plan.recent import Recent
from journeyman.plan.step import Step, parameters
from journeyman.plan.target import Target
from journeyman.plan.treatment import Treatment
from journeyman.statistics.folds import Folds
from journeyman.statistics.metrics.metric import Metric
from journeyman.table.columns import Flags, Integers, Numbers
from journeyman.trials.paired import paired
from journeyman.trials.trial import Trial

#: In `twins`: keeps every row; chose its rows, and nothing is there to compare it with.
KEEPS_ALL, ALONE = -1, -2


@dataclass(frozen=True)
class Twins:
    """What each of k plans made of the training rows, and the same plan on every row.

    Parameters
    ----------
    of : (k,) the place of each plan's twin that learns from every row; `KEEPS_ALL` for a plan that does so itself
    choice : (k,) the same number for the same choice, `KEEPS_ALL` where there is none; that of calibrated plans is
        another one
    is_single : (k,) whether a plan is one model, and no blend of others
    """

    of: Integers
    choice: Integers
    is_single: Flags

    def with_choice(self, choice: int) -> Integers:
        """The places of plans that made a choice, and have a twin."""
        return np.flatnonzero((self.choice == choice) & (self.of >= 0))

    @cached_property
    def choices(self) -> list[int]:
        """The choices of plans that have a twin; every replay asks."""
        return list(dict.fromkeys(self.choice[self.of >= 0].tolist()))


def twins(plans: Sequence[Step]) -> Twins:
    """Which of some plans are the same but for their rows.

    The twin of a calibrated plan is calibrated too.
    """
    places = {plan: place for place, plan in enumerate(plans)}
    chosen = [_on_every_row(plan) for plan in plans]
    of = [KEEPS_ALL if inner is None else places.get(inner, ALONE) for inner in chosen]
    made = [() if inner is None else _but_inner(plan) for plan, inner in zip(plans, chosen, strict=True)]
    choice = [made.index(one) if one else KEEPS_ALL for one in made]
    is_single = [not isinstance(one.inner if isinstance(one, Calibrated) else one, Blend) for one in plans]
    return Twins(np.array(of, np.int64), np.array(choice, np.int64), np.array(is_single, np.bool_))


def beyond_noise(scores: Numbers, errors: Numbers, among: Twins) -> Flags:
    """Which candidates, (k,), may be shipped: all that keep every row, and those whose choice of rows has paid.

    A choice is judged by all plans that made it together, whichever of them it suits best: the mean of their gains over
    their twins must have its whole interval above 0. All choices that were tried are looked at together (Bonferroni),
    so that with 95 % none is taken that brings nothing in the mean. And the best plan that made it must be better than
    the best one that keeps every row, by a standard error at least: a gain of poor plans alone is worth nothing. That
    is no proof by itself, and where poor plans gain truly, one choice in six is taken that brings the best nothing.

    Parameters
    ----------
    scores : (k,), more being better
    errors : (k, k) standard errors of the paired differences
    among : as `twins` gives them
    """
    allowed = among.of == KEEPS_ALL
    keeping = np.where(allowed & among.is_single, scores, np.nan)
    for choice in among.choices:
        places = among.with_choice(choice)
        judged = places[~np.isnan(scores[places] + scores[among.of[places]])]
        gain, half = _mean_gain(scores, errors, among, judged)
        if gain > half and _is_best(scores, errors, judged, keeping):
            allowed[places] = True
    return np.asarray(allowed)


def _mean_gain(scores: Numbers, errors: Numbers, among: Twins, places: Integers) -> tuple[float, float]:
    """What a choice brings in the mean of plans that made it, all with scores, and half of its interval."""
    if not len(places):
        return np.nan, np.nan
    of = among.of[places]
    # The covariance of two gains, a - b and c - d, from the variances of differences.
    both = errors[np.ix_(places, of)] ** 2 + errors[np.ix_(of, places)] ** 2
    both = (both - errors[np.ix_(places, places)] ** 2 - errors[np.ix_(of, of)] ** 2) / 2
    half = _width(len(among.choices)) * math.sqrt(max(float(both.mean()), 0.0))
    return float((scores[places] - scores[of]).mean()), half


def _is_best(scores: Numbers, errors: Numbers, places: Integers, keeping: Numbers) -> bool:
    """Whether the best of some candidates is beyond a standard error better than the best that keep every row."""
    if np.isnan(keeping).all():
        return False
    best, other = int(places[scores[places].argmax()]), int(np.nanargmax(keeping))
    return bool(scores[best] - scores[other] > errors[best, other])


def _width(tried: int) -> float:
    """Half the interval of a gain, in standard errors, where so many choices were tried."""
    return NormalDist().inv_cdf(1 - 0.025 / max(tried, 1))


def _on_every_row(plan: Step) -> Step | None:
    """The same plan on every row; None where it is so already."""
    if isinstance(plan, Calibrated):
        inner = _on_every_row(plan.inner)
        return None if inner is None else replace(plan, inner=inner)
    return plan.inner if isinstance(plan, Treatment) else None


def _but_inner(plan: Step) -> tuple[Any, ...]:
    """What a treatment of the rows is, and its calibrator where it has one, but for the plan inside."""
    own = tuple((name, value) for name, value in parameters(plan).items() if name != "inner")
    return type(plan), own, _but_inner(plan.inner) if isinstance(plan, Calibrated) else ()


@dataclass(frozen=True)
class RowsTried:
    """A choice of training rows that was tried.

    Parameters
    ----------
    names : the candidates that made it
    plan : the first of them, without a calibrator
    choice : in words
    value, low, high : the mean of their gains over their twins, which keep every row, in the metric, more being better;
        the interval holds for all choices together
    accepted : whether candidates that made it may be shipped (`beyond_noise`)
    """

    names: tuple[str, ...]
    plan: Treatment
    choice: str
    value: float
    low: float
    high: float
    accepted: bool


def rows_tried(trials: Sequence[Trial], metric: Metric, target: Target, folds: Folds) -> list[RowsTried]:
    """What each choice of training rows brought, on the rows that were scored, in the order of the trials."""
    done, among, scores, errors = _compared(trials, metric, target, folds)
    allowed = beyond_noise(scores, errors, among)
    found = []
    for choice in among.choices:
        places = among.with_choice(choice)
        plan = done[places[0]].plan
        inner = plan.inner if isinstance(plan, Calibrated) else plan
        if not isinstance(inner, Treatment):
            continue
        gain, half = _mean_gain(scores, errors, among, places)
        found.append(
            RowsTried(
                names=tuple(done[place].name for place in places),
                plan=inner,
                choice=choice_in_words(inner) + (", calibrated" if inner is not plan else ""),
                value=gain,
                low=gain - half,
                high=gain + half,
                accepted=bool(allowed[places[0]]),
            )
        )
    return found


def without_unproven(trials: Sequence[Trial], metric: Metric, target: Target, folds: Folds) -> list[Trial]:
    """The trials but those whose choice of training rows has brought no gain beyond noise."""
    done, among, scores, errors = _compared(trials, metric, target, folds)
    if (among.of == KEEPS_ALL).all():
        return list(trials)
    allowed = beyond_noise(scores, errors, among)
    refused = {one.key for one, is_allowed in zip(done, allowed, strict=True) if not is_allowed}
    return [one for one in trials if one.key not in refused]


def without_dated(trials: Sequence[Trial], metric: Metric) -> list[Trial]:
    """The trials, of which those that chose newer rows end here if that was no better in the newest block.

    Right after something has changed every model is far off, and by chance one less than the other; a window that is
    to serve from now on must be better at the end, in the mean of the plans that it was tried with.
    """
    among = twins([one.plan for one in trials])

    def gain(place: int) -> float | None:
        one, twin = trials[place], trials[int(among.of[place])]
        if not isinstance(one.plan, Recent) or not (one.scores and twin.scores):
            return None
        judged = [both for both in zip(one.scores, twin.scores, strict=True) if not math.isnan(sum(both))]
        return metric.sign * (judged[-1][0] - judged[-1][1]) if judged else 0.0

    why = "in the newest block it was no better than with every row"
    left = list(trials)
    for choice in among.choices:
        gains = {place: found for place in among.with_choice(choice).tolist() if (found := gain(place)) is not None}
        if gains and not sum(gains.values()) > 0:
            for place in gains:
                left[place] = replace(trials[place], status="stopped", answers=np.zeros((0, 0)), scores=(), reason=why)
    return left


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
    among = twins([one.plan for one in done])
    # Blends have no part in it.
    needed = np.flatnonzero(among.is_single)
    scores, errors = np.full(len(done), np.nan), np.zeros((len(done), len(done)))
    if (among.of >= 0).any():
        scores[needed], between = paired([done[place].answers for place in needed], metric, target, folds)
        errors[np.ix_(needed, needed)] = between
    return done, among, scores, errors
