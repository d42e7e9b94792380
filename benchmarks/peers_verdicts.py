"""Line by line: is what the search must show shown by the rows of ``bench_peers.py``?"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from peers_chance import chance
from peers_judged import OURS, Board, Standing, seconds, standings, ways
from peers_losses import losses, unpaired

BEST = "autogluon:best_quality"
#: How many tasks there are.
TASKS = 64
UNTUNED = ("lightgbm", "catboost", "mean")
#: The number of the demand, what it says, what was found, whether it holds.
Line = tuple[int, str, str, bool]


def verdicts(boards: dict[str, Board]) -> str:
    """A table of what must be shown, what was found, and whether it holds."""
    by_seconds = {seconds(time): board for time, board in boards.items()}
    lines = ["## What it must show", "", "| | what | found | holds |", "|---|---|---|---|"]
    for number, what, found, holds in [
        *_first(by_seconds.get(60.0)),
        *_beside_best(by_seconds.get(300.0)),
        *_second(by_seconds),
        *_third(by_seconds.get(30.0), by_seconds.get(300.0)),
        *_fourth(by_seconds),
    ]:
        lines.append(f"| {number} | {what} | {found} | {'yes' if holds else 'no'} |")
    return "\n".join(lines) + "\n"


def _first(board: Board | None) -> list[Line]:
    if board is None:
        return [(1, "at 60 s", "not run", False)]
    stand = standings(board)
    ours = next(one for one in stand if one.system == OURS)
    others = [one for one in stand if one.system != OURS]
    near = min((one.rank for one in others), default=math.nan)
    alone = chance(board)
    return [
        (
            1,
            "60 s: best mean rank of all",
            f"{ours.rank:.2f}, the next {near:.2f} ({len(board.shared)} tasks that all ran)",
            ours.rank < near,
        ),
        (
            1,
            "60 s: error over the best, at most 1.02",
            f"{ours.over_best:.3f}{_by_chance(alone and alone.over_best)}",
            ours.over_best <= 1.02,
        ),
        (
            1,
            "60 s: the worst of it, at most 1.10",
            f"{ours.worst:.3f} ({ours.worst_task}){_by_chance(alone and alone.worst)}",
            ours.worst <= 1.10 and not ours.failed,
        ),
        *(_wins(one, "60 s") for one in others),
    ]


def _by_chance(found: tuple[float, float, float] | None) -> str:
    """What chance alone would show, for a cell."""
    return "; nowhere worse than another it would be {:.3f} [{:.3f}, {:.3f}]".format(*found) if found else ""


def _wins(one: Standing, time: str, least: int = TASKS) -> Line:
    share = one.wins / one.compared if one.compared else 0.0
    found = f"{one.wins:g} of {one.compared}, p = {one.p_value:.3f}"
    if one.compared < least:
        found = f"{found}; {least - one.compared} more to be run"
    holds = share >= 40 / TASKS and one.p_value <= 0.03 and one.compared >= least
    return 1, f"{time}: wins against {one.system}, 40 of 64, p ≤ .03", found, holds


def _beside_best(board: Board | None) -> list[Line]:
    found = [one for one in standings(board) if one.system == BEST] if board else []
    if not found:
        return [(1, "5 min: AutoGluon best_quality on at least 30 tasks", "not run", False)]
    number, what, told, holds = _wins(found[0], "5 min", least=30)
    return [(number, f"{what}, at least 30 tasks", told, holds)]


def _second(boards: dict[float, Board]) -> list[Line]:
    lines = []
    for board in boards.values():
        found = losses(board, UNTUNED, 0.02)
        tasks = [task for task, rows in board.by_task.items() if set(UNTUNED) & set(rows)]
        told = "; ".join(f"{one.task} ({one.system}) {one.value:.3f} [{one.low:.3f}, {one.high:.3f}]" for one in found)
        what = f"{board.time}: no error more than 2 % above an untuned booster's or their mean's, confirmed"
        told = told or f"none in {len(tasks)} tasks"
        told += f"; {bare} without an interval" if (bare := unpaired(board, UNTUNED)) else ""
        lines.append((2, what, told, not found and not bare and bool(tasks)))
    return lines


def _third(early: Board | None, late: Board | None) -> list[Line]:
    way = ways(early, late) if early and late else {}
    if not way:
        return [(3, "30 s goes 97 % of the way to 5 min in the median, 90 % at the 10th percentile", "not run", False)]
    middle, low = np.quantile(list(way.values()), [0.5, 0.1])
    least = min(way, key=lambda task: way[task])
    return [
        (3, f"30 s of the way to 5 min, median of {len(way)} tasks, at least 97 %", f"{middle:.1%}", middle >= 0.97),
        (3, "the same at the 10th percentile, at least 90 %", f"{low:.1%} (least: {least})", low >= 0.9),
    ]


def _fourth(boards: dict[float, Board]) -> list[Line]:
    lines: list[Line] = []
    for budget, board in boards.items():
        mine = board.of(OURS)
        late = {task: row["wall"] for task, row in mine.items() if row["wall"] > allowed(budget)}
        told = f"longest {max(row['wall'] for row in mine.values()):.1f} s of {len(mine)} runs"
        told += f"; {len(late)} too long: {', '.join(sorted(late))}" if late else ""
        lines.append((4, f"{board.time}: the limit of {allowed(budget):.1f} s holds", told, not late))
        lost = [task for task, row in mine.items() if row["status"] != "done"]
        lines.append((4, f"{board.time}: every run ends with a model", f"{len(lost)} without {lost or ''}", not lost))
        lines += [*_beside(board, "peak memory", "peak_mb", 1.0), *_beside(board, "size", "bytes", 1e6)]
        lines += _memory(board, mine)
    if 10.0 not in boards:
        lines.append((4, "10 s: every run ends with a model", "not run", False))
    return lines


def _beside(board: Board, name: str, key: str, unit: float) -> list[Line]:
    """Ours as a share of what AutoGluon's best preset takes on the same task."""
    theirs = board.of(BEST)
    mine = {task: row for task, row in board.of(OURS).items() if key in row and key in theirs.get(task, {})}
    both = [(row[key], theirs[task][key]) for task, row in mine.items()]
    if not both:
        return []
    share = float(np.median([first / second for first, second in both]))
    middles = np.median(both, axis=0) / unit
    told = f"{share:.2f} of it in {len(both)} tasks (medians {middles[0]:.1f} and {middles[1]:.1f} MB)"
    return [(4, f"{board.time}: {name} at most a third of {BEST}'s", told, share <= 1 / 3)]


def _memory(board: Board, mine: dict[str, dict[str, Any]]) -> list[Line]:
    limited = {task: row for task, row in mine.items() if row.get("memory")}
    if not limited:
        return []
    over = {task for task, row in limited.items() if row["peak_mb"] * 1e6 > size_in_bytes(row["memory"])}
    told = f"most {max(row['peak_mb'] for row in limited.values()):.0f} MB of {len(limited)} runs"
    return [(4, f"{board.time}: the memory limit holds", told, not over)]


def size_in_bytes(text: str) -> float:
    """4GB, 500MB as bytes."""
    for unit, many in (("GB", 1e9), ("MB", 1e6)):
        if text.upper().endswith(unit):
            return float(text[: -len(unit)]) * many
    return float(text)


def allowed(budget: float) -> float:
    """What a command may take: its time, and 5 % or 2 s over it, and 3 s to start."""
    return budget + max(0.05 * budget, 2.0) + 3.0
