"""The door of the room: try candidates, floors first, under a hard clock or for a fixed number of trials."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from journeyman.curation.propose import Candidacy
from journeyman.plan.combine import Blend, Chain, Thin
from journeyman.plan.data import digest, to_data
from journeyman.plan.step import State, Step, below
from journeyman.statistics.metrics.metric import Metric
from journeyman.store.digest import digest_data
from journeyman.store.journal import Journal
from journeyman.store.results import load_arrays, save_arrays
from journeyman.table.columns import Integers, Numbers
from journeyman.trials.pool import Job, Outcome, Pool
from journeyman.trials.shared import TrainingData
from journeyman.trials.trial import Trial
from journeyman.trials.worker import ALL_ROWS

#: The share of a search's time that one floor may take.
FLOOR_SHARE = 0.33


@dataclass
class Laboratory:
    """What a search works with.

    ``say`` is told what is going on, ``floors_done`` gets the floors once all of them are through, ``interrupted`` is
    asked between events and gives an exit code, or 0.
    """

    pool: Pool
    data: TrainingData
    journal: Journal
    folder: Path
    metric: Metric
    say: Callable[[str], None] = lambda text: None
    floors_done: Callable[[list[Trial]], None] = lambda trials: None
    interrupted: Callable[[], int] = lambda: 0
    data_key: str = field(init=False)

    def __post_init__(self) -> None:
        self.data_key = self.data.digest()

    def score(self, answers: Numbers, rows: Integers) -> float:
        """The metric over some rows."""
        target = self.data.target.take(rows)
        return float(self.metric.score(target.values, answers[rows], target.weights))

    def known(self, key: str, fold: int) -> tuple[dict[str, np.ndarray[Any, Any]], float] | None:
        """A fit's arrays and seconds from before; None where there are none, or not as they were written."""
        event = self.journal.last("fit", key=key, fold=fold)
        arrays = load_arrays(self.folder / key, event["digests"]) if event else None
        return None if event is None or arrays is None else (arrays, event["seconds"])

    def keep(self, key: str, outcome: Outcome) -> float:
        """Write a fit's arrays and then its event; only now it counts as done. Gives its seconds."""
        seconds = round(outcome.seconds, 4)
        digests = save_arrays(self.folder / key, outcome.arrays)
        self.journal.add("fit", key=key, fold=outcome.job.fold, digests=digests, seconds=seconds)
        return seconds

    def key(self, plan: Step) -> str:
        """The name of a plan's results: changes with the plan, any cell, any fold, the seed."""
        return digest_data([digest(plan), self.data_key])[:32]


def search(
    laboratory: Laboratory, proposals: Sequence[Candidacy], *, deadline: float | None, trials: int | None
) -> list[Trial]:
    """Try proposals in order, floors first.

    Parameters
    ----------
    deadline : when to stop, by ``time.monotonic()``; a candidate that would not finish is not started, and what is
        in flight then is stopped. None under a fixed number of trials, where nothing depends on the clock
    trials : how many candidates besides the floors; None under a deadline

    Returns
    -------
    One `Trial` a proposal that was begun, in the order of proposals.
    """
    board = _Board(laboratory, proposals, deadline)
    chosen, others = [], 0
    for place, proposal in enumerate(proposals):
        others += not proposal.floor
        if proposal.floor or trials is None or others <= trials:
            chosen.append(place)
    return board.run(chosen)


