"""What a linear model of few columns reaches alone and adds to all other learners, where columns are many.

    python benchmarks/wide.py [--tasks DIR] [--only NAME,NAME] [--rows 1500] [--seeds 3] [--out FILE]
    python benchmarks/wide.py --table [--out FILE]

Planted tables hold numbers of which few count, or all a little, with noise; and tasks of so many columns that the form
is proposed. Every candidate learns from three quarters of the training rows; the last quarter makes greedy blends with
and without the form; test rows judge by the metric of the task. One row a table and seed is appended; one that is there
is not run again. Seconds are of one core.
"""

from __future__ import annotations

import argparse
from functools import partial
from typing import Any

import numpy as np
from adding import Parted, fitted, real
from study import Tables, study

from journeyman.plan.target import Target
from journeyman.table.columns import Columns

FORM, ALL = "linear model, few columns", "linear model"
TEST_ROWS = 3000
#: Name → rows, columns, how many of them count, and whether the target is one of two classes.
PLANTED = {
    "6 of 1000 in 200 rows": (200, 1000, 6, False),
    "3 of 300 in 500 rows": (500, 300, 3, False),
    "3 of 300 in 500 rows of classes": (500, 300, 3, True),
    "100 of 100 a little in 400 rows": (400, 100, 100, False),
}


def planted(name: str, seed: int) -> Parted:
    """A planted table; its noise is as large as what half of the signal explains."""
    rows, width, count, is_classes = PLANTED[name]
    random = np.random.default_rng([seed, width, rows])
    cells = random.normal(size=(rows + TEST_ROWS, width))
    slopes = np.zeros(width)
    slopes[random.permutation(width)[:count]] = random.normal(size=count)
    score = cells @ slopes / np.linalg.norm(slopes)
    names = tuple(f"x{place}" for place in range(width))
    whole = Columns.of(rows=len(cells), numbers=cells, number_names=names)
    if is_classes:
        values = (random.random(len(cells)) < 1 / (1 + np.exp(-3 * score))).astype(float)
        target = Target(task="binary", values=values, classes=("no", "yes"), seed=seed)
    else:
        values = score + 0.5 * random.normal(size=len(cells))
        target = Target(task="regression", values=values, seed=seed)
    places, cut = np.arange(len(cells)), rows * 3 // 4
    metric = "log_loss" if is_classes else "rmse"
    return Parted(whole, target, metric, places[:cut], places[cut:rows], places[rows:], values[rows:])


def judged(parted: Parted) -> dict[str, Any] | None:
    """Errors of the form, of the linear model of all columns, of the best others, and of blends with and without it."""
    tried = fitted(parted)
    if FORM not in tried.names:
        return None
    others = [name for name in tried.names if name != FORM]
    shown = {"few": FORM, "all": ALL, "others": tried.best([name for name in others if name != ALL])}
    return {
        "rows": len(parted.fit),
        "columns": len(parted.columns.names),
        "metric": parted.metric,
        **{kind: tried.error([name]) for kind, name in shown.items()},
        "best other": shown["others"],
        "seconds": round(tried.seconds[FORM], 2),
        "without": tried.error(others),
        "with": tried.error(list(tried.names)),
    }


def table(rows: list[dict[str, Any]]) -> str:
    """Errors over that of the blend without the form, geometric means over seeds."""
    lines = [
        "# What a linear model of few columns adds",
        "",
        "Errors over that of a blend of all other learners, geometric means over seeds.",
        "",
        "| table | rows | columns | seeds | blended | alone | all columns | best other | seconds |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    everywhere = []
    for name in dict.fromkeys(row["table"] for row in rows):
        some = [row for row in rows if row["table"] == name]
        kinds = ("with", "few", "all", "others")
        ratios = [np.exp(np.mean([np.log(row[kind] / row["without"]) for row in some])) for kind in kinds]
        everywhere += [ratios] if name not in PLANTED else []
        cells = [name, f"{some[0]['rows']:,}", f"{some[0]['columns']:,}", f"{len(some)}"]
        cells += [f"{one:.3f}" for one in ratios]
        spent = np.mean([row["seconds"] for row in some])
        lines.append(f"| {' | '.join([*cells, f'{spent:.1f}'])} |")
    if everywhere:
        means = " | ".join(f"{one:.3f}" for one in np.exp(np.mean(np.log(everywhere), axis=0)))
        lines.append(f"| **real tables** | | | | {means} | |")
    return "\n".join(lines) + "\n"


def _all(given: argparse.Namespace) -> Tables[Parted]:
    """Every table that is asked for, seed by seed."""
    folders = {one.parent.name: one.parent for one in given.tasks.glob("*/card.json")} if given.tasks else {}
    for seed in range(given.seeds):
        for name in given.only.split(",") if given.only else [*PLANTED, *sorted(folders)]:
            make = partial(planted, name) if name in PLANTED else partial(real, folders[name], given.rows)
            yield name, seed, partial(make, seed)


if __name__ == "__main__":
    study(__doc__, "wide", 1500, _all, judged, table)
