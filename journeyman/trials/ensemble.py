"""Several models as one: weights by greedy selection on out-of-fold answers, and calibration where it proves itself."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from journeyman.learners.calibrator import Calibrator
from journeyman.plan.calibrated import Calibrated
from journeyman.plan.cleaned import Cleaned
from journeyman.plan.combine import Blend
from journeyman.plan.shelf import steps
from journeyman.plan.step import State
from journeyman.plan.target import Target
from journeyman.statistics.bbc import make_units
from journeyman.statistics.folds import Folds
from journeyman.statistics.metrics.metric import Metric, chance_of_truth
from journeyman.table.columns import Integers, Numbers
from journeyman.trials.clock import side_by_side
from journeyman.trials.laboratory import Laboratory
from journeyman.trials.trial import Trial
from journeyman.trials.twins import twins, without_unproven

#: How many members at most, by rows: with few rows, weights of many are noise.
MOST_MEMBERS = ((400, 3), (2_000, 6), (10_000, 10))
MOST_MEMBERS_ELSE = 12
#: Rounds of the greedy selection, and by how much weights are then drawn towards equal ones. On 17 tables of 150 to
#: 3,000 rows that is better on new rows than to end when no member lowers the loss any more, with a fifth instead of a
#: half, on 13 and worse on 4, by 0.6 percent of the error in the mean; twenty or forty rounds are no better.
ROUNDS, TOWARDS_EQUAL = 10, 0.5
#: Weights are found on at most so many rows, evenly spread.
MOST_ROWS = 20_000
#: Where it only matters about whom a blend is made of, so many rows are asked.
_COMPANY_ROWS = 2_000
#: From so many rows on a calibrator is tried.
_ROWS_TO_CALIBRATE = 200


def most_members(rows: int) -> int:
    """How many members an ensemble may have."""
    return next((most for limit, most in MOST_MEMBERS if rows <= limit), MOST_MEMBERS_ELSE)


def relevant(answers: Numbers, target: Target) -> Numbers:
    """What of an answer (rows, outputs) the loss of a mixture depends on, (rows,): the chance of what came true."""
    return answers[:, 0] if target.task == "regression" else chance_of_truth(target.values, answers)


def greedy(
    parts: Numbers,
    target: Target,
    metric: Metric,
    most: int,
    weights: Numbers | None = None,
    limit: tuple[Numbers, float] | None = None,
) -> Numbers:
    """Weights (members,) of a mixture, 0 for those left out; the best member alone is where it starts.

    In each round the member joins (again) with which the loss of the equal mean is least, though it be higher than
    before: a few more members make a mixture that holds better on new rows. Then weights are drawn towards equal ones
    among those chosen, unless that is worse than the best member alone, which is then much better than the others.

    Parameters
    ----------
    parts : (rows, members), as `relevant` gives them
    target : of these rows
    metric : regression is judged in the metric's own loss, classes by the log loss, which is less noisy than a ranking
    most : how many different members there may be
    weights : (rows,) how much each row counts, or None
    limit : what each member costs, (members,), and what those chosen may cost together; at least one may be chosen

    Source: Caruana et al., Ensemble selection from libraries of models, ICML 2004.
    """
    loss = _loss(target, metric, weights)
    members = parts.shape[1]
    counts = np.zeros(members)
    total = np.zeros(len(parts))
    alone = np.inf
    for number in range(1, ROUNDS + 1):
        chosen = counts > 0
        allowed = chosen if chosen.sum() >= most else np.ones(members, bool)
        if limit is not None:
            allowed = allowed & (chosen | (limit[0] <= limit[1] - limit[0][chosen].sum()))
        losses = np.full(members, np.inf)
        for place in np.flatnonzero(allowed).tolist():
            losses[place] = loss((total + parts[:, place]) / number)
        joins = int(np.nan_to_num(losses, nan=np.inf).argmin())
        alone = losses[joins] if number == 1 else alone
        counts[joins] += 1
        total = total + parts[:, joins]
    chosen = counts > 0
    counted = counts / counts.sum()
    evened: Numbers = (1 - TOWARDS_EQUAL) * counted + TOWARDS_EQUAL * chosen / chosen.sum()
    return evened if loss(parts[:, chosen] @ evened[chosen]) <= alone else counted


def _loss(target: Target, metric: Metric, weights: Numbers | None) -> Callable[[Numbers], float]:
    own = np.ones(len(target)) if target.weights is None else target.weights
    weights = own if weights is None else own * weights
    truth = target.values
    if target.task != "regression":
        return lambda chance: -float(weights @ np.log(np.maximum(chance, 1e-15)))
    if metric.name == "mae":
        return lambda answer: float(weights @ np.abs(answer - truth))
    if metric.name in ("rmsle", "poisson_deviance"):
        score = metric.part
        sign = -metric.sign
        return lambda answer: sign * score(truth, answer[:, None], weights)[0]
    return lambda answer: float(weights @ (answer - truth) ** 2)


def ensembles(
    laboratory: Laboratory,
    trials: Sequence[Trial],
    *,
    refit_seconds: float | None = None,
    row_limit: float | None = None,
) -> list[Trial]:
    """What can be made of finished trials without another fit: a blend of them, and calibrated forms.

    A trial whose choice of training rows has brought nothing beyond noise has no part in blends.

    Parameters
    ----------
    trials : what a search gave
    refit_seconds : how long the workers have for fitting a blend's members on all rows; None where it does not matter
    row_limit : how long the graphs of a blend's members may take for one row (`Trial.row_seconds`); None where it does
        not matter
    """
    if not laboratory.mixes:
        return []
    made = calibrated_choices(laboratory, trials)
    data = laboratory.data
    proven = without_unproven([*trials, *made], laboratory.metric, data.target, data.folds)
    done = [one for one in proven if one.status == "done"]
    blend = _blend(laboratory, [one for one in done if may_join(one)], refit_seconds, row_limit)
    if blend is not None:
        made.append(blend)
        done.append(blend)
    best = _best([one for one in done if not one.floor], laboratory.metric)
    if best is not None and not isinstance(best.plan, Calibrated):
        known = {one.key for one in made}
        made += [one for one in _calibrated(laboratory, best) if one.key not in known]
    return made


def may_join(trial: Trial) -> bool:
    """Whether a trial may be a member of a blend: no blend, and calibrated only where its rows were cleaned."""
    return not trial.members or (isinstance(trial.plan, Calibrated) and isinstance(trial.plan.inner, Cleaned))


def calibrated_choices(laboratory: Laboratory, trials: Sequence[Trial]) -> list[Trial]:
    """Calibrated forms of plans that were fitted without doubted rows, and of their twins, to compare them with.

    Without the rows that it finds hard a model is too sure of itself, however well it ranks; rows that are judged hold
    wrong labels as well. Their out-of-fold answers set that right.
    """
    if not laboratory.data.target.classes:
        return []
    done = [one for one in trials if one.status == "done" and not one.members]
    of = twins([one.plan for one in done]).of
    made: list[Trial] = []
    for place in np.flatnonzero(of >= 0).tolist():
        if isinstance(done[place].plan, Cleaned):
            for one in (done[int(of[place])], done[place]):
                made += _calibrated(laboratory, one, in_any_case=True)
    return list({one.key: one for one in made}.values())


def _best(trials: Sequence[Trial], metric: Metric) -> Trial | None:
    scored = [one for one in trials if not math.isnan(one.score)]
    return max(scored, key=lambda one: metric.sign * one.score, default=None)


def _blend(
    laboratory: Laboratory, done: Sequence[Trial], refit_seconds: float | None, row_limit: float | None
) -> Trial | None:
    """The greedy blend of all that is more than a rule of thumb, and can be fitted on all rows in time."""
    target, metric = laboratory.data.target, laboratory.metric
    could = _likely(laboratory, done, row_limit)
    members = [*could]
    rows = laboratory.data.folds.all_scored
    while len(members) > 1:
        weights = greedy_weights(members, target, metric, rows, row_limit)
        chosen = [(one, float(weight)) for one, weight in zip(members, weights, strict=True) if weight > 0]
        needed = side_by_side([one.refit_seconds for one, _ in chosen], laboratory.pool.size)
        if refit_seconds is None or needed <= refit_seconds or len(chosen) == 1:
            late = tuple(sorted(one.key for one in could if one not in members))
            return replace(blend_trial(laboratory, chosen, row_limit), late=late) if len(chosen) > 1 else None
        # The one that takes most for its weight stays out.
        slow = max(chosen, key=lambda pair: pair[0].refit_seconds / pair[1])[0]
        members.remove(slow)
    return None


def company(laboratory: Laboratory, done: Sequence[Trial]) -> list[Trial]:
    """Who a blend of these trials would be made of, about: few rows are asked, since a search asks often."""
    members = _likely(laboratory, [one for one in done if may_join(one)], None)
    if not laboratory.mixes or len(members) < 2:
        return []
    rows = laboratory.data.folds.all_scored
    rows = rows[np.linspace(0, len(rows) - 1, min(len(rows), _COMPANY_ROWS)).astype(np.int64)]
    weights = greedy_weights(members, laboratory.data.target, laboratory.metric, rows)
    return [one for one, weight in zip(members, weights, strict=True) if weight > 0]


def _likely(laboratory: Laboratory, done: Sequence[Trial], row_limit: float | None) -> list[Trial]:
    """The best of the trials that are more than a rule of thumb, and quick enough."""
    sign = laboratory.metric.sign
    members = [one for one in done if (not one.floor or one.weight > 1) and row_cost(one) <= (row_limit or np.inf)]
    members.sort(key=lambda one: -sign * float(np.nan_to_num(one.score, nan=-np.inf * sign)))
    return members[: 2 * MOST_MEMBERS_ELSE]


def greedy_weights(
    members: Sequence[Trial], target: Target, metric: Metric, rows: np.ndarray, row_limit: float | None = None
) -> Numbers:
    """Weights of trials by their out-of-fold answers to some rows, of which evenly spread ones are looked at."""
    if len(rows) > MOST_ROWS:
        rows = rows[np.linspace(0, len(rows) - 1, MOST_ROWS).astype(np.int64)]
    seen = target.take(rows)
    parts = np.column_stack([relevant(one.answers[rows], seen) for one in members])
    limit = None if row_limit is None else (row_costs(members), row_limit)
    return greedy(parts, seen, metric, most_members(len(target)), limit=limit)


def blend_trial(laboratory: Laboratory, chosen: Sequence[tuple[Trial, float]], row_limit: float | None = None) -> Trial:
    """A weighted mean of trials, as a trial of its own: nothing is fitted, its answers are their mean."""
    members = tuple(one for one, _ in chosen)
    plan = Blend(members=tuple(one.plan for one in members), weights=tuple(weight for _, weight in chosen))
    answers = mixed(members, [weight for _, weight in chosen])
    return Trial(
        plan=plan,
        name=f"blend of {len(members)} models",
        key=laboratory.key(plan),
        status="done",
        answers=answers,
        scores=laboratory.scores(answers),
        weight=sum(one.weight for one in members),
        refit_seconds=sum(one.refit_seconds for one in members),
        members=members,
        row_seconds=None if any(one.row_seconds is None for one in members) else float(row_costs(members).sum()),
        row_limit=row_limit,
    )


def row_cost(trial: Trial) -> float:
    """What the graph of a trial takes for one row, above one that always answers the same; 0 where nobody asked."""
    return trial.row_seconds or 0.0


def row_costs(trials: Sequence[Trial]) -> Numbers:
    """`row_cost` of each, (trials,)."""
    return np.array([row_cost(one) for one in trials])


def mixed(members: Sequence[Trial], weights: Sequence[float]) -> Numbers:
    """The weighted mean of members' answers, (rows, outputs); always the same sum in the same order."""
    answers = np.zeros_like(members[0].answers)
    for one, weight in zip(members, weights, strict=True):
        answers = answers + one.answers * weight
    return answers


