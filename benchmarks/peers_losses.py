"""Where our error is larger than another system's, and whether the paired interval says that it is no chance."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from peers_judged import OURS, Board, Row, error


@dataclass(frozen=True)
class Loss:
    """A task on which our error is larger than another system's: the ratio and its paired 95 % interval."""

    task: str
    system: str
    value: float
    low: float
    high: float


def losses(board: Board, systems: Iterable[str], beyond: float) -> list[Loss]:
    """Where our error is larger by more than that share, and the interval says that it is no chance.

    A system that has a score where ours has none is a loss without bounds.
    """
    found = []
    for system in systems:
        for task, row in board.of(system).items():
            ours = board.by_task[task][OURS]
            if not math.isfinite(error(ours)) and math.isfinite(error(row)):
                found.append(Loss(task, system, math.inf, math.inf, math.inf))
            elif (ratio := ratio_of(ours, row, board.time)) and ratio["value"] > 1 + beyond and ratio["low"] > 1:
                found.append(Loss(task, system, ratio["value"], ratio["low"], ratio["high"]))
    return sorted(found, key=lambda one: (-one.value, one.task, one.system))


def furthest(board: Board, many: int) -> list[Loss]:
    """The tasks on which our error is the largest beside the best system's; without bounds where none were kept."""
    found = []
    for task, rows in board.by_task.items():
        best = min(rows.values(), key=error)
        value = error(rows[OURS]) / error(best)
        if value > 1:
            ratio = ratio_of(rows[OURS], best, board.time) or {"low": 0.0, "high": math.inf}
            found.append(Loss(task, best["system"], value, ratio["low"], ratio["high"]))
    return sorted(found, key=lambda one: -one.value)[:many]


def unpaired(board: Board, systems: Iterable[str]) -> int:
    """How often both have a score and nothing was kept to compare them by."""
    pairs = [(board.by_task[task][OURS], row) for system in systems for task, row in board.of(system).items()]
    return sum("score" in ours and "score" in row and not ratio_of(ours, row, board.time) for ours, row in pairs)


def ratio_of(ours: Row, theirs: Row, time: str) -> dict[str, float] | None:
    """Our error over theirs with its interval: it stands in the row of whichever ran later."""
    for row in sorted((ours, theirs), key=lambda row: -row.get("order", 0)):
        found: dict[str, float] | None = row.get("ours_over", {}).get(time, {}).get(theirs["system"])
        if found is not None:
            return found
    return None
