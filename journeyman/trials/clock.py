"""How long a fit will take: its learner's own guess, corrected by how guesses have turned out so far."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence

from journeyman.curation.propose import Proposal
from journeyman.plan.combine import Chain, Thin
from journeyman.plan.retarget import Retargeted
from journeyman.plan.step import Step
from journeyman.plan.treatment import Treatment
from journeyman.statistics.folds import Folds

#: Guesses of a learner that has not been seen at work may be too low by this much, four times out of five.
UNSEEN = 1.3
#: And of one that has.
SEEN = 1.15


class Clock:
    """Predicts the seconds of fits on one core, and learns from those that have been done.

    The first fits of a search are its pilots: they say how fast this machine is now, with all that runs beside us.
    """

    def __init__(self, folds: Folds, rows: int) -> None:
        self._shares = {fold: len(folds.training(fold)) / max(0.8 * rows, 1) for fold in folds.usable}
        self._all_rows = 1 / 0.8
        self._by_plan: dict[Step, list[float]] = {}
        self._by_learner: dict[str, list[tuple[float, float]]] = {}
        self._all: list[tuple[float, float]] = []

    def learn(self, proposal: Proposal, fold: int, seconds: float) -> None:
        """A fold took so long."""
        guess = max(proposal.seconds * self._share(fold), 1e-3)
        self._by_plan.setdefault(proposal.plan, []).append(seconds / guess)
        self._by_learner.setdefault(learner_of(proposal.plan), []).append((guess, seconds))
        if not proposal.floor:
            self._all.append((guess, seconds))

    def seconds(self, proposal: Proposal, fold: int | None = None, *, safely: bool = True) -> float:
        """What a fold should take, or a fit on all rows; ``safely``: four times out of five no more."""
        guess = proposal.seconds * self._share(fold)
        if own := self._by_plan.get(proposal.plan):
            return guess * max(own) * (SEEN if safely else 1.0)
        if alike := self._by_learner.get(learner_of(proposal.plan)):
            expected = _carried_over(guess, alike)
        else:
            expected = max(guess, _carried_over(guess, self._all) if self._all else 0.0)
        return expected * (UNSEEN if safely else 1.0)

    def _share(self, fold: int | None) -> float:
        """How many rows the fit learns from, four fifths of all being 1."""
        return self._all_rows if fold is None else self._shares.get(fold, 1.0)


def _carried_over(guess: float, seen: Sequence[tuple[float, float]]) -> float:
    """What other forms, as (guess, seconds), say of a form with this guess; the nearest is asked.

    One of like size was as much slower by a factor. A much smaller one mostly had to bear what every fit bears, the
    preparation of its columns: that comes once, and not so many times as the form is larger. But one that was quicker
    than was guessed, with all that it had to bear, says that larger ones are at least as many times quicker.
    """
    nearest = min(seen, key=lambda one: abs(math.log(one[0] / max(guess, 1e-3))))
    others = [seconds for one, seconds in seen if one == nearest[0]]
    seconds = statistics.median(others)
    by_factor, by_difference = guess * seconds / nearest[0], guess + seconds - nearest[0]
    if seconds <= nearest[0]:
        return by_factor
    likeness = min(1.0, nearest[0] / max(guess, 1e-3))
    return likeness * by_factor + (1 - likeness) * by_difference


def learner_of(plan: Step) -> str:
    """The address of the learner at the end of a plan."""
    while isinstance(plan, Thin | Retargeted | Treatment):
        plan = plan.inner
    return plan.steps[-1].address if isinstance(plan, Chain) else plan.address


def side_by_side(seconds: Sequence[float], workers: int) -> float:
    """How long jobs take that so many workers share, the longest first: 5 alike on 4 take as long as 2 on one."""
    until = [0.0] * workers
    for one in sorted(seconds, reverse=True):
        until[until.index(min(until))] += one
    return max(until)
