"""Trials in this process, for small tables, tests and places that forbid processes: no worker, no file.

The price: a fit that has begun is not stopped when time is up, and nobody watches the memory.
"""

from __future__ import annotations

import time
import warnings
from pathlib import Path
from typing import Any

import numpy as np

from journeyman.errors import JourneymanError
from journeyman.plan.data import plan_of
from journeyman.statistics.metrics.metric import Metric
from journeyman.store.journal import Event, Journal
from journeyman.trials.laboratory import Laboratory, Workers
from journeyman.trials.pool import Job, Outcome
from journeyman.trials.shared import TrainingData
from journeyman.trials.worker import NO_NUMBERS, Desk, fit_and_answer

Arrays = dict[str, np.ndarray[Any, Any]]


class Here:
    """Does one job at a time, in this process; to a search it is a pool of one worker.

    A job is done when its outcome is waited for, so between any two the search looks at its clock.
    """

    size = 1

    def __init__(self) -> None:
        self._desk: Desk | None = None
        self._job: Job | None = None

    def open(self, data: TrainingData) -> None:
        """Take the rows; from now on jobs can be given."""
        self._desk = Desk(Path(), data)

    @property
    def idle(self) -> int:
        """1 where no job waits."""
        return int(self._job is None)

    def give(self, job: Job) -> None:
        """Take a job; it is done in `wait`."""
        job.started = time.monotonic()
        self._job = job

    def wait(self, seconds: float) -> list[Outcome]:
        """Do the job that was given, however long it takes."""
        job, self._job = self._job, None
        if job is None or self._desk is None:
            return []
        job.started = time.monotonic()
        with warnings.catch_warnings():
            # A worker's warnings go nowhere either: what comes of a candidate is judged by its answers.
            warnings.simplefilter("ignore")
            arrays, failed = _done(self._desk, job)
        return [Outcome(job, arrays, time.monotonic() - job.started, failed, is_its_own=bool(failed))]

    def drop(self, job: Job) -> None:
        """Forget a job that has not begun."""
        if self._job is job:
            self._job = None

    def busy(self) -> list[Job]:
        """The job that waits to be done."""
        return [] if self._job is None else [self._job]

    def close(self) -> None:
        """Let go of the rows."""
        self._desk = self._job = None


class Notes(Journal):
    """A journal in memory, for work that nobody resumes."""

    def __init__(self) -> None:
        self.events = []

    def add(self, kind: str, **facts: Any) -> Event:
        """Note one event."""
        event: Event = {"number": len(self.events), "event": kind, **facts}
        self.events.append(event)
        return event

    def close(self) -> None:
        """There is no file to let go of."""


class LaboratoryHere(Laboratory):
    """A laboratory that keeps results in memory, whoever does the jobs."""

    def __init__(self, pool: Workers, data: TrainingData, metric: Metric) -> None:
        super().__init__(pool, data, Notes(), Path(), metric)
        self.kept: dict[tuple[str, int], tuple[Arrays, float]] = {}

    def known(self, key: str, fold: int) -> tuple[Arrays, float] | None:
        """A fit's arrays and seconds from before, or None."""
        return self.kept.get((key, fold))

    def keep(self, key: str, outcome: Outcome) -> float:
        """Keep a fit's arrays. Gives its seconds."""
        seconds = round(outcome.seconds, 4)
        self.kept[key, outcome.job.fold] = (outcome.arrays, seconds)
        self.journal.add("fit", key=key, fold=outcome.job.fold, seconds=seconds)
        return seconds


def _done(desk: Desk, job: Job) -> tuple[Arrays, str]:
    try:
        arrays = fit_and_answer(desk, plan_of(job.plan), job.fold, job.timed)
    except JourneymanError as error:
        return {}, str(error)
    except MemoryError:
        return {}, "memory is used up"
    except Exception as error:  # noqa: BLE001  # the border: what a learner raises fails its trial, not the fit
        return {}, f"{type(error).__name__}: {error}"
    return (arrays, "") if arrays else ({}, NO_NUMBERS)
