"""A race of candidates, fold by fold: what each has scored so far, and which are so far behind that they are given up.

Source of the idea: Maron and Moore, Hoeffding Races, NIPS 1993; here without their bounds, by a plain factor.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from journeyman.curation.propose import Proposal
from journeyman.plan.teacher import teacher_of
from journeyman.plan.treatment import Treatment
from journeyman.statistics.metrics.metric import Metric
from journeyman.table.columns import Numbers
from journeyman.trials.clock import Clock, learner_of
from journeyman.trials.laboratory import Laboratory
from journeyman.trials.trial import Status, Trial

#: A candidate is given up after two folds if it is worse than the best one in its worst fold, and its error is larger
#: by this factor; a little worse may still be good company.
_MUCH_WORSE = 1.15
_FOLDS_TO_JUDGE = 2


@dataclass
class Entry:
    """A candidate in the making: answers and scores by fold, the folds not yet begun, what it took.

    ``rows`` are, by fold, what one row takes and how many trees there are (`journeyman.trials.row_time`).
    """

    proposal: Proposal
    key: str
    waiting: list[int]
    answers: dict[int, Numbers] = field(default_factory=dict)
    scores: dict[int, float] = field(default_factory=dict)
    seconds: float = 0.0
    rows: dict[int, Numbers] = field(default_factory=dict)
    trial: Trial | None = None


class Race:
    """The candidates that have begun, by their place among the proposals."""

    def __init__(self, laboratory: Laboratory, proposals: Sequence[Proposal]) -> None:
        self.laboratory = laboratory
        self.proposals = tuple(proposals)
        self.folds = laboratory.data.folds.usable
        self.clock = Clock(laboratory.data.folds, len(laboratory.data.target))
        self.entries: dict[int, Entry] = {}

    def begin(self, place: int) -> Entry:
        """Let a candidate run."""
        proposal = self.proposals[place]
        # The last folds first: forward in time they have the most rows, elsewhere they are as good as any.
        entry = Entry(proposal, self.laboratory.key(proposal.plan), list(reversed(self.folds)))
        self.entries[place] = entry
        return entry

    def add(self, proposal: Proposal) -> int:
        """One candidate more, behind the others; gives its place."""
        self.proposals = (*self.proposals, proposal)
        return len(self.proposals) - 1

    def is_open(self, place: int) -> bool:
        """Whether the candidate still has a chance."""
        return self.entries[place].trial is None

    def take(self, place: int, fold: int, answers: Numbers, seconds: float, row: Numbers | None = None) -> None:
        """A fold is done; the last one finishes the candidate."""
        entry = self.entries[place]
        if entry.trial is not None:
            return
        entry.answers[fold] = answers
        entry.scores[fold] = self.laboratory.score_part(answers, self.laboratory.data.folds.scored(fold))
        entry.seconds += seconds
        if row is not None:
            entry.rows[fold] = row
        self.clock.learn(entry.proposal, fold, seconds)
        if len(entry.answers) == len(self.folds):
            self.finish(place, "done")

    def finish(self, place: int, status: Status, reason: str = "") -> Trial:
        """Close a candidate."""
        entry, laboratory = self.entries[place], self.laboratory
        if status == "done" and teacher_of(entry.proposal.plan) is not None:
            status = "asked"
        answers: Numbers = np.zeros((0, 0))
        scores: tuple[float, ...] = ()
        if status in ("done", "asked"):
            target = laboratory.data.target
            answers = np.full((len(target), target.outputs), np.nan)
            for fold, part in entry.answers.items():
                answers[laboratory.data.folds.scored(fold)] = part
            scores = tuple(entry.scores[fold] for fold in self.folds)
        entry.trial = Trial(
            plan=entry.proposal.plan,
            name=entry.proposal.name,
            key=entry.key,
            status=status,
            answers=answers,
            scores=scores,
            floor=entry.proposal.floor,
            weight=entry.proposal.weight,
            seconds=round(entry.seconds, 3),
            refit_seconds=self.clock.seconds(entry.proposal),
            reason=reason,
            turn=list(self.entries).index(place),
            row_seconds=float(np.mean([row[0] for _, row in sorted(entry.rows.items())])) if entry.rows else None,
        )
        return entry.trial

    def done(self) -> list[Trial]:
        """The candidates that came to their end."""
        return [one.trial for one in self.entries.values() if one.trial is not None and one.trial.status == "done"]

    def best(self) -> Trial | None:
        """The best finished candidate that is more than a floor."""
        sign = self.laboratory.metric.sign
        full = [one for one in self.done() if not one.floor and not math.isnan(one.score)]
        return max(full, key=lambda one: sign * one.score, default=None)

    def lower_error(self, one: Trial, other: Trial) -> float:
        """By which share of it a candidate's mean error in the folds is lower than another's; negative if higher."""
        metric = self.laboratory.metric
        errors = [_error(metric, each.score) for each in (one, other)]
        return 1 - errors[0] / errors[1] if errors[1] > 0 else 0.0

    def is_out_of_its_depth(self, learner: str) -> bool:
        """Whether all that this learner has shown so far is much worse than the best."""
        best = self.best()
        shown = [one for one in self.done() if learner_of(one.plan) == learner and not math.isnan(one.score)]
        if best is None or not shown:
            return False
        metric = self.laboratory.metric
        nearest = min(_error(metric, one.score) for one in shown)
        return nearest > _MUCH_WORSE * _error(metric, best.score)

    def is_hopeless(self, place: int) -> bool:
        """Whether a candidate under way is so much worse than the best one that its other folds can be saved."""
        entry, best = self.entries[place], self.best()
        if entry.proposal.floor or best is None or len(entry.scores) < _FOLDS_TO_JUDGE:
            return False
        if isinstance(entry.proposal.plan, Treatment):
            # Whether its choice of rows pays is asked of all that made it, those that it harms among them.
            return False
        metric = self.laboratory.metric
        both = [
            (entry.scores[fold], known)
            for fold, known in zip(self.folds, best.scores, strict=True)
            if fold in entry.scores and not math.isnan(entry.scores[fold] + known)
        ]
        if not both:
            return False
        own, theirs = np.mean(both, axis=0).tolist()
        worst = min(metric.sign * one for one in best.scores if not math.isnan(one))
        return metric.sign * own < worst and _error(metric, own) > _MUCH_WORSE * _error(metric, theirs)


def _error(metric: Metric, score: float) -> float:
    """The distance from a perfect score, 1 or 0."""
    return 1 - score if metric.greater_is_better else score
