"""A search that does a fixed amount of work."""

from __future__ import annotations

from collections.abc import Sequence

from journeyman.curation.propose import Proposal
from journeyman.plan.data import to_data
from journeyman.trials.feature_race import FOLLOWERS_OF_CLEAR, FeatureRace
from journeyman.trials.laboratory import Laboratory
from journeyman.trials.pool import Job, Outcome
from journeyman.trials.quickening import Quickening
from journeyman.trials.race import Race
from journeyman.trials.row_choices import RowChoices
from journeyman.trials.teaching import Teaching
from journeyman.trials.trial import Trial
from journeyman.trials.worker import ALL_ROWS

#: An error that is lower by this share is worth a line for who waits.
WORTH_TELLING = 0.005
#: The fewest trials with which it is seen whether combined columns pay.
FEATURES_TRIALS = 4


class FixedSearch:
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
        self.features = FeatureRace(FOLLOWERS_OF_CLEAR if trials is None else min(trials, FOLLOWERS_OF_CLEAR))
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
        """Search; see `journeyman.trials.search.search` for what it gives."""
        while True:
            code = self.laboratory.interrupted()
            if code or self.is_late():
                self.drop_all("interrupted" if code else "time was up")
                break
            while self.pool.idle and (job := self.next()) is not None:
                self.give(*job)
            if not self.pool.busy() and not self.something_follows():
                break
            for outcome in self.pool.wait(0.1):
                self.take(outcome)
            self.look_around()
            self.tell()
        self.tell()
        self.close()
        return [self.race.entries[place].trial for place in sorted(self.race.entries)]  # type: ignore[misc]  # all are closed now

    def something_follows(self) -> bool:
        """Whether what was known from before, and came at once, brings others with it, as what has to be waited for
        does.
        """
        known = len(self.race.proposals)
        self.tell()
        self.look_around()
        return self.to_secure is not None or len(self.race.proposals) > known

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
