"""What learners, features, blending, refitting, calibrating and distilling earn on rows that had no part in them.

    python benchmarks/last_steps.py --tasks DIR [--only NAME,NAME] [--rows 3000] [--seeds 1] [--out FILE]
    python benchmarks/last_steps.py --table [--out FILE]

Of each task at most ``--rows`` training and test rows are drawn. The candidates that a search would begin with, and the
first one's forms with more features, are fitted in five folds and on all training rows. By their out-of-fold answers
they are blended, and the blend calibrated, as in a build. Test rows judge what ships beside what would ship without one
of the steps, by the metric of the task; calibration by the log loss, since rankings do not see it. A student is the
quickest form of boosted trees, taught by the mean of the three best learners as under ``--max-latency``, where that
mean is better out of fold. One row a task and seed is appended; one that is there is not run again.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from peers_ablation import interval
from sampled import Sampled, error_of, is_over_time, sampled
from study import ALIKE, Tables, study

from journeyman.curation.distillation import student
from journeyman.curation.propose import Proposal, propose
from journeyman.evaluation.earned import parts_of
from journeyman.learners.calibrate.affine import Affine
from journeyman.plan.calibrated import Calibrated
from journeyman.plan.combine import Blend
from journeyman.plan.step import Step
from journeyman.plan.target import Target
from journeyman.statistics.folds import Folds, make_folds
from journeyman.statistics.metrics.metric import Metric
from journeyman.statistics.metrics.named import metric_named
from journeyman.table.columns import Columns, Numbers
from journeyman.trials.clock import learner_of
from journeyman.trials.ensemble import calibrated, greedy, most_members, proves_itself, relevant

FOLDS = 5
#: So many candidates at most, none of which should take longer a fold; so many teach.
CANDIDATES, MOST_SECONDS, TEACHERS = 10, 2.0, 3
#: By which share a teacher's error has to be lower than the student's own, as in a search.
KNOWS_MORE = 0.003
#: How parts of candidates are told apart from steps after the search.
PART = "in the blend: "


@dataclass(frozen=True)
class Answered:
    """A candidate's answers, (rows, outputs) each: out of fold, of each fold's model to the test rows, and refitted."""

    proposal: Proposal
    known: Numbers
    of_folds: tuple[Numbers, ...]
    refitted: Numbers


@dataclass(frozen=True)
class Rows:
    """Training rows and their folds, and the test rows."""

    columns: Columns
    target: Target
    folds: Folds
    asked: Columns
    truth: Target
    metric: Metric

    def error(self, answers: Numbers, metric: Metric | None = None) -> float:
        """Of answers to the test rows: the metric, or 1 less the metric; at least a thousandth of the constant's."""
        constant = np.tile(self.target.mean(), (len(self.truth), 1))
        own = metric or self.metric
        truth = self.truth.values
        return max(error_of(own, truth, answers), 1e-3 * error_of(own, truth, constant), 1e-12)

    def known_error(self, answers: Numbers) -> float:
        """Of out-of-fold answers to the rows that were judged."""
        seen = self.folds.all_scored
        return error_of(self.metric, self.target.values[seen], answers[seen])


def drawn(folder: Path, most: int, seed: int) -> Rows:
    """Rows of a task, split as a build splits them."""
    found: Sampled = sampled(folder, most, seed=seed, in_time=is_over_time(folder))
    train, test = np.flatnonzero(~found.is_test), np.flatnonzero(found.is_test)
    target = found.target.take(train)
    forward = target.fold_kind == "forward" and target.order is not None
    folds = make_folds("forward", FOLDS, rows=len(target), order=target.order, first=0.5) if forward else None
    own = folds or target.folds(FOLDS)
    return Rows(found.columns.take(train), target, own, found.columns.take(test), found.target.take(test), found.metric)


