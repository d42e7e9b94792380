"""What a Gaussian process reaches alone and adds to all other learners, on smooth functions and on real tables.

    python benchmarks/smooth.py [--tasks DIR] [--only NAME,NAME] [--rows 3000] [--seeds 3] [--out FILE]
    python benchmarks/smooth.py --table [--out FILE]

Functions of known truth: Friedman's first, the flow through a borehole, the reach of an arm of four joints, each with
and without noise. Of each task whose target is a number at most ``--rows`` training and test rows are drawn. Every
candidate learns from three quarters of the training rows; the last quarter makes greedy blends with and without the
process; test rows judge, by the metric of the task (functions: root mean squared error against the noiseless truth).
One row a table and seed is appended; one that is there is not run again. Seconds are of one core.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from adding import Parted, fitted, real
from sampled import card_of
from study import Tables, study

from journeyman.plan.target import Target
from journeyman.table.columns import Columns

#: Learners whose best form is shown: how their names begin.
SHOWN = {"process": "Gaussian process", "trees": "boosted trees", "networks": "neural networks"}
TEST_ROWS = 3000


def friedman(cells: np.ndarray) -> np.ndarray:
    """Five of ten numbers tell (Friedman, Multivariate adaptive regression splines, 1991)."""
    bent = 10 * np.sin(np.pi * cells[:, 0] * cells[:, 1]) + 20 * (cells[:, 2] - 0.5) ** 2
    return np.asarray(bent + 10 * cells[:, 3] + 5 * cells[:, 4])


def borehole(cells: np.ndarray) -> np.ndarray:
    """Water through a borehole, cubic metres a year (Morris, Mitchell, Ylvisaker, Technometrics 1993)."""
    low = np.array([0.05, 100, 63070, 990, 63.1, 700, 1120, 1500])
    high = np.array([0.15, 50000, 115600, 1110, 116, 820, 1680, 15000])
    own, far, upper, head, lower, low_head, length, conducts = (low + cells * (high - low)).T
    spread = np.log(far / own)
    below = spread * (1 + 2 * length * upper / (spread * own**2 * conducts) + upper / lower)
    return np.asarray(2 * np.pi * upper * (head - low_head) / below)


def arm(cells: np.ndarray) -> np.ndarray:
    """How far an arm of four joints reaches (An and Owen, Quasi-regression, 2001)."""
    angles, lengths = np.cumsum(2 * np.pi * cells[:, :4], axis=1), cells[:, 4:]
    return np.asarray(np.hypot((lengths * np.cos(angles)).sum(axis=1), (lengths * np.sin(angles)).sum(axis=1)))


#: Name → function, columns, rows, and the deviation of noise as a share of the truth's.
FUNCTIONS: dict[str, tuple[Callable[[np.ndarray], np.ndarray], int, int, float]] = {
    "noisy friedman": (friedman, 10, 800, 0.2),
    "borehole": (borehole, 8, 400, 0.0),
    "noisy borehole": (borehole, 8, 800, 0.1),
    "arm": (arm, 8, 2000, 0.0),
    "noisy arm": (arm, 8, 2000, 0.1),
}


def planted(name: str, seed: int) -> Parted:
    """A function on rows that are drawn."""
    function, columns, rows, noise = FUNCTIONS[name]
    random = np.random.default_rng(seed)
    cells = random.random((rows + TEST_ROWS, columns))
    truth = function(cells)
    values = truth + noise * truth.std() * random.normal(size=len(truth))
    names = [f"x{place}" for place in range(columns)]
    whole = Columns.of(rows=len(cells), numbers=cells, number_names=names)
    cut = rows * 3 // 4
    target = Target(task="regression", values=values, seed=seed)
    places = np.arange(len(cells))
    return Parted(whole, target, "rmse", places[:cut], places[cut:rows], places[rows:], truth[rows:])


def judged(parted: Parted) -> dict[str, Any]:
    """Errors of each learner's best form, and of blends with and without the process."""
    tried = fitted(parted)
    row: dict[str, Any] = {"rows": len(parted.fit), "metric": parted.metric}
    for kind, begin in SHOWN.items():
        names = [name for name in tried.names if name.startswith(begin)]
        if names:
            best = tried.best(names)
            row[kind] = tried.error([best])
            row[f"{kind} seconds"] = round(tried.seconds[best], 2)
    without = [name for name in tried.names if not name.startswith(SHOWN["process"])]
    return {**row, "without": tried.error(without), "with": tried.error(list(tried.names))}


def table(rows: list[dict[str, Any]]) -> str:
    """Errors over that of the blend without the process, geometric means over seeds."""
    lines = [
        "# What a Gaussian process adds",
        "",
        "Errors over that of a blend of all other learners, geometric means over seeds.",
        "",
        "| table | rows | seeds | blended | alone | best trees | best networks | seconds | of trees |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    kinds = ("with", "process", "trees", "networks")
    rows = [row for row in rows if all(kind in row for kind in kinds)]
    everywhere = []
    for name in dict.fromkeys(row["table"] for row in rows):
        some = [row for row in rows if row["table"] == name]
        ratios = [np.exp(np.mean([np.log(row[kind] / row["without"]) for row in some])) for kind in kinds]
        everywhere += [ratios] if name not in FUNCTIONS else []
        spent = [np.mean([row[f"{kind} seconds"] for row in some]) for kind in ("process", "trees")]
        cells = [name, f"{some[0]['rows']:,}", f"{len(some)}", *(f"{one:.3f}" for one in ratios)]
        lines.append(f"| {' | '.join([*cells, *(f'{one:.1f}' for one in spent)])} |")
    if everywhere:
        means = np.exp(np.mean(np.log(everywhere), axis=0))
        lines.append(f"| **real tables** | | | {' | '.join(f'{one:.3f}' for one in means)} | | |")
    return "\n".join(lines) + "\n"


def _all(given: argparse.Namespace) -> Tables[Parted]:
    """Every table that is asked for, seed by seed."""
    folders = sorted(one.parent for one in given.tasks.glob("*/card.json")) if given.tasks else []
    folders = [one for one in folders if card_of(one)["task"] == "regression"]
    wanted = given.only.split(",") if given.only else [*FUNCTIONS, *(one.name for one in folders)]
    for seed in range(given.seeds):
        for name in FUNCTIONS:
            if name in wanted:
                yield name, seed, partial(planted, name, seed)
        for folder in folders:
            if folder.name in wanted:
                yield folder.name, seed, partial(real, folder, given.rows, seed)


if __name__ == "__main__":
    study(__doc__, "smooth", 3000, _all, judged, table)
