"""A search that does as much as the clock allows."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence

import numpy as np

from journeyman.curation.propose import Proposal, promise
from journeyman.plan.repaired import Repaired
from journeyman.trials.clock import learner_of, side_by_side
from journeyman.trials.ensemble import company
from journeyman.trials.fixed_search import FixedSearch
from journeyman.trials.laboratory import Laboratory
from journeyman.trials.pool import Job
from journeyman.trials.trial import Trial
from journeyman.trials.worker import ALL_ROWS

#: The share of a search's time that one floor may take at most, and that is kept at most for fitting on all rows (more
#: where the best alone needs it).
FLOOR_LIMIT_SHARE, REFIT_SHARE = 0.25, 0.2
#: And so many seconds it may take at least: a worker that is stopped takes as long to start again, and in ten seconds a
#: linear model may be all there is.
FLOOR_LEAST = 3.0
#: A fold that takes so many times what it should at most is given up where others wait.
OVERRUN = 3.0
#: Seconds that a worker may need to start, where another one was stopped just before.
STARTING = 4.0
#: The share of a search's time that choices of training rows, and repairs, may take, each time they are proposed.
ROWS_SHARE, REPAIRS_SHARE = 0.08, 0.05
#: The share of a search's time that it may take to see whether combined columns pay.
FEATURES_SHARE = 0.2
#: What is left of a form's worth where other forms of its learner were much worse than the best, or where it goes
#: without combined columns that are a clear win.
_OUT_OF_DEPTH = 0.2


class TimedSearch(FixedSearch):
    """As much as the clock allows."""

    keeps_failures = False

    def __init__(
        self,
        laboratory: Laboratory,
        proposals: Sequence[Proposal],
        deadline: float,
        first_until: float | None = None,
    ) -> None:
        super().__init__(laboratory, proposals, None)
        self.began = time.monotonic()
        self.deadline = deadline
        self.first_until = deadline if first_until is None else max(first_until, deadline)
        self.left = list(range(len(proposals)))
        self.started: dict[int, float] = {}
        #: Candidates whose fit on all rows was begun before their folds were through.
        self.early: set[int] = set()
        #: Of how many trials it is known whom a blend would be made of.
        self.asked, self.members = 0, list[Trial]()

    def so_far(self) -> str:
        """The time that is left, and the best so far."""
        left = max(0, round(self.deadline - time.monotonic()))
        return f" · {left} s left{super().so_far()}"

    def choose(self) -> int | None:
        """Floors in their order; then what promises most for its time, of what will finish."""
        floors = [place for place in self.left if place in self.floors]
        fitting = floors[:1] or [place for place in self.left if self.fits(place)]
        if not fitting and self.first_until - time.monotonic() > STARTING:
            # Nothing is sure to finish: then what is as likely as not is better than doing nothing, unless workers that
            # have to be stopped would not be there again to fit on all rows what is there.
            fitting = [place for place in self.left if self.fits(place, safely=False)]
        is_without = self.race.best() is None and not any(one.weight > 1 for one in self.race.done())
        if not fitting and self.left and is_without and not self.pool.busy():
            # Without any model yet, a linear one neither, there is nothing to lose by trying the quickest.
            fitting = [min(self.left, key=self.wall_seconds)]
        if not fitting:
            return None
        place = fitting[0] if floors else max(fitting, key=self.promise)
        self.left.remove(place)
        self.started[place] = time.monotonic()
        return place

    def next(self) -> tuple[int, int] | None:
        """The next fold; where time is short, what may become the first model is fitted on all rows meanwhile."""
        job = super().next()
        if job is not None or self.first is not None or not self.is_pressed():
            return job
        for place, entry in self.race.entries.items():
            if entry.trial is None and not (entry.proposal.floor or entry.waiting or place in self.early):
                self.early.add(place)
                return place, ALL_ROWS
        return None

    def secure(self, trial: Trial) -> None:
        """So there is more than a floor to ship, should nothing else be fitted on all rows in time."""
        place = next(place for place, entry in self.race.entries.items() if entry.trial is trial)
        is_begun = any(job.tag == place and job.fold == ALL_ROWS for job in self.pool.busy())
        self.to_secure = None if is_begun or self.is_secured(trial) else place

    def is_secured(self, trial: Trial) -> bool:
        """Whether the first model is fitted on all rows."""
        return trial.key in self.laboratory.ready

    def promise(self, place: int) -> tuple[float, int]:
        """What orders candidates: worth for time, and of equals the first."""
        proposal = self.race.proposals[place]
        worth = proposal.worth
        if self.race.is_out_of_its_depth(learner_of(proposal.plan)) or self.features.is_left_behind(proposal):
            worth *= _OUT_OF_DEPTH
        return promise(worth, self.wall_seconds(place)), -place

    def wall_seconds(self, place: int, *, safely: bool = True) -> float:
        """For all folds, shared among the workers."""
        proposal, clock = self.race.proposals[place], self.race.clock
        return side_by_side([clock.seconds(proposal, fold, safely=safely) for fold in self.race.folds], self.pool.size)

    def fits(self, place: int, *, safely: bool = True) -> bool:
        """Whether a candidate is likely to finish, and to be fitted on all rows after that."""
        clock, proposal = self.race.clock, self.race.proposals[place]
        own = clock.seconds(proposal, safely=safely)
        refit = max(own, self.refit_seconds(own))
        wall = self.teaching.times(proposal) * self.wall_seconds(place, safely=safely)
        until = self.first_until if self.race.best() is None else self.deadline
        return time.monotonic() + wall + refit <= until

    def refit_seconds(self, more: float = 0.0) -> float:
        """What to keep for fitting on all rows: for what would now be blended where that is little, else for the best
        alone.

        Parameters
        ----------
        more : what a candidate would take that may yet join
        """
        best = self.race.best()
        alone = (
            max((one.refit_seconds for one in self.race.done()), default=0.0) if best is None else best.refit_seconds
        )
        together = side_by_side([*(one.refit_seconds for one in self.company()), more], self.pool.size)
        return max(alone, min(together, REFIT_SHARE * (self.deadline - self.began)))

    def company(self) -> list[Trial]:
        """The members of the blend that would be made of all that is done by now."""
        done = self.race.done()
        if self.asked != len(done):
            # Every look at the clock asks, and the answer changes with what is done only.
            self.asked, self.members = len(done), company(self.laboratory, done)
        return self.members

    def is_late(self) -> bool:
        """Whether only fitting on all rows is left to do."""
        is_there = self.first is not None and self.is_secured(self.first)
        return time.monotonic() >= (self.deadline if is_there else self.first_until) - self.refit_seconds()

    def look_around(self) -> None:
        """A floor may take its share and no more; a candidate that is much worse than the best is given up."""
        self.add_row_choices()
        self.left += [self.race.add(one) for one in self.teaching.due(self.race)]
        is_half_over = time.monotonic() > (self.began + self.deadline) / 2
        self.left += [self.race.add(one) for one in self.quickening.due(self.race, is_time_to_teach=is_half_over)]
        now, allowed = time.monotonic(), max(FLOOR_LIMIT_SHARE * (self.deadline - self.began), FLOOR_LEAST)
        for place, entry in list(self.race.entries.items()):
            if entry.trial is not None:
                continue
            if entry.proposal.floor and now - self.started[place] > allowed:
                self.give_up(place, "it took more than its share of the time", status="stopped")
            elif late := self.overran(place, now):
                # As far as it got is what there is to learn of how slow this machine is now.
                self.race.clock.learn(entry.proposal, late.fold, now - late.started)
                self.give_up(place, "it took much longer than it should have", status="stopped")
            elif self.race.is_hopeless(place) and self.is_pressed():
                self.give_up(place, "much worse than the best after two folds", status="stopped")
        # After those that were given up: they may be what was waited for.
        self.add_features()

    def is_pressed(self) -> bool:
        """Whether there is not time for all that waits; where there is, what looks hopeless may yet be good company."""
        needed = sum(map(self.wall_seconds, self.left)) + self.refit_seconds()
        return time.monotonic() + needed > self.deadline

    def add_row_choices(self) -> None:
        """Let choices of training rows wait with the others, the quickest first, as long as they take little time."""
        allowed = (self.deadline - self.began) * np.array([ROWS_SHARE, REPAIRS_SHARE])
        for place in sorted(map(self.race.add, self.row_choices.due(self.race)), key=self.wall_seconds):
            kind = int(isinstance(self.race.proposals[place].plan, Repaired))
            allowed[kind] -= self.wall_seconds(place)
            if allowed[kind] >= 0:
                self.left.append(place)
            else:
                self.race.begin(place)
                self.race.finish(place, "skipped", "it would have taken more time than such a choice may")

    def add_features(self) -> None:
        """Let forms with combined columns wait with the others; to see whether those pay takes its share at most."""
        due = [self.race.add(one) for one in self.features.due(self.race)]
        allowed = math.inf if self.features.is_settled else FEATURES_SHARE * (self.deadline - self.began)
        for place in sorted(due, key=self.wall_seconds):
            allowed -= self.wall_seconds(place)
            if allowed >= 0:
                self.left.append(place)
            else:
                self.race.begin(place)
                self.race.finish(place, "skipped", "to see whether combined columns pay would have taken too long")

    def overran(self, place: int, now: float) -> Job | None:
        """A fold that takes so much longer than expected that the time is better spent on others that wait.

        As long as there is no model, there is nothing better to do than to wait for the first.
        """
        if self.race.best() is None or self.race.proposals[place].floor:
            return None
        proposal, clock = self.race.proposals[place], self.race.clock
        jobs = [job for job in self.pool.busy() if job.tag == place and job.fold != ALL_ROWS]
        late = [job for job in jobs if now - job.started > STARTING + OVERRUN * clock.seconds(proposal, job.fold)]
        return late[0] if late and any(self.fits(other) for other in self.left) else None

    def close(self) -> None:
        """Say of what was not begun that it was not."""
        why = "the run was interrupted" if self.laboratory.interrupted() else "there was no time left for it"
        for place in self.left:
            self.race.begin(place)
            self.race.finish(place, "skipped", why)