def answered(one: Proposal, rows: Rows) -> Answered:
    """Fit a candidate in every fold and on all rows."""
    known = np.zeros((len(rows.target), rows.target.outputs))
    later = []
    for fold in rows.folds.usable:
        learnt, scored = rows.folds.training(fold), rows.folds.scored(fold)
        state = one.plan.fit(rows.columns.take(learnt), rows.target.take(learnt))
        known[scored] = one.plan.apply(state, rows.columns.take(scored)).numbers
        later.append(one.plan.apply(state, rows.asked).numbers)
    return Answered(one, known, tuple(later), _refitted(one.plan, rows))


def _refitted(plan: Step, rows: Rows) -> Numbers:
    return plan.apply(plan.fit(rows.columns, rows.target), rows.asked).numbers


def weights_of(found: Sequence[Answered], rows: Rows) -> Numbers:
    """The greedy blend's, (candidates,), by out-of-fold answers."""
    seen = rows.folds.all_scored
    target = rows.target.take(seen)
    parts = np.column_stack([relevant(one.known[seen], target) for one in found])
    return greedy(parts, target, rows.metric, most_members(len(rows.target)))


def mixed(parts: Sequence[Numbers], weights: Numbers) -> Numbers:
    """Their weighted mean."""
    return np.asarray(np.sum([weight * part for weight, part in zip(weights, parts, strict=True)], axis=0))


def judged(rows: Rows) -> dict[str, Any]:
    """How much larger the error is without each step: logarithms of ratios."""
    found = [answered(one, rows) for one in _candidates(rows)]
    weights = weights_of(found, rows)
    refitted = [one.refitted for one in found]
    blend = mixed(refitted, weights)
    ships = rows.error(blend)
    best = min(found, key=lambda one: rows.known_error(one.known))
    by_fold = [mixed([one.of_folds[place] for one in found], weights) for place in range(len(rows.folds.usable))]
    one_fold = math.exp(np.mean([math.log(rows.error(one)) for one in by_fold]))
    told = {
        "blending": rows.error(best.refitted) / ships,
        "refitting, beside the model of one fold": one_fold / ships,
        "refitting, beside the mean of all folds' models": rows.error(np.mean(by_fold, axis=0)) / ships,
        **{f"{PART}{name}": without / ships for name, without in _without(found, rows).items()},
        **_calibration(rows, mixed([one.known for one in found], weights), blend),
        **_distillation(found, rows),
    }
    row = {"rows": len(rows.target), "task": rows.target.task, "metric": rows.metric.name, "candidates": len(found)}
    return {**row, "error": ships, "told": {name: round(math.log(ratio), 6) for name, ratio in told.items()}}


def _candidates(rows: Rows) -> list[Proposal]:
    """What a search would begin with, and the first one's forms with more features."""
    asked = propose(rows.columns, rows.target, rows.metric.name)
    worth = [one for one in asked if (not one.floor or "linear" in one.name) and one.seconds <= MOST_SECONDS]
    twins = next((one.twins for one in worth if one.tells), ())
    return [*worth[:CANDIDATES], *twins]


def _without(found: Sequence[Answered], rows: Rows) -> dict[str, float]:
    """The error of a blend without the candidates that have a part, for each that some have and others not."""
    errors = {}
    parts = [set(parts_of(one.proposal.plan)) for one in found]
    for name in sorted(set().union(*parts)):
        others = [one for one, own in zip(found, parts, strict=True) if name not in own]
        if others:
            errors[name] = rows.error(mixed([one.refitted for one in others], weights_of(others, rows)))
    return errors


