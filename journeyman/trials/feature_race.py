"""When combined columns join a search: first beside a quick form, and where they win there, beside the others.

To look for them costs as much as a quick form does, and on most tables they bring nothing. So one quick form is tried
with and without them on the same folds, and only where it is better with them do forms that take longer have them, too.
Where it is clearly better every learner has them that can, and what has them not waits behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from journeyman.curation.propose import Proposal
from journeyman.plan.step import Step
from journeyman.plan.treatment import Treatment
from journeyman.trials.clock import learner_of
from journeyman.trials.race import Race
from journeyman.trials.trial import Trial

#: What is left of a form's worth where it is there to tell whether combined columns pay; and what is put on it where
#: they do.
_WORTH_TO_TELL, _WORTH_OF_WINNER = 0.7, 1.1
#: The mean difference over folds that they must bring, in standard errors, and as a share of the error.
_ERRORS, _LEAST = 1.5, 0.001
#: The share of the error from which on they are a clear win: on three tables where it was .03 to .35 for a quick form
#: of boosted trees, it was .02 to .27 for every other learner.
_CLEAR = 0.02
#: How many twins of other forms there are at most, and after a clear win.
_FOLLOWERS, FOLLOWERS_OF_CLEAR = 2, 8


class FeatureRace:
    """Says which proposals to add; each is given once.

    Parameters
    ----------
    most : how many twins of other forms there are at most
    """

    def __init__(self, most: int = FOLLOWERS_OF_CLEAR) -> None:
        #: Whether it is decided; what is given afterwards are forms like any other.
        self.is_settled = False
        self._most = most
        self._base: Proposal | None = None
        self._behind: set[Step] = set()

    def due(self, race: Race) -> list[Proposal]:
        """What to add now, given what has finished; mostly nothing."""
        if self.is_settled:
            return []
        if self._base is None:
            self._base = _telling(race)
            twins = self._base.twins if self._base else ()
            return [replace(one, worth=_WORTH_TO_TELL * one.worth) for one in twins]
        finished = [_trial_of(race, twin) for twin in self._base.twins]
        plain = _trial_of(race, self._base)
        if plain is None or any(one is None for one in finished):
            return []
        self.is_settled = True
        trials = zip(self._base.twins, finished, strict=True)
        gains = {twin.with_need: _gain(race, one, plain) for twin, one in trials if one is not None}
        followers = self._followers(race, self._base, gains)
        clear = {one.plan for one in followers if gains[one.with_need] >= _CLEAR}
        # Only what has its twin in the race waits behind it.
        self._behind = {one.plan for one in race.proposals if any(twin.plan in clear for twin in one.twins)}
        return [replace(one, worth=_WORTH_OF_WINNER * one.worth) for one in followers]

    def is_left_behind(self, proposal: Proposal) -> bool:
        """Whether a form goes without what was a clear win, and its twin that has it is in the race."""
        return proposal.plan in self._behind

    def _followers(self, race: Race, base: Proposal, gains: dict[str, float]) -> list[Proposal]:
        """Twins of other forms: of the same learner with each winner, then of every learner with what won clearly."""
        # What wins by most beside the quick form does not always beside others: each winner has its chance.
        winners = sorted((need for need, gain in gains.items() if gain > 0), key=lambda need: -gains[need])
        others = [one for one in race.proposals if _has_twins(one) and one.plan != base.plan]
        others.sort(key=lambda one: (-one.worth, one.name))
        like = [one for one in others if learner_of(one.plan) == learner_of(base.plan)]
        found = [twin for one in like for twin in _with(one, winners)][:_FOLLOWERS]
        clear = [need for need in winners if gains[need] >= _CLEAR]
        more = [twin for need in clear for one in others for twin in _with(one, [need]) if twin not in found]
        return [*found, *more][: self._most]


def _with(proposal: Proposal, needs: Sequence[str]) -> list[Proposal]:
    """A form's twins with some needs, in their order."""
    return [twin for need in needs for twin in proposal.twins if twin.with_need == need]


def _telling(race: Race) -> Proposal | None:
    """The form by which it is seen whether combined columns pay, once it is done."""
    found = next((one for one in race.proposals if one.tells and _has_twins(one)), None)
    trial = None if found is None else _trial_of(race, found)
    return found if trial is not None and trial.status == "done" else None


def _has_twins(proposal: Proposal) -> bool:
    """Whether it has twins of its own, and not those of the form that it was made of."""
    return bool(proposal.twins) and not isinstance(proposal.plan, Treatment)


def _trial_of(race: Race, proposal: Proposal) -> Trial | None:
    """What became of a proposal, None as long as it is not closed."""
    for entry in race.entries.values():
        if entry.proposal.plan == proposal.plan:
            return entry.trial
    return None


def _gain(race: Race, trial: Trial, plain: Trial) -> float:
    """By which share the error is lower than without, where that is more than chance; else 0."""
    if trial.status != "done" or len(trial.scores) != len(plain.scores):
        return 0.0
    better = race.laboratory.metric.sign * (np.array(trial.scores) - np.array(plain.scores))
    better = better[~np.isnan(better)]
    error = float(better.std(ddof=1)) / np.sqrt(len(better)) if len(better) > 1 else np.inf
    lower = race.lower_error(trial, plain)
    return lower if float(better.mean()) > _ERRORS * error and lower > _LEAST else 0.0
