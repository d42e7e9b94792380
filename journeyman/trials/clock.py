"""How long a fit will take: its learner's own guess, corrected by how guesses have turned out so far."""

from __future__ import annotations

import statistics

from journeyman.curation.propose import Candidacy
from journeyman.plan.combine import Chain, Thin
from journeyman.plan.retarget import Retargeted
from journeyman.plan.step import Step
from journeyman.statistics.folds import Folds

#: Guesses of a learner that has not been seen at work may be too low by this much, four times out of five.
UNSEEN = 1.5
#: And of one that has.
SEEN = 1.2


class Clock:
    """Predicts the seconds of fits on one core, and learns from those that have been done.

    The first fits of a search are its pilots: they say how fast this machine is now, with all that runs beside us.
    """

    def __init__(self, folds: Folds, rows: int) -> None:
        self._shares = {fold: len(folds.training(fold)) / max(0.8 * rows, 1) for fold in folds.usable}
        self._all_rows = 1 / 0.8
        self._by_plan: dict[Step, list[float]] = {}
        self._by_learner: dict[str, list[float]] = {}
        self._all: list[float] = []

    def learn(self, candidacy: Candidacy, fold: int, seconds: float) -> None:
        """A fold took so long."""
        ratio = seconds / max(candidacy.seconds * self._share(fold), 1e-3)
        self._by_plan.setdefault(candidacy.plan, []).append(ratio)
        self._by_learner.setdefault(learner_of(candidacy.plan), []).append(ratio)
        if not candidacy.floor:
            self._all.append(ratio)

    def seconds(self, candidacy: Candidacy, fold: int | None = None, *, safely: bool = True) -> float:
        """What a fold should take, or a fit on all rows; ``safely``: four times out of five no more."""
        ratio, room = self._ratio(candidacy)
        return candidacy.seconds * self._share(fold) * ratio * (room if safely else 1.0)

    def _share(self, fold: int | None) -> float:
        """How many rows the fit learns from, four fifths of all being 1."""
        return self._all_rows if fold is None else self._shares.get(fold, 1.0)

    def _ratio(self, candidacy: Candidacy) -> tuple[float, float]:
        """How much longer than guessed, and how much room to leave for not knowing better."""
        if own := self._by_plan.get(candidacy.plan):
            return max(own), SEEN
        if alike := self._by_learner.get(learner_of(candidacy.plan)):
            return statistics.median(alike), UNSEEN
        return max(1.0, statistics.median(self._all) if self._all else 1.0), UNSEEN


def learner_of(plan: Step) -> str:
    """The address of the learner at the end of a plan."""
    while isinstance(plan, Thin | Retargeted):
        plan = plan.inner
    return plan.steps[-1].address if isinstance(plan, Chain) else plan.address