def _calibration(rows: Rows, known: Numbers, blend: Numbers) -> dict[str, float]:
    """The log loss of the blend over that of its calibrated form: always, and where it proves itself."""
    if not rows.target.classes:
        return {}
    plan = Calibrated(inner=Blend(members=(), weights=()), calibrator=Affine())
    seen = rows.folds.all_scored
    scored = np.full_like(known, np.nan)
    scored[seen] = known[seen]
    truer = plan.calibrate(plan.fit_calibrator(scored, rows.target), blend)
    log_loss = metric_named("log_loss")
    ratio = rows.error(blend, log_loss) / rows.error(truer, log_loss)
    after = calibrated(plan, known, rows.target, rows.folds)
    proven = proves_itself(Affine, known[seen], after[seen], rows.target.take(seen), rows.folds.number[seen])
    ships = {"calibration where it proves itself, log loss": ratio} if proven else {}
    return {"calibration in any case, log loss": ratio, **ships}


def _distillation(found: Sequence[Answered], rows: Rows) -> dict[str, float]:
    """The student's twin without a teacher over the student, and its teachers over it; nothing where they know less."""
    trees = [one for one in found if "boosted trees" in one.proposal.name]
    if not trees:
        return {}
    base = min(trees, key=lambda one: (one.proposal.seconds, one.proposal.name))
    best: dict[str, Answered] = {}
    for one in sorted(found, key=lambda one: rows.known_error(one.known)):
        best.setdefault(learner_of(one.proposal.plan), one)
    several = list(best.values())[:TEACHERS]
    even = np.full(len(several), 1 / len(several))
    if rows.known_error(mixed([one.known for one in several], even)) > (1 - KNOWS_MORE) * rows.known_error(base.known):
        return {}
    plan = Blend(members=tuple(one.proposal.plan for one in several), weights=tuple(even.tolist()))
    teachers = Proposal(plan=plan, name="teachers", floor=False, weight=1, seconds=0)
    taught = student(base.proposal, teachers, rows.target, fit=0, answer=0)
    own = rows.error(_refitted(taught.plan, rows))
    return {
        "distillation, beside the same without a teacher": rows.error(base.refitted) / own,
        "distillation, beside its teachers": rows.error(mixed([one.refitted for one in several], even)) / own,
    }


def table(rows: list[dict[str, Any]]) -> str:
    """Every step: on how many tables, and how much larger the error is without it."""
    lines = [
        "# What the last steps of a build earn",
        "",
        "How much larger the error on rows of their own is without a step, in the geometric mean over tables, with a",
        "95 % interval over tables; on how many it is larger or smaller by more than a thousandth. Above 0 is good.",
        "Made by `python benchmarks/last_steps.py --tasks DIR`; what features and learners earn in whole builds, by",
        "their out-of-fold answers, stands in [peers.md](peers.md). Here all forms with more features have a part; in",
        "a build only those that a short race lets through, so what planted patterns earn stands in",
        "[features.md](features.md).",
        "",
        "| step | tables | error without it | larger | smaller |",
        "|---|--:|--:|--:|--:|",
    ]
    told: dict[str, list[float]] = {}
    for row in rows:
        for name, value in row["told"].items():
            told.setdefault(name, []).append(value)
    for name in sorted(told, key=lambda one: (one.startswith(PART), one.split(",")[0], -float(np.mean(told[one])))):
        values = np.array(told[name])
        value, low, high = (100 * math.expm1(one) for one in (values.mean(), *interval(told[name])))
        cells = [name, f"{len(values)}", f"{value:+.2f} % [{low:+.2f}, {high:+.2f}]"]
        lines.append(f"| {' | '.join([*cells, f'{(values > ALIKE).sum()}', f'{(values < -ALIKE).sum()}'])} |")
    return "\n".join(lines) + "\n"


def _all(given: argparse.Namespace) -> Tables[Rows]:
    """Every task that is asked for, seed by seed."""
    folders = sorted(one.parent for one in given.tasks.glob("*/card.json"))
    wanted = given.only.split(",") if given.only else [one.name for one in folders]
    for seed in range(given.seeds):
        for folder in folders:
            if folder.name in wanted:
                yield folder.name, seed, partial(drawn, folder, given.rows, seed)


if __name__ == "__main__":
    study(__doc__, "last_steps", 3000, _all, judged, table)