class _Board:
    """Which folds of which proposals are open, running and done."""

    def __init__(self, laboratory: Laboratory, proposals: Sequence[Candidacy], deadline: float | None) -> None:
        self.laboratory = laboratory
        self.proposals = proposals
        self.deadline = deadline
        self.folds = laboratory.data.folds.usable
        self.answers: dict[int, dict[int, Numbers]] = {}
        self.seconds: dict[int, float] = {}
        self.failed: dict[int, str] = {}
        self.finished: dict[int, Trial] = {}
        self.ratios: dict[str, list[float]] = {}
        self.places: list[int] = []
        self.started = time.monotonic()
        self.began: dict[int, float] = {}

    def run(self, places: list[int]) -> list[Trial]:
        """All folds of all these proposals, as far as the clock allows."""
        laboratory, pool = self.laboratory, self.laboratory.pool
        self.places = places
        queue = [(place, fold) for place in places for fold in self.folds]
        begun: set[int] = set()
        while queue or pool.busy():
            code = laboratory.interrupted()
            if code or self._is_late():
                self._drop_all("interrupted" if code else "time was up")
                break
            while queue and pool.idle:
                place, fold = queue.pop(0)
                if place in self.failed:
                    continue
                if place not in begun:
                    begun.add(place)
                    self.began[place] = time.monotonic()
                    self.answers[place], self.seconds[place] = {}, 0.0
                    if not self._fits(place):
                        self.failed[place] = "there was no time left for it"
                        self._finish(place, "skipped")
                        continue
                self._begin(place, fold)
            if pool.busy():
                for outcome in pool.wait(0.1):
                    self._take(outcome)
            self._drop_slow_floors()
        return [self.finished[place] for place in places if place in self.finished]

    def _begin(self, place: int, fold: int) -> None:
        """Start a fold, unless its result is on disk from before."""
        laboratory, proposal = self.laboratory, self.proposals[place]
        key = laboratory.key(proposal.plan)
        known = laboratory.known(key, fold)
        if known is not None:
            arrays, seconds = known
            self._got(place, fold, arrays[f"fold_{fold}"], seconds)
            return
        refused = laboratory.journal.last("failed", key=key)
        if refused and self.deadline is None:
            self._fail(place, refused["reason"], is_its_own=False)
            return
        laboratory.say(f"{proposal.name}, fold {fold + 1} of {len(self.folds)}")
        laboratory.pool.give(Job(to_data(proposal.plan), fold, tag=place))

    def _take(self, outcome: Outcome) -> None:
        place, fold = outcome.job.tag, outcome.job.fold
        laboratory = self.laboratory
        key = laboratory.key(self.proposals[place].plan)
        if outcome.failed:
            self._fail(place, outcome.failed, is_its_own=outcome.is_its_own)
            return
        seconds = laboratory.keep(key, outcome)
        self._got(place, fold, outcome.arrays[f"fold_{fold}"], seconds)

    def _got(self, place: int, fold: int, answers: Numbers, seconds: float) -> None:
        if place in self.failed:
            return
        self.answers[place][fold] = answers
        self.seconds[place] += seconds
        if len(self.answers[place]) == len(self.folds):
            proposal = self.proposals[place]
            ratio = self.seconds[place] / max(proposal.seconds * len(self.folds), 1e-6)
            self.ratios.setdefault(_family(proposal.plan), []).append(ratio)
            self._finish(place, "done")

    def _fail(self, place: int, reason: str, *, is_its_own: bool) -> None:
        """Give a candidate up. Its own failure is kept: it would fail again; any other is tried again on resume."""
        if place in self.failed:
            return
        self.failed[place] = reason
        if is_its_own:
            key = self.laboratory.key(self.proposals[place].plan)
            self.laboratory.journal.add("failed", key=key, reason=reason)
        for job in self.laboratory.pool.busy():
            if job.tag == place:
                self.laboratory.pool.drop(job)
        self._finish(place, "failed")

    def _finish(self, place: int, status: Any) -> None:
        proposal, laboratory = self.proposals[place], self.laboratory
        target, folds = laboratory.data.target, laboratory.data.folds
        answers, scores = np.zeros((0, 0)), []
        if status == "done":
            answers = np.full((len(target), target.outputs), np.nan)
            for fold, part in self.answers[place].items():
                rows = folds.scored(fold)
                answers[rows] = part
            scores = [laboratory.score(answers, folds.scored(fold)) for fold in self.folds]
        self.finished[place] = Trial(
            plan=proposal.plan,
            name=proposal.name,
            key=laboratory.key(proposal.plan),
            status=status,
            answers=answers,
            scores=tuple(scores),
            floor=proposal.floor,
            weight=proposal.weight,
            seconds=round(self.seconds.get(place, 0.0), 3),
            reason=self.failed.get(place, ""),
        )
        floors = [place for place in self.places if self.proposals[place].floor]
        if proposal.floor and all(place in self.finished for place in floors):
            laboratory.floors_done([self.finished[place] for place in floors])

    def _drop_all(self, reason: str) -> None:
        for job in self.laboratory.pool.busy():
            self.laboratory.pool.drop(job)
        for place in self.answers:
            if place not in self.finished:
                self.failed[place] = reason
                self._finish(place, "stopped")

    def _is_late(self) -> bool:
        return self.deadline is not None and time.monotonic() >= self.deadline - self._refit_seconds()

    def _refit_seconds(self) -> float:
        """What fitting the slowest finished candidate on all rows should take: a fold sees four fifths of them."""
        done = [place for place, one in self.finished.items() if one.status == "done"]
        slowest = max((self.seconds[place] for place in done), default=0.0)
        return 1.4 * slowest / len(self.folds)

    def _drop_slow_floors(self) -> None:
        """A floor may take a third of the search and no more: the candidates above it must have their turn."""
        if self.deadline is None:
            return
        allowed = FLOOR_SHARE * (self.deadline - self.started)
        for job in self.laboratory.pool.busy():
            slow = self.proposals[job.tag].floor and time.monotonic() - self.began[job.tag] > allowed
            if slow and job.tag not in self.failed:
                self._fail(job.tag, "it took more than its share of the time", is_its_own=False)

    def _fits(self, place: int) -> bool:
        """Whether a candidate is likely to finish in time; floors are always tried."""
        proposal = self.proposals[place]
        if self.deadline is None or proposal.floor:
            return True
        predicted = self.predicted(proposal)
        refit_seconds = max(self._refit_seconds(), 1.4 * predicted * self.laboratory.pool.size / len(self.folds))
        return time.monotonic() + predicted + refit_seconds <= self.deadline

    def predicted(self, proposal: Candidacy) -> float:
        """Wall seconds for all folds, by its own guess and how guesses of the same learner have turned out so far."""
        speed = statistics.median(self.ratios.get(_family(proposal.plan), [1.0]))
        return proposal.seconds * speed * len(self.folds) / self.laboratory.pool.size


