"""What a search adds where an answer may only take so long: smaller forms of what is too slow, and a fast student.

A candidate whose graph takes too long for one row has a smaller form: fewer trees that learn faster, one network of
fewer units, a Gaussian process of fewer points. When all else is done, the best of what is fast enough learns from a
mean of the best of all, if those know clearly more: it costs several times as much as they did, so it is one, and the
last. Both are candidates like any other, fitted and judged on the same folds.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from journeyman.curation.distillation import student
from journeyman.curation.propose import Proposal
from journeyman.learners.learner import Learner
from journeyman.plan.combine import Blend, Chain, Thin
from journeyman.plan.distilled import Distilled
from journeyman.plan.retarget import Retargeted
from journeyman.plan.step import Step
from journeyman.plan.treatment import Treatment
from journeyman.trials.clock import learner_of
from journeyman.trials.ensemble import mixed
from journeyman.trials.race import Entry, Race
from journeyman.trials.trial import Trial

#: Of the time that there is, a smaller form is made for so much: how long it takes is not sure.
ROOM = 0.8
#: So many smaller forms, and so many teachers of the one student, at most.
MOST_SMALLER, MOST_TEACHERS = 4, 3
#: By which share the error of the teachers has to be lower for a student to be worth a trial.
_LEAST = 0.003


class Quickening:
    """Says which proposals to add; each is given once. Without a limit on the time of a row there are none."""

    def __init__(self) -> None:
        self._looked_at: set[str] = set()
        self._made: list[Step] = []
        self._finished = -1
        self._has_taught = False

    def due(self, race: Race, *, is_time_to_teach: bool = False) -> list[Proposal]:
        """What to add now, given what has finished; mostly nothing.

        Parameters
        ----------
        is_time_to_teach : whether the student comes now, though others are still under way
        """
        limit = race.laboratory.row_limit
        entries = [one for one in race.entries.values() if one.trial is not None]
        if limit is None or len(entries) == self._finished:
            return []
        self._finished = len(entries)
        done = [one for one in entries if _is_done(one)]
        found = [self._made_smaller(race, one, limit.seconds) for one in _best_first(race, done)]
        smaller = [one for one in found if one is not None]
        is_due = is_time_to_teach or all(one.trial is not None for one in race.entries.values())
        if smaller or self._has_taught or not is_due:
            return smaller
        taught = _student(race, done, limit.seconds)
        self._has_taught = taught is not None
        return [] if taught is None else [taught]

    def _made_smaller(self, race: Race, entry: Entry, limit: float) -> Proposal | None:
        """A smaller form of a candidate that is too slow, where it has one and was not looked at before."""
        if entry.trial is None or entry.key in self._looked_at or len(self._made) >= MOST_SMALLER:
            return None
        self._looked_at.add(entry.key)
        took = entry.trial.row_seconds or 0.0
        trees = np.mean([row[1] for row in entry.rows.values()]) if entry.rows else 0.0
        if took <= limit or not np.isfinite(took) or entry.proposal.plan in self._made:
            return None
        share = ROOM * limit / took
        plan = smaller(entry.proposal.plan, share, int(trees), race.laboratory.data.target.outputs)
        if plan is None or any(one.plan == plan for one in race.proposals):
            return None
        self._made.append(plan)
        return replace(entry.proposal, plan=plan, name=f"{entry.proposal.name}, smaller", twins=())


def smaller(plan: Step, share: float, trees: int, outputs: int) -> Step | None:
    """A plan whose learner is made smaller (`Learner.smaller`); None where it cannot be."""
    if isinstance(plan, Thin | Retargeted):
        inner = smaller(plan.inner, share, trees, outputs)
        return None if inner is None else replace(plan, inner=inner)
    if isinstance(plan, Chain):
        last = smaller(plan.steps[-1], share, trees, outputs)
        return None if last is None else Chain(steps=(*plan.steps[:-1], last))
    return plan.smaller(share, trees, outputs) if isinstance(plan, Learner) else None


def _is_done(entry: Entry) -> bool:
    trial = entry.trial
    return trial is not None and trial.status == "done" and not trial.floor and not math.isnan(trial.score)


def _best_first(race: Race, entries: Sequence[Entry]) -> list[Entry]:
    sign = race.laboratory.metric.sign
    return sorted(entries, key=lambda one: -sign * one.trial.score if one.trial else 0.0)


def _student(race: Race, done: Sequence[Entry], limit: float) -> Proposal | None:
    """The best that is fast enough, taught by a mean of the best of each learner, where those are too slow and better.

    None where they are not, where nothing is fast enough, or where it learns from somebody already.
    """
    ordered = [one for one in _best_first(race, done) if not isinstance(one.proposal.plan, Distilled | Treatment)]
    fast = [one for one in ordered if one.trial is not None and (one.trial.row_seconds or 0.0) <= limit]
    best: dict[str, Entry] = {}
    for one in ordered:
        best.setdefault(learner_of(one.proposal.plan), one)
    several = [list(best.values())[:count] for count in range(1, min(MOST_TEACHERS, len(best)) + 1)]
    slow = [some for some in several if _seconds_of_row(some) > limit]
    if not fast or fast[0].trial is None or not slow:
        return None
    own = fast[0].trial
    teachers = max(slow, key=lambda some: race.lower_error(_mean(race, some), own))
    if race.lower_error(_mean(race, teachers), own) <= _LEAST:
        return None
    trials = [one.trial for one in teachers if one.trial is not None]
    plan: Step = trials[0].plan
    if len(trials) > 1:
        plan = Blend(members=tuple(one.plan for one in trials), weights=(1 / len(trials),) * len(trials))
    name = "the best" if len(trials) == 1 else f"the {len(trials)} best"
    folds = len(race.folds)
    return student(
        fast[0].proposal,
        replace(fast[0].proposal, plan=plan, name=name),
        race.laboratory.data.target,
        fit=fast[0].seconds / folds,
        answer=sum(one.seconds for one in teachers) / folds,
    )


def _seconds_of_row(entries: Sequence[Entry]) -> float:
    return sum(one.trial.row_seconds or 0.0 for one in entries if one.trial is not None)


def _mean(race: Race, entries: Sequence[Entry]) -> Trial:
    """A trial that answers with the mean of some."""
    trials = [one.trial for one in entries if one.trial is not None]
    answers = mixed(trials, [1 / len(trials)] * len(trials))
    return replace(trials[0], answers=answers, scores=race.laboratory.scores(answers))