def _calibrated(laboratory: Laboratory, trial: Trial, *, in_any_case: bool = False) -> list[Trial]:
    """The trial behind each calibrator that proves itself: a lower loss by more than its standard error."""
    data = laboratory.data
    target, folds = data.target, data.folds
    rows = folds.all_scored
    made = []
    for kind in steps("learners"):
        if not issubclass(kind, Calibrator) or len(rows) < _ROWS_TO_CALIBRATE:
            continue
        if not kind.suits(target, laboratory.metric.name):
            continue
        plan = Calibrated(inner=trial.plan, calibrator=kind())
        answers = calibrated(plan, trial.answers, target, folds)
        seen = trial.answers[rows], answers[rows], target.take(rows), folds.number[rows]
        if not in_any_case and not proves_itself(kind, *seen):
            continue
        made.append(
            replace(
                trial,
                plan=plan,
                name=f"{trial.name}, {kind.words}",
                key=laboratory.key(plan),
                answers=answers,
                scores=laboratory.scores(answers),
                floor=False,
                weight=trial.weight + 1,
                members=(trial,),
            )
        )
    return made


def calibrated(plan: Calibrated, answers: Numbers, target: Target, folds: Folds) -> Numbers:
    """Out-of-fold answers (rows, outputs), each fold's calibrated by what the others show."""
    better = answers.copy()
    for judged, state in calibrators(plan, answers, target, folds.number, forward=folds.kind == "forward"):
        better[judged] = plan.calibrate(state, answers[judged])
    return better