def _family(plan: Step) -> str:
    """The learner at the end of a plan."""
    if isinstance(plan, Thin):
        return _family(plan.inner)
    return plan.steps[-1].address if isinstance(plan, Chain) else plan.address


def floor_trial(laboratory: Laboratory, proposal: Candidacy) -> Trial:
    """Try a floor here and now, in this process: what is left when time was too short for any worker to answer."""
    data = laboratory.data
    answers = np.full((len(data.target), data.target.outputs), np.nan)
    scores = []
    for fold in data.folds.usable:
        train, judge = data.folds.training(fold), data.folds.scored(fold)
        state = proposal.plan.fit(data.columns.take(train), data.target.take(train))
        answers[judge] = proposal.plan.apply(state, data.columns.take(judge)).numbers
        scores.append(laboratory.score(answers, judge))
    return Trial(
        plan=proposal.plan,
        name=proposal.name,
        key=laboratory.key(proposal.plan),
        status="done",
        answers=answers,
        scores=tuple(scores),
        floor=True,
        weight=proposal.weight,
    )


def blend_trial(laboratory: Laboratory, trials: Sequence[Trial]) -> Trial:
    """The equal-weight mean of some trials, as a trial of its own: nothing is fitted, its answers are their mean."""
    plan = Blend(members=tuple(one.plan for one in trials), weights=tuple([1.0 / len(trials)] * len(trials)))
    answers = np.zeros_like(trials[0].answers)
    for one in trials:
        answers = answers + one.answers * (1.0 / len(trials))
    folds = laboratory.data.folds
    return Trial(
        plan=plan,
        name=f"mean of {len(trials)} models",
        key=laboratory.key(plan),
        status="done",
        answers=answers,
        scores=tuple(laboratory.score(answers, folds.scored(fold)) for fold in folds.usable),
        weight=sum(one.weight for one in trials),
    )


def refit(laboratory: Laboratory, plan: Step, *, deadline: float | None) -> tuple[State, Numbers] | None:
    """Fit a plan on all rows, each member of a blend on its own.

    Returns
    -------
    The state, and the answers to `worker.checked_rows`; None when it did not finish in time or failed.
    """
    members = plan.members if isinstance(plan, Blend) else (plan,)
    parts: dict[int, dict[str, Any]] = {}
    queue = list(enumerate(members))
    pool = laboratory.pool
    while queue or pool.busy():
        if deadline is not None and time.monotonic() >= deadline:
            for job in pool.busy():
                pool.drop(job)
            return None
        while queue and pool.idle:
            place, member = queue.pop(0)
            key = laboratory.key(member)
            known = laboratory.known(key, ALL_ROWS)
            if known is not None:
                parts[place], _ = known
            else:
                pool.give(Job(to_data(member), ALL_ROWS, tag=(place, key)))
        for outcome in pool.wait(0.1) if pool.busy() else []:
            place, key = outcome.job.tag
            if outcome.failed:
                for job in pool.busy():
                    pool.drop(job)
                return None
            laboratory.keep(key, outcome)
            parts[place] = outcome.arrays
    states = {place: _state(arrays) for place, arrays in parts.items()}
    if not isinstance(plan, Blend):
        return states[0], parts[0]["checked"]
    whole: dict[str, Any] = {}
    checked = np.zeros_like(parts[0]["checked"])
    for place, weight in enumerate(plan.weights):
        whole.update(below(states[place], str(place)))
        checked = checked + parts[place]["checked"] * weight
    return whole, checked


def forget_other_states(laboratory: Laboratory, plan: Step) -> None:
    """Remove fits on all rows of plans that are not shipped: what an interrupted run chose on its way.

    So a run that was interrupted and went on leaves the same files as one that was not.
    """
    members = plan.members if isinstance(plan, Blend) else (plan,)
    kept = {laboratory.key(member) for member in members}
    for path in (*laboratory.folder.glob("*/state.*.npy"), *laboratory.folder.glob("*/checked.npy")):
        if path.parent.name not in kept:
            path.unlink()


def _state(arrays: dict[str, Any]) -> dict[str, Any]:
    return {name[6:].replace(".", "/"): array for name, array in arrays.items() if name.startswith("state.")}
