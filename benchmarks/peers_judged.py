"""What the rows of ``bench_peers.py`` say of each system at one budget: ranks, errors, wins, time, memory, size."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

Row = dict[str, Any]

OURS = "journeyman"
#: Scores this near to each other, as a share of the larger one, are a tie: half a win each.
TIE = 0.001


@dataclass(frozen=True)
class Standing:
    """How a system stands at one budget.

    Parameters
    ----------
    system : its name
    tasks, failed : how many tasks it was run on, and on how many of them there is no score
    rank : its mean rank on the tasks that all systems ran; what failed shares the last ranks
    over_best, worst, worst_task : its error over the best system's of the task: the geometric mean over the tasks
        with a score, the largest, and where that is
    wins, compared : of ours against it, ties counted half, and of how many tasks; whoever has no score has lost
    p_value : one-sided sign test of that many wins or more
    ours_over : our error over its, the geometric mean
    """

    system: str
    tasks: int
    failed: int
    rank: float
    over_best: float
    worst: float
    worst_task: str
    wins: float
    compared: int
    p_value: float
    ours_over: float


@dataclass(frozen=True)
class Board:
    """All rows that are judged at one budget: those of the budget, and those of systems that have none."""

    time: str
    rows: tuple[Row, ...]

    @cached_property
    def by_task(self) -> dict[str, dict[str, Row]]:
        """Task → system → row, for the tasks that ours was run on; of two rows of one kind the later one."""
        found: dict[str, dict[str, Row]] = {}
        for row in self.rows:
            found.setdefault(row["task"], {})[row["system"]] = row
        return {task: rows for task, rows in sorted(found.items()) if OURS in rows}

    @cached_property
    def systems(self) -> list[str]:
        """Ours, then the others by name."""
        names = {name for rows in self.by_task.values() for name in rows}
        return sorted(names, key=lambda name: (name != OURS, name))

    @cached_property
    def shared(self) -> list[str]:
        """The tasks that every system was run on: ranks of other tasks are not among the same."""
        return [task for task, rows in self.by_task.items() if len(rows) == len(self.systems)]

    def of(self, system: str) -> dict[str, Row]:
        """Task → row of one system."""
        return {task: rows[system] for task, rows in self.by_task.items() if system in rows}


def seconds(time: str) -> float:
    """30s, 2m or 1h as seconds; 0 for no budget."""
    return float(time[:-1]) * {"s": 1, "m": 60, "h": 3600}[time[-1]] if time else 0.0


def board_of(rows: Iterable[Row], time: str) -> Board:
    """The board of one budget."""
    return Board(time, tuple(row for row in rows if row["time"] in (time, "")))


def error(row: Row) -> float:
    """What a row's score leaves to gain, at least the smallest error that counts; infinite where it has none."""
    score = row.get("score")
    if score is None or not math.isfinite(score):
        return math.inf
    left = 1 - score if row["direction"] == "max" else score
    return max(float(left), float(row["smallest_error"]))


def standings(board: Board) -> list[Standing]:
    """One standing a system, the best mean rank first."""
    found = [_standing(board, system) for system in board.systems]
    return sorted(found, key=lambda one: (one.rank, one.system))


def _standing(board: Board, system: str) -> Standing:
    mine = board.of(system)
    errors = {task: {name: error(row) for name, row in board.by_task[task].items()} for task in mine}
    ranks = [_rank(errors[task], system) for task in board.shared]
    over = {task: rows[system] / min(rows.values()) for task, rows in errors.items() if math.isfinite(rows[system])}
    ours = {task: row for task, row in board.of(OURS).items() if task in mine}
    wins = [win(row, mine[task]) for task, row in ours.items()] if system != OURS else []
    ratios = [error(row) / error(mine[task]) for task, row in ours.items() if task in over]
    worst = max(over, key=lambda task: over[task], default="")
    return Standing(
        system=system,
        tasks=len(mine),
        failed=len(mine) - len(over),
        rank=float(np.mean(ranks)) if ranks else math.nan,
        over_best=geometric_mean(list(over.values())),
        worst=over.get(worst, math.nan),
        worst_task=worst,
        wins=sum(wins),
        compared=len(wins),
        p_value=sign_test(sum(wins), len(wins)),
        ours_over=geometric_mean([ratio for ratio in ratios if math.isfinite(ratio)]),
    )


def _rank(errors: dict[str, float], system: str) -> float:
    """1 for the smallest error; equal ones share the mean of their ranks."""
    below = sum(one < errors[system] for one in errors.values())
    equal = sum(one == errors[system] for one in errors.values())
    return below + (equal + 1) / 2


def win(ours: Row, theirs: Row) -> float:
    """1 where ours is better, 0 where it is worse, a half where their scores are within 0.1 % of each other."""
    first, second = error(ours), error(theirs)
    if not (math.isfinite(first) and math.isfinite(second)):
        return 0.5 if first == second else float(first < second)
    scores = float(ours["score"]), float(theirs["score"])
    if first == second or abs(scores[0] - scores[1]) <= TIE * max(map(abs, scores)):
        return 0.5
    return float(first < second)


def sign_test(wins: float, compared: int) -> float:
    """The chance of so many wins or more where either system is as likely to win; half a win is rounded down."""
    if not compared:
        return math.nan
    return sum(math.comb(compared, many) for many in range(math.floor(wins), compared + 1)) / 2**compared


def geometric_mean(values: list[float]) -> float:
    """The exponential of the mean logarithm; NaN of nothing."""
    return float(np.exp(np.mean(np.log(values)))) if values else math.nan


def ways(early: Board, late: Board) -> dict[str, float]:
    """Task → how much of the way from the trivial score to our score of the late budget the early one went."""
    found = {}
    for task, row in late.of(OURS).items():
        before = early.by_task.get(task, {}).get(OURS)
        if before is None or "score" not in row:
            continue
        whole = row["score"] - row["trivial"]
        better = whole if row["direction"] == "max" else -whole
        # Where five minutes found nothing there is no way to go.
        if better > 0:
            found[task] = (before["score"] - row["trivial"]) / whole if "score" in before else 0.0
    return found