def calibrators(
    plan: Calibrated, answers: Numbers, target: Target, fold: Integers, *, forward: bool
) -> list[tuple[Integers, State]]:
    """The rows that each fold scores, and the calibrator learnt from the other folds' answers.

    Forward in time it learns from earlier folds; before there are any, answers stay as they are, and the fold is left
    out.

    Parameters
    ----------
    answers : (rows, outputs) out-of-fold answers
    fold : (rows,) in which a row is scored, −1 where it is not
    """
    found = []
    for one in np.unique(fold[fold >= 0]):
        known = np.flatnonzero((fold >= 0) & ((fold < one) if forward else (fold != one)))
        if len(known):
            learnt = np.full_like(answers, np.nan)
            learnt[known] = answers[known]
            found.append((np.flatnonzero(fold == one), plan.fit_calibrator(learnt, target)))
    return found


def proves_itself(kind: type[Calibrator], before: Numbers, after: Numbers, target: Target, fold: Integers) -> bool:
    """Whether answers (rows, outputs) have less loss behind a calibrator, by more than a standard error of it.

    Over time they must also have less in the stretches that knew one (``fold`` (rows,)), by more than these differ:
    how sure a model may be changes from one to the next, and what one of them gained another can lose.
    """
    gains = kind.losses(before, target) - kind.losses(after, target)
    weights = np.ones(len(target)) if target.weights is None else target.weights
    mean = float(weights @ gains / weights.sum())
    each: Numbers = weights * (gains - mean)
    # Rows that belong together, or to one stretch of time, are one piece of evidence.
    order = target.order if target.fold_kind == "forward" else None
    units = make_units(len(target), groups=target.groups, order=order, seed=target.seed)
    each = np.bincount(units.of_row, each).astype(np.float64)
    is_gain = bool(mean > np.sqrt((each**2).sum()) / weights.sum())
    return is_gain and (target.fold_kind != "forward" or _from_stretch_to_stretch(gains, weights, fold))


def _from_stretch_to_stretch(gains: Numbers, weights: Numbers, fold: Integers) -> bool:
    """Whether the mean gain of stretches of time but the first is above 0, by Student's t, with 95 %."""
    from scipy.special import stdtrit

    later = [one for one in np.unique(fold)[1:] if weights[fold == one].sum() > 0]
    if len(later) < 2:
        return False
    means = np.array([np.average(gains[fold == one], weights=weights[fold == one]) for one in later])
    return bool(means.mean() > stdtrit(len(later) - 1, 0.95) * means.std(ddof=1) / np.sqrt(len(later)))
