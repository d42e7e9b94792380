"""Answers that are kept outside the repository, and what follows from two of them together."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
from peers_environments import DEFAULTS, OURS
from peers_measured import UNTIMED
from peers_paired import compared, left_to_gain
from peers_tasks import Task

from journeyman.table.columns import Numbers


class Answers:
    """Answers that are kept: one file a task, system and time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, task: str, system: str, time: str) -> Path:
        """Where they lie."""
        return self._folder / f"{task}-{system.replace(':', '-')}{f'-{time}' if time else ''}.npz"

    def keep(self, task: str, system: str, time: str, answers: Numbers) -> None:
        """Write them down."""
        self._folder.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(self.path(task, system, time), answers=answers)

    def of(self, task: Task, system: str, time: str) -> Numbers | None:
        """What a system answered; None where that is not there or is of other rows."""
        path = self.path(task.name, system, time)
        if not path.exists():
            return None
        found: Numbers = np.load(path)["answers"]
        return found if len(found) == len(task.truth) else None


def mean_of_defaults(task: Task, rows: list[dict[str, Any]], kept: Answers) -> tuple[dict[str, Any], Numbers | None]:
    """The untuned mean of both boosters, from their answers; it took what both took together."""
    parts = [row for row in rows if row["task"] == task.name and row["system"] in DEFAULTS and row["status"] == "done"]
    found = [answers for name in DEFAULTS if (answers := kept.of(task, name, "")) is not None]
    if len(found) < len(DEFAULTS) or len(parts) < len(DEFAULTS):
        return {"status": "failed", "reason": "one of the two has no answers"}, None
    together = {
        name: round(sum(row.get(name, 0) for row in parts), 4)
        for name in ("wall", "fit_seconds", "cpu_seconds", "bytes", "predict_seconds", "row_ms")
    }
    answers = np.mean(found, axis=0)
    told = {"model": "mean of LightGBM and CatBoost", "settings": "defaults", "load_before": parts[0]["load_before"]}
    peak = max(row["peak_mb"] for row in parts)
    return {"status": "done", "score": task.metric.score(task.truth, answers), "peak_mb": peak, **together, **told}, (
        answers
    )


def paired(
    task: Task, row: dict[str, Any], answers: Numbers, rows: list[dict[str, Any]], kept: Answers, times: list[str]
) -> dict[str, Any]:
    """Our error over the others' that ran before, or over this one's: time → system → ratio and its bounds.

    What has no budget is compared with ours of every budget, and ours of a budget with those of it and of none.
    """
    is_ours = row["system"] == OURS
    known = dict.fromkeys(one["system"] for one in rows if one["task"] == task.name)
    trivial = left_to_gain(task.metric, task.trivial)
    found: dict[str, Any] = {}
    for time in [row["time"]] if row["time"] else times:
        for other in [one for one in known if one != OURS] if is_ours else [OURS]:
            theirs = kept.of(task, other, "" if other in UNTIMED else time)
            if theirs is not None:
                ours, second = (answers, theirs) if is_ours else (theirs, answers)
                ratio = compared(task.metric, task.truth, ours, second, task.units, trivial)
                if math.isfinite(ratio.high):
                    found.setdefault(time, {})[other if is_ours else row["system"]] = ratio.as_row()
    return {"ours_over": found} if found else {}
