"""Trying candidates: floors first, then under a hard clock what promises most, or a fixed number of trials."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence

import numpy as np

from journeyman.curation.propose import Proposal, promise
from journeyman.plan.data import to_data
from journeyman.plan.repaired import Repaired
from journeyman.trials.clock import learner_of
from journeyman.trials.feature_race import FeatureRace
from journeyman.trials.laboratory import Laboratory
from journeyman.trials.pool import Job, Outcome
from journeyman.trials.quickening import Quickening
from journeyman.trials.race import Race
from journeyman.trials.row_choices import RowChoices
from journeyman.trials.teaching import Teaching
from journeyman.trials.trial import Trial
from journeyman.trials.worker import ALL_ROWS

#: The share of a search's time that one floor may take at most, and that is kept for fitting on all rows what is done
#: (more where the best alone needs it).
FLOOR_LIMIT_SHARE, REFIT_SHARE = 0.25, 0.2
#: An error that is lower by this share is worth a line for who waits.
WORTH_TELLING = 0.005
#: A fold that takes so many times what it should at most is given up where others wait.
OVERRUN = 3.0
#: Seconds that a worker may need to start, where another one was stopped just before.
STARTING = 4.0
#: The share of a search's time that choices of training rows, and repairs, may take, each time they are proposed.
ROWS_SHARE, REPAIRS_SHARE = 0.08, 0.05
#: The share of a search's time that it may take to see whether combined columns pay; and under a fixed number of
#: trials, the fewest with which it is seen.
FEATURES_SHARE, FEATURES_TRIALS = 0.2, 4
#: What is left of a form's worth where other forms of its learner were much worse than the best.
_OUT_OF_DEPTH = 0.2


def search(
    laboratory: Laboratory, proposals: Sequence[Proposal], *, deadline: float | None, trials: int | None
) -> list[Trial]:
    """Try proposals: floors first, then always the one that promises most for its time.

    Parameters
    ----------
    deadline : when all must be fitted, on all rows too, by ``time.monotonic()``. A candidate that would not finish is
        not started, one that turns out much worse than the best is given up after two folds, and what is in flight
        when time is up is stopped. None under a fixed number of trials, where nothing depends on the clock
    trials : how many candidates besides the floors, in the order of proposals; None under a deadline

    Returns
    -------
    One `Trial` a proposal, in the order of proposals; under a fixed number of trials, one a proposal that was tried.
    Behind them those of choices of training rows (`journeyman.trials.row_choices`), which no number limits.
    """
    if deadline is None:
        return _Search(laboratory, proposals, trials).run()
    return _Timed(laboratory, proposals, deadline).run()


class _Search:
    """A fixed amount of work, where nothing depends on the clock.

    Folds go to whoever is idle, in the order of proposals, and what comes back is taken into the race.
    """

    #: Whether a failure of before counts; under a clock a candidate has another chance.
    keeps_failures = True

    def __init__(self, laboratory: Laboratory, proposals: Sequence[Proposal], trials: int | None) -> None:
        self.laboratory = laboratory
        self.pool = laboratory.pool
        self.race = Race(laboratory, proposals)
        self.floors = [place for place, one in enumerate(proposals) if one.floor]
        others = [place for place, one in enumerate(proposals) if not one.floor]
        self.queue = sorted(self.floors + (others if trials is None else others[:trials]))
        self.row_choices = RowChoices()
        self.features = FeatureRace()
        self.teaching = Teaching()
        self.quickening = Quickening()
        self.with_features = trials is None or trials >= FEATURES_TRIALS
        self.told_floors = self.told_first = False
        self.first: Trial | None = None
        #: The best candidate that was told of.
        self.told_best: Trial | None = None
        #: A candidate that is to be fitted on all rows at once, so that there is something to ship whatever comes.
        self.to_secure: int | None = None

    def run(self) -> list[Trial]:
        while True:
            code = self.laboratory.interrupted()
            if code or self.is_late():
                self.drop_all("interrupted" if code else "time was up")
                break
            while self.pool.idle and (job := self.next()) is not None:
                self.give(*job)
            if not self.pool.busy():
                break
            for outcome in self.pool.wait(0.1):
                self.take(outcome)
            self.look_around()
            self.tell()
        self.tell()
        self.close()
        return [self.race.entries[place].trial for place in sorted(self.race.entries)]  # type: ignore[misc]  # all are closed now

    def next(self) -> tuple[int, int] | None:
        """The next fold to fit: of a candidate that was begun, else of one that now begins."""
        while True:
            if self.to_secure is not None:
                place, self.to_secure = self.to_secure, None
                return place, ALL_ROWS
            for place, entry in self.race.entries.items():
                if entry.trial is None and entry.waiting:
                    return place, entry.waiting.pop(0)
            place_to_begin = self.choose()
            if place_to_begin is None:
                return None
            self.race.begin(place_to_begin)

    def choose(self) -> int | None:
        """The next candidate, or None when there is none left."""
        if not self.queue and not self.pool.busy():
            # Only now nothing depends on who was quicker.
            self.queue += [self.race.add(one) for one in self.row_choices.due(self.race)]
            if self.with_features:
                self.queue += [self.race.add(one) for one in self.features.due(self.race)]
            self.queue += [self.race.add(one) for one in self.teaching.due(self.race)]
            if not self.queue:
                self.queue += [self.race.add(one) for one in self.quickening.due(self.race)]
        return self.queue.pop(0) if self.queue else None

    def secure(self, trial: Trial) -> None:
        """Have the first model fitted on all rows."""

    def is_secured(self, trial: Trial) -> bool:
        """Whether the first model could be shipped by now; a fixed amount of work is fitted on all rows at its end."""
        return True

    def is_late(self) -> bool:
        """Whether to stop at once."""
        return False

    def look_around(self) -> None:
        """Give up what is not worth its time."""

    def close(self) -> None:
        """Say what became of proposals that were not begun."""

    def give(self, place: int, fold: int) -> None:
        """Start a fold, unless its result is on disk from before."""
        laboratory, entry = self.laboratory, self.race.entries[place]
        known = laboratory.known(entry.key, fold)
        if known is not None:
            arrays, seconds = known
            if fold == ALL_ROWS:
                laboratory.ready.add(entry.key)
            else:
                self.race.take(place, fold, arrays[f"fold_{fold}"], seconds, arrays.get(f"row_{fold}"))
            return
        refused = laboratory.journal.last("failed", key=entry.key)
        if refused and self.keeps_failures:
            self.give_up(place, refused["reason"])
            return
        what = "all rows" if fold == ALL_ROWS else f"fold {fold + 1} of {len(self.race.folds)}"
        laboratory.say(f"{entry.proposal.name}, {what}{self.so_far()}")
        limit = laboratory.row_limit
        timed = "" if limit is None else limit.way
        self.pool.give(Job(to_data(entry.proposal.plan), fold, tag=place, timed=timed))

    def so_far(self) -> str:
        """The best so far, for people who wait."""
        best, first = self.told_best, self.first
        if best is None or first is None:
            return ""
        lower = self.race.lower_error(best, first)
        earned = f", error {100 * lower:.2g} % below the first one's" if lower > 0 else ""
        return f" · best so far {best.name}{earned}"

    def take(self, outcome: Outcome) -> None:
        """What came of a fold."""
        place, fold = outcome.job.tag, outcome.job.fold
        entry = self.race.entries[place]
        if fold == ALL_ROWS:
            if not outcome.failed:
                self.laboratory.keep(entry.key, outcome)
                self.laboratory.ready.add(entry.key)
            return
        if outcome.failed:
            if entry.trial is None and outcome.is_its_own:
                # It would fail again; any other failure is tried again on resume.
                self.laboratory.journal.add("failed", key=entry.key, reason=outcome.failed)
            self.give_up(place, outcome.failed)
            return
        seconds = self.laboratory.keep(entry.key, outcome)
        self.race.take(place, fold, outcome.arrays[f"fold_{fold}"], seconds, outcome.arrays.get(f"row_{fold}"))

    def give_up(self, place: int, reason: str, *, status: str = "failed") -> None:
        """Close a candidate that is under way, and stop its folds."""
        if not self.race.is_open(place):
            return
        self.race.finish(place, status, reason)  # type: ignore[arg-type]  # one of the statuses
        for job in self.pool.busy():
            if job.tag == place:
                self.pool.drop(job)

    def drop_all(self, reason: str) -> None:
        """Close all that are under way."""
        for place in self.race.entries:
            self.give_up(place, reason, status="stopped")

    def tell(self) -> None:
        """Tell who waits for it that the floors are through, and that there is a first model."""
        floors = [self.race.entries.get(place) for place in self.floors]
        trials = [entry.trial for entry in floors if entry is not None and entry.trial is not None]
        if not self.told_floors and len(trials) == len(self.floors):
            self.told_floors = True
            self.laboratory.floors_done(trials)
        best = self.race.best() if self.told_floors and self.first is None else None
        if best is not None:
            self.first = best
            self.secure(best)
        if self.first is not None and not self.told_first and self.is_secured(self.first):
            self.told_first = True
            self.told_best = self.first
            self.laboratory.first_done(self.first)
        now = self.race.best() if self.told_best is not None else None
        if now is not None and self.told_best is not None:
            lower = self.race.lower_error(now, self.told_best)
            if lower > WORTH_TELLING:
                self.told_best, before = now, self.told_best
                self.laboratory.better(now, before, lower)


class _Timed(_Search):
    """As much as the clock allows."""

    keeps_failures = False

    def __init__(self, laboratory: Laboratory, proposals: Sequence[Proposal], deadline: float) -> None:
        super().__init__(laboratory, proposals, None)
        self.began = time.monotonic()
        self.deadline = deadline
        self.left = list(range(len(proposals)))
        self.started: dict[int, float] = {}

    def so_far(self) -> str:
        left = max(0, round(self.deadline - time.monotonic()))
        return f" · {left} s left{super().so_far()}"

    def choose(self) -> int | None:
        """Floors in their order; then what promises most for its time, of what will finish."""
        floors = [place for place in self.left if place in self.floors]
        fitting = floors[:1] or [place for place in self.left if self.fits(place)]
        if not fitting:
            # Nothing is sure to finish: then what is as likely as not is better than doing nothing.
            fitting = [place for place in self.left if self.fits(place, safely=False)]
        if not fitting and self.left and self.race.best() is None and not self.pool.busy():
            # Without any model yet there is nothing to lose by trying the quickest.
            fitting = [min(self.left, key=self.wall_seconds)]
        if not fitting:
            return None
        place = fitting[0] if floors else max(fitting, key=self.promise)
        self.left.remove(place)
        self.started[place] = time.monotonic()
        return place

    def secure(self, trial: Trial) -> None:
        """So there is more than a floor to ship, should nothing else be fitted on all rows in time."""
        self.to_secure = next(place for place, entry in self.race.entries.items() if entry.trial is trial)

    def is_secured(self, trial: Trial) -> bool:
        return trial.key in self.laboratory.ready

    def promise(self, place: int) -> tuple[float, int]:
        proposal = self.race.proposals[place]
        worth = proposal.worth
        if self.race.is_out_of_its_depth(learner_of(proposal.plan)):
            worth *= _OUT_OF_DEPTH
        return promise(worth, self.wall_seconds(place)), -place

    def wall_seconds(self, place: int, *, safely: bool = True) -> float:
        """For all folds, shared among the workers."""
        proposal, clock = self.race.proposals[place], self.race.clock
        folds = sorted((clock.seconds(proposal, fold, safely=safely) for fold in self.race.folds), reverse=True)
        return max(folds[0], sum(folds) / self.pool.size)

    def fits(self, place: int, *, safely: bool = True) -> bool:
        """Whether a candidate is likely to finish, and to be fitted on all rows after that."""
        clock, proposal = self.race.clock, self.race.proposals[place]
        refit = max(self.refit_seconds(), clock.seconds(proposal, safely=safely))
        wall = self.teaching.times(proposal) * self.wall_seconds(place, safely=safely)
        return time.monotonic() + wall + refit <= self.deadline

    def refit_seconds(self) -> float:
        """What to keep for fitting on all rows: for all that is done where that is little, else for the best alone."""
        done = [one.refit_seconds for one in self.race.done()]
        best = self.race.best()
        alone = best.refit_seconds if best is not None else max(done, default=0.0)
        share = REFIT_SHARE * (self.deadline - self.began)
        return max(alone, min(sum(done) / self.pool.size, share))

    def is_late(self) -> bool:
        return time.monotonic() >= self.deadline - self.refit_seconds()

    def look_around(self) -> None:
        """A floor may take its share and no more; a candidate that is much worse than the best is given up."""
        self.add_row_choices()
        self.left += [self.race.add(one) for one in self.teaching.due(self.race)]
        is_half_over = time.monotonic() > (self.began + self.deadline) / 2
        self.left += [self.race.add(one) for one in self.quickening.due(self.race, is_time_to_teach=is_half_over)]
        now, allowed = time.monotonic(), FLOOR_LIMIT_SHARE * (self.deadline - self.began)
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
        why = "the run was interrupted" if self.laboratory.interrupted() else "there was no time left for it"
        for place in self.left:
            self.race.begin(place)
            self.race.finish(place, "skipped", why)
