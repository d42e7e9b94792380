"""What one form of a learner reaches alone, and adds to a blend of all others, on real tables.

    python benchmarks/adds.py --form NAME --metric NAME --tasks DIR [--only NAME,NAME] [--rows 2500] [--seeds 1]
    python benchmarks/adds.py --table [--out FILE]

For whoever adds a form: ``--form`` is its name on the leaderboard. Of each task of the metric's kind at most ``--rows``
training and test rows are drawn, whatever the task is judged by elsewhere. Every candidate learns from three quarters
of the training rows; the last quarter makes greedy blends with and without the form; test rows judge by the metric. One
row a task, form, metric and seed is appended; one that is there is not run again. Seconds are of one core.
"""

from __future__ import annotations

import argparse
import math
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from adding import Parted, fitted, real
from sampled import card_of
from study import ALIKE, Tables, study

from journeyman.statistics.metrics.named import metric_named

#: Candidates that are guessed to take longer have no part: they are the same with and without.
MOST_SECONDS = 10.0


def judged(asked: tuple[str, str, Parted]) -> dict[str, Any] | None:
    """Errors of the form, of the best other one, and of blends with and without it; None where it is not proposed."""
    task, form, parted = asked
    tried = fitted(parted, MOST_SECONDS)
    if form not in tried.names:
        return None
    others = [name for name in tried.names if name != form]
    best = tried.best(others)
    return {
        "task": task,
        "form": form,
        "metric": parted.metric,
        "rows": len(parted.fit),
        "alone": tried.error([form]),
        "best other": tried.error([best]),
        "best other is": best,
        "without": tried.error(others),
        "with": tried.error(list(tried.names)),
        "seconds": round(tried.seconds[form], 2),
    }


def page(rows: list[dict[str, Any]]) -> str:
    """A table for each form: its errors over that of the blend without it, geometric means over tables."""
    lines = ["# What forms of learners add", "", "Errors over that of a blend of all others, geometric means.", ""]
    for form, metric in dict.fromkeys((row["form"], row["metric"]) for row in rows):
        own = [row for row in rows if (row["form"], row["metric"]) == (form, metric)]
        lines += [
            f"## {form}, judged by {metric}",
            "",
            "| table | rows | blended | alone | best other alone | seconds |",
        ]
        lines += ["|---|--:|--:|--:|--:|--:|"]
        lines += [_line(row["task"], row["rows"], [row], row["seconds"]) for row in own]
        middle = float(np.median([row["seconds"] for row in own]))
        lines += [_line("**all**", int(np.median([row["rows"] for row in own])), own, middle), "", _counted(own), ""]
    return "\n".join(lines)


def _line(name: str, count: int, rows: list[dict[str, Any]], seconds: float) -> str:
    ratios = [
        np.mean([math.log(row[kind] / row["without"]) for row in rows]) for kind in ("with", "alone", "best other")
    ]
    return f"| {name} | {count:,} | {' | '.join(f'{math.exp(one):.3f}' for one in ratios)} | {seconds:.1f} |"


def _counted(rows: list[dict[str, Any]]) -> str:
    gains = np.array([math.log(row["with"] / row["without"]) for row in rows])
    return f"The blend is better on {(gains < -ALIKE).sum()}, worse on {(gains > ALIKE).sum()} of {len(gains)}."


def _all(given: argparse.Namespace) -> Tables[tuple[str, str, Parted]]:
    """Every task of the metric's kind that is asked for, seed by seed."""
    folders = sorted(one.parent for one in given.tasks.glob("*/card.json"))
    wanted = given.only.split(",") if given.only else [one.name for one in folders]
    folders = [one for one in folders if one.name in wanted and _is_judged_by(given.metric, one)]
    for seed in range(given.seeds):
        for folder in folders:
            name = f"{folder.name}: {given.form}, {given.metric}"
            yield name, seed, partial(_asked, given.form, given.metric, folder, given.rows, seed)


def _is_judged_by(metric: str, folder: Path) -> bool:
    return card_of(folder)["task"] in metric_named(metric).tasks


def _asked(form: str, metric: str, folder: Path, rows: int, seed: int) -> tuple[str, str, Parted]:
    return folder.name, form, replace(real(folder, rows, seed), metric=metric)


if __name__ == "__main__":
    study(__doc__, "adds", 2500, _all, judged, page, more=("form", "metric"))
