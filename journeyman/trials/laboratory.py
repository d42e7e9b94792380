"""What a search works with: workers, rows, a metric, and a folder where results are kept by their key."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from journeyman.plan.data import digest
from journeyman.plan.step import Step
from journeyman.statistics.metrics.metric import Metric
from journeyman.store.digest import digest_data
from journeyman.store.journal import Journal
from journeyman.store.results import load_arrays, save_arrays
from journeyman.table.columns import Integers, Numbers
from journeyman.trials.pool import Job, Outcome
from journeyman.trials.row_time import RowLimit
from journeyman.trials.shared import TrainingData
from journeyman.trials.trial import Trial


class Workers(Protocol):
    """Who does the jobs: processes of our own (`journeyman.trials.pool.Pool`), or this one."""

    size: int

    @property
    def idle(self) -> int:
        """How many more jobs could be given now."""

    def give(self, job: Job) -> None:
        """Start a job."""

    def wait(self, seconds: float) -> list[Outcome]:
        """What came of jobs within some seconds."""

    def drop(self, job: Job) -> None:
        """Stop a job."""

    def busy(self) -> list[Job]:
        """The jobs that are being worked on."""


#: Seconds that whoever interrupts is asked to wait for the best so far; whoever shuts a machine down mostly gives ten.
PATIENCE = 5.0


@dataclass
class Laboratory:
    """What a search works with.

    ``say`` is told what is going on, ``floors_done`` gets the floors once all of them are through, ``first_done`` the
    first candidate that is more than a floor, ``better`` each that is clearly better than the best before it, that
    one, and by which share its error is lower; ``interrupted`` is asked between events and gives an exit code, or 0.
    ``mixes`` says whether several models may become one.
    ``row_limit`` says how long a graph may take for one row, None where that does not matter.
    ``heeded`` is when an interruption was first heeded, by ``time.monotonic()``.
    ``ready`` are the keys of candidates that have been fitted on all rows by now and could be shipped at once.
    """

    pool: Workers
    data: TrainingData
    journal: Journal
    folder: Path
    metric: Metric
    say: Callable[[str], None] = lambda text: None
    floors_done: Callable[[list[Trial]], None] = lambda trials: None
    first_done: Callable[[Trial], None] = lambda trial: None
    better: Callable[[Trial, Trial, float], None] = lambda trial, before, lower: None
    interrupted: Callable[[], int] = lambda: 0
    mixes: bool = True
    row_limit: RowLimit | None = None
    data_key: str = field(init=False)
    ready: set[str] = field(default_factory=set, init=False)
    heeded: float | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.data_key = self.data.digest()

    def patience(self) -> float:
        """Seconds that fitting on all rows may yet take of whoever interrupts; endless while nobody does.

        What was found so far is what they are told to get, so it is fitted where that is quick; whoever cannot wait
        interrupts once more.
        """
        if not self.interrupted():
            return math.inf
        if self.heeded is None:
            self.heeded = time.monotonic()
        return self.heeded + PATIENCE - time.monotonic()

    def score(self, answers: Numbers, rows: Integers) -> float:
        """The metric over some rows, given the answers of all rows."""
        return self.score_part(answers[rows], rows)

    def score_part(self, answers: Numbers, rows: Integers) -> float:
        """The metric over some rows, given the answers of these; classes are named as it is best for them."""
        target = self.data.target.take(rows)
        return float(self.metric.score(target.values, self.metric.named(answers, target.weights), target.weights))

    def scores(self, answers: Numbers) -> tuple[float, ...]:
        """The metric in each fold, given the answers of all rows."""
        folds = self.data.folds
        return tuple(self.score(answers, folds.scored(fold)) for fold in folds.usable)

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
        return key_of(plan, self.data_key)


def key_of(plan: Step, data_key: str) -> str:
    """The name of a plan's results on rows of this digest."""
    return digest_data([digest(plan), data_key])[:32]
