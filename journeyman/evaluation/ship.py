"""Evaluate the board, and fit what it chooses on all rows; what cannot be fitted in time leaves the board."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from copy import copy
from dataclasses import dataclass, replace

from journeyman.errors import ResourceError
from journeyman.evaluation.evaluate import chosen_on_all_rows, evaluate
from journeyman.evaluation.evaluation import Evaluation
from journeyman.evaluation.latency import Keeping, Latency, Limit
from journeyman.evaluation.learning import with_learning_curve
from journeyman.evaluation.looks import Odometer
from journeyman.evaluation.stakes import Stakes
from journeyman.plan.step import State
from journeyman.statistics.metrics.metric import Metric
from journeyman.table.columns import Numbers
from journeyman.trials.ensemble import ensembles
from journeyman.trials.halves import halved
from journeyman.trials.here import Here
from journeyman.trials.laboratory import Laboratory
from journeyman.trials.refit import begin_refit, is_fitted, leaves, refit, refit_seconds
from journeyman.trials.shared import TrainingData
from journeyman.trials.trial import Trial

#: Seconds that a floor may take when time is up already.
_AT_ONCE = 1.5
#: So many times the time that is left may a fit seem to take that is tried nevertheless.
_GUESSED = 1.5


@dataclass(frozen=True)
class Shipped:
    """The trial that is shipped, fitted on all rows, and the evaluation that chose it.

    ``checked`` are its answers to `journeyman.trials.worker.checked_rows`, (rows, outputs); ``judged`` are the trials
    that were evaluated, it among them; ``halved`` is it, or what stands in for it, with answers of half of the rows,
    None where there was no time. ``latency`` says what became of a limit on the time of an answer; None without one.
    """

    trial: Trial
    state: State
    checked: Numbers
    evaluation: Evaluation
    judged: tuple[Trial, ...] = ()
    halved: Trial | None = None
    latency: Latency | None = None
    slow: frozenset[str] = frozenset()


def ship(
    laboratory: Laboratory,
    trials: Sequence[Trial],
    metric: Metric,
    stakes: Stakes,
    *,
    seed: int,
    deadline: float | None,
    odometer: Odometer | None = None,
    simplest: bool = False,
    limit: Limit | None = None,
) -> Shipped:
    """Choose, fit on all rows, and where there is time on half of them, which says what more rows would bring.

    Parameters
    ----------
    deadline : when all of that must be done, by ``time.monotonic()``; None waits for it
    odometer : how often these rows have judged before
    simplest : whether to ship the simplest of all that cannot be told from the best
    limit : how long an answer may take; None where that does not matter

    Raises
    ------
    ResourceError : nothing could be fitted on all rows
    """
    data = laboratory.data
    left = _in_time(laboratory, [one for one in trials if one.status == "done"], deadline)
    refused: set[str] = set()
    is_late, until = False, deadline
    keeping = None if limit is None or not left else Keeping.of(limit, laboratory, left, metric)
    if keeping is not None and not keeping.may(keeping.without):
        left = keeping.left(left, keeping.without)
    if deadline is not None and not simplest and keeping is None and left:
        # While the replays take the caller's time, workers would idle.
        likely = left[chosen_on_all_rows(left, data.target, data.folds, metric, seed=seed)]
        begin_refit(laboratory, likely)
    while left:
        evaluation = judge(left, data, metric, stakes, seed=seed, odometer=odometer, simplest=simplest)
        trial = left[evaluation.chosen]
        if keeping is not None and not keeping.may(trial):
            left = keeping.left(left, trial)
            continue
        if until is not None and _is_at_once(trial):
            fitted = refit(_in_this_process(laboratory), trial, deadline=None)
        else:
            fitted = refit(laboratory, trial, deadline=deadline if len(left) > 1 else None)
        latency = None
        if fitted is not None and keeping is not None:
            seconds = keeping.limit.whole(trial.plan, fitted[0], evaluation.rule)
            if not keeping.accepts(trial, seconds):
                left = keeping.left(left, trial)
                continue
            latency = keeping.told(trial, seconds, metric)
        if fitted is not None:
            judged = {one.key for one in left} | ({*keeping.slow} if keeping is not None else set())
            without = tuple(one.name for one in trials if one.status == "done" and one.key not in judged)
            evaluation = replace(evaluation, too_late=without)
            half = None if evaluation.is_constant else halved(laboratory, trial, deadline=until)
            evaluation = with_learning_curve(evaluation, trial, half, data, stakes, seed=seed)
            if half is None and not evaluation.is_constant:
                # Where the clock leaves no time for all that a blend is made of, the best of what is quick.
                ways = (
                    (one, halved(laboratory, one, deadline=until))
                    for one in stand_ins(evaluation, left)
                    if one is not trial
                )
                other, half = next((way for way in ways if way[1] is not None), (trial, None))
                evaluation = with_learning_curve(evaluation, other, half, data, stakes, seed=seed, stands_in=True)
            slow = frozenset() if keeping is None else frozenset(keeping.slow)
            return Shipped(trial, *fitted, evaluation, tuple(left), half, latency, slow)
        is_over = laboratory.interrupted() or (deadline is not None and time.monotonic() >= deadline)
        refused.add(trial.key)
        # Whatever holds all that this one is made of cannot be fitted either.
        left = [one for one in left if not _parts(trial) <= _parts(one)]
        if is_late or is_over:
            # Of what is ready by now, the best is shipped without a clock.
            left = [one for one in _ready(laboratory, left, refused) if one.key not in refused]
            deadline, is_late = None, True
    raise ResourceError("no model could be fitted on all rows", remedy="give more --time or more --memory")


def judge(
    trials: Sequence[Trial],
    data: TrainingData,
    metric: Metric,
    stakes: Stakes,
    *,
    seed: int,
    odometer: Odometer | None = None,
    simplest: bool = False,
) -> Evaluation:
    """Evaluate as a build does: what `ship` chooses by, and what `journeyman verify` computes again.

    Rows that have judged other builds before give wider intervals, and after many of them no verdict.
    """
    looked = odometer or Odometer()
    evaluation = evaluate(
        trials,
        data.target,
        data.folds,
        metric,
        columns=data.columns,
        stakes=stakes,
        simplest=simplest,
        share=looked.share,
        seed=seed,
    )
    return replace(evaluation, too_few=True, too_few_reason=looked.refusal) if looked.refusal else evaluation


def stand_ins(evaluation: Evaluation, trials: Sequence[Trial]) -> list[Trial]:
    """What can stand in for a learning curve: what is no blend and learns from columns, the best first."""
    places = {entry.name: place for place, entry in enumerate(evaluation.leaderboard)}
    simple = [one for one in trials if not one.members and one.weight > 0 and one.name in places]
    return sorted(simple, key=lambda one: places[one.name])


def _in_time(laboratory: Laboratory, trials: list[Trial], deadline: float | None) -> list[Trial]:
    """Those that can be fitted on all rows by then, guesses being guesses; all, where none of the better ones can."""
    left = _GUESSED * min(math.inf if deadline is None else deadline - time.monotonic(), laboratory.patience())
    if left == math.inf:
        return trials
    quick = [one for one in trials if refit_seconds(laboratory, one) <= left]
    return quick if any(not one.floor for one in quick) else trials


def _is_at_once(trial: Trial) -> bool:
    """Whether it is a floor that is fitted in a moment."""
    return trial.floor and not trial.members and trial.refit_seconds < _AT_ONCE


def _in_this_process(laboratory: Laboratory) -> Laboratory:
    """The same laboratory without workers: those that a clock has stopped take longer to start again than a floor."""
    here, found = Here(), copy(laboratory)
    here.open(laboratory.data)
    found.pool = here
    return found


def _parts(trial: Trial) -> frozenset[str]:
    """The keys of all that has to be fitted for a trial."""
    return frozenset(one.key for one in leaves(trial))


def _ready(laboratory: Laboratory, trials: Sequence[Trial], refused: AbstractSet[str]) -> list[Trial]:
    """What can be shipped at once: all that is fitted by now, what can be made of it, and the quickest floors."""
    trials = [one for one in trials if one.key not in refused]
    fitted = [one for one in trials if not one.members and is_fitted(laboratory, one)]
    floors = sorted((one for one in trials if one.floor and one not in fitted), key=lambda one: one.refit_seconds)
    quick = [one for one in floors if one.refit_seconds < _AT_ONCE]
    if fitted:
        return [*fitted, *quick, *ensembles(laboratory, fitted)]
    return quick or floors[:1] or list(trials)
