"""What a candidate reaches alone and adds to a blend of all others: fitted once each, on drawn rows."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sampled import error_of, parted, sampled

from journeyman.curation.propose import propose
from journeyman.plan.target import Target
from journeyman.statistics.metrics.named import metric_named
from journeyman.table.columns import Columns
from journeyman.trials.ensemble import greedy, most_members, relevant


@dataclass(frozen=True)
class Parted:
    """Columns and target, and which rows teach, blend and judge; ``truth`` of those that judge."""

    columns: Columns
    target: Target
    metric: str
    fit: np.ndarray
    held: np.ndarray
    test: np.ndarray
    truth: np.ndarray


@dataclass(frozen=True)
class Tried:
    """Every candidate's answers on the rows that blend and that judge, and its seconds of one core."""

    parted: Parted
    held: dict[str, np.ndarray]
    test: dict[str, np.ndarray]
    seconds: dict[str, float]

    @property
    def names(self) -> tuple[str, ...]:
        """All that were fitted."""
        return tuple(self.test)

    def best(self, names: Sequence[str]) -> str:
        """That which is best on the rows that blend."""
        metric, judges = metric_named(self.parted.metric), self.parted.target.take(self.parted.held)
        return min(names, key=lambda name: -metric.sign * metric.score(judges.values, self.held[name]))

    def error(self, names: Sequence[str]) -> float:
        """The error of a greedy blend on the rows that judge: the metric, or 1 less the metric where more is better."""
        return error_of(metric_named(self.parted.metric), self.parted.truth, self.blended(names)[1])

    def blended(self, names: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """What a greedy blend answers on the rows that blend, and on those that judge."""
        metric, judges = metric_named(self.parted.metric), self.parted.target.take(self.parted.held)
        parts = np.column_stack([relevant(self.held[name], judges) for name in names])
        weights = greedy(parts, judges, metric, most_members(len(self.parted.fit))) if len(names) > 1 else [1.0]
        held, test = (
            np.sum([weight * one[name] for weight, name in zip(weights, names, strict=True)], axis=0)
            for one in (self.held, self.test)
        )
        return held, test


def real(folder: Path, most: int, seed: int) -> Parted:
    """Rows of a task: three quarters of the training rows teach, one quarter blends, test rows judge."""
    drawn = sampled(folder, most, seed=seed)
    fit, held = parted(np.flatnonzero(~drawn.is_test), seed + 1)
    test = np.flatnonzero(drawn.is_test)
    return Parted(drawn.columns, drawn.target, drawn.metric.name, fit, held, test, drawn.target.values[test])


def fitted(parted: Parted, most_seconds: float = np.inf) -> Tried:
    """Every candidate but the floors that are no linear model, and those that are guessed to take longer."""
    columns = parted.columns
    learns = columns.take(parted.fit), parted.target.take(parted.fit)
    held, test, seconds = {}, {}, {}
    for one in propose(*learns, parted.metric):
        if (one.floor and "linear" not in one.name) or one.seconds > most_seconds:
            continue
        began = time.process_time()
        state = one.plan.fit(*learns)
        seconds[one.name] = time.process_time() - began
        held[one.name], test[one.name] = (
            one.plan.apply(state, columns.take(rows)).numbers for rows in (parted.held, parted.test)
        )
    return Tried(parted, held, test, seconds)
