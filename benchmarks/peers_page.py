"""The page of ``bench_peers.py``: each budget's table, and line by line whether what must be shown is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from peers_ablation import ablation
from peers_judged import OURS, Board, Standing, board_of, error, seconds, standings
from peers_losses import furthest
from peers_verdicts import verdicts

#: Markdown keeps a paragraph's lines together.
HEAD = """# Side by side with other systems

Made by `make bench-peers`; every row is in [peers.jsonl](peers.jsonl). All systems get the same Parquet file of
training rows and the same cores, task by task in turn, and are told target, metric, task and time; columns that leak
and identifiers are left out for all. Each fit is a process of its own, measured from outside. LightGBM, CatBoost and
the mean of their answers are untuned and know no budget.

"error" is 1 − AUC, else the metric itself, and never taken smaller than a thousandth of the trivial error. Ratios are
geometric means over tasks; "best" is the best of all systems here on a task. Ranks are those of the tasks that all
systems of a budget ran. A win within 0.1 % of the metric counts half; whoever has no model has lost; p is of a
one-sided sign test. "fit" is the peer's own call, "command" all of its process with start, reading and saving; ours is
one command, so both are the same. "predicting" is a peer's own call after its model is loaded, and all of our command.
Memory is that of all processes of a fit together, the size that of the folder it saves. One row is asked for in a
process that has loaded the model.

The best of nine is picked on the rows that judge it, so an error over it is more than 1 by chance, too. "Nowhere worse
than another" is what a system would show (95 % of draws of test rows) that is never truly behind: simulated from the
paired intervals of each task, where losses count as chance and wins as won (`peers_chance.py`).

What blending, refitting, calibrating and distilling earn on rows of their own: [last_steps.md](last_steps.md).
"""


def page(rows: list[dict[str, Any]]) -> str:
    """Everything, as Markdown."""
    rows = [{**row, "order": order} for order, row in enumerate(rows)]
    times = sorted({row["time"] for row in rows if row["system"] == OURS}, key=seconds)
    boards = {time: board_of(rows, time) for time in times}
    text = [HEAD]
    text += [verdicts(boards)] if boards else ["No rows of ours yet.\n"]
    for board in boards.values():
        text.append(_budget(board))
    text.append(_versions(rows))
    return "\n".join(text)


def _budget(board: Board) -> str:
    named = ["system", "tasks", "no model", "mean rank", "error over best", "worst", "our wins", "p"]
    named += ["our error over its", "fit over budget, median (most)", "command, most", "memory MB, median (most)"]
    named += ["size MB, median (most)", "predicting s, median", "one row ms, median"]
    lines = [f"## {board.time}: {len(board.by_task)} tasks", "", f"| {' | '.join(named)} |"]
    lines.append("|---|" + "--:|" * (len(named) - 1))
    lines += [_line(board, one) for one in standings(board)]
    lines += ["", *_furthest(board), *ablation(list(board.of(OURS).values())), *_scores(board), *_failures(board)]
    return "\n".join(lines) + "\n"


def _line(board: Board, one: Standing) -> str:
    rows = list(board.of(one.system).values())
    budget = seconds(board.time)
    timed = [row for row in rows if row["time"]]
    is_ours = one.system == OURS
    cells = [
        f"**{one.system}**" if is_ours else one.system,
        f"{one.tasks}",
        f"{one.failed}",
        f"{one.rank:.2f}",
        f"{one.over_best:.3f}",
        f"{one.worst:.2f} {one.worst_task}",
        "" if is_ours else f"{one.wins:g} of {one.compared}",
        "" if is_ours else f"{one.p_value:.3f}",
        "" if is_ours else f"{one.ours_over:.3f}",
        _figure(timed, "fit_seconds", lambda value: value / budget, "{:.2f}"),
        _figure(timed, "wall", lambda value: value / budget, "{:.2f}", only_most=True),
        _figure(rows, "peak_mb", float, "{:.0f}"),
        _figure(rows, "bytes", lambda value: value / 1e6, "{:.1f}"),
        _figure(rows, "predict_seconds", float, "{:.2f}", only_middle=True),
        _figure(rows, "row_ms", float, "{:.2f}", only_middle=True),
    ]
    return f"| {' | '.join(cells)} |"


def _figure(
    rows: list[dict[str, Any]],
    key: str,
    made: Callable[[float], float],
    form: str,
    *,
    only_most: bool = False,
    only_middle: bool = False,
) -> str:
    values = [made(row[key]) for row in rows if key in row]
    if not values:
        return ""
    middle, most = form.format(float(np.median(values))), form.format(max(values))
    return most if only_most else middle if only_middle else f"{middle} ({most})"


def _furthest(board: Board) -> list[str]:
    """Where there is most to gain."""
    told = [f"{one.task} {one.value:.3f} [{one.low:.3f}, {one.high:.3f}] ({one.system})" for one in furthest(board, 10)]
    return [f"Our error over the best, where it is largest: {'; '.join(told)}.", ""] if told else []


def _scores(board: Board) -> list[str]:
    """Every task's scores, the best in bold; and how many processors were busy with other work, at most."""
    systems = board.systems
    lines = [f"| task | metric | {' | '.join(systems)} | other work |", "|---|---|" + "--:|" * (len(systems) + 1)]
    for task, rows in board.by_task.items():
        best = min(map(error, rows.values()))
        cells = []
        for system in systems:
            row = rows.get(system)
            shown = "" if row is None else "–" if "score" not in row else f"{row['score']:.5g}"
            cells.append(f"**{shown}**" if row is not None and "score" in row and error(row) == best else shown)
        other = max(row.get("elsewhere", 0.0) for row in rows.values())
        lines.append(f"| {task} | {rows[OURS]['metric']} | {' | '.join(cells)} | {other:.1f} |")
    return lines


def _failures(board: Board) -> list[str]:
    """What ended without a model, and why."""
    lines = [
        f"- {task}, {system}: {row['status']}: {row.get('reason', '')}".replace("|", "\\|")
        for task, rows in board.by_task.items()
        for system, row in sorted(rows.items())
        if row["status"] != "done"
    ]
    return ["", "Without a model:", "", *lines] if lines else []


def _versions(rows: list[dict[str, Any]]) -> str:
    told = sorted({f"{row['system']} {row['version']}" for row in rows if row.get("version")})
    ours = sorted({row["code"] + " and changes" * row.get("changed", False) for row in rows if row["system"] == OURS})
    cores = sorted({f"{row['cores']} cores, {row['platform']}, Python {row['python']}" for row in rows})
    return f"{'; '.join(told)}; journeyman at {', '.join(ours)}. {'; '.join(cores)}.\n"
