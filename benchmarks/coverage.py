"""Does the printed 95 % interval hold what is delivered? The whole choice, on worlds whose truth is known.

    python benchmarks/coverage.py [--builds 500] [--rows 200,1000,5000] [--share 1/2] [--out FILE]
    python benchmarks/coverage.py --real [--builds 25] [--share 1/2] [--out FILE]
    python benchmarks/coverage.py [--real] --table [--out FILE]

One build is the whole choice with a fast portfolio in one process: floors, a few candidates, their blend, the
bootstrap, the refit. What it printed stands beside the score of the shipped model on 50,000 fresh rows of the same
world. ``--real`` tries the whole portfolio on 200 and 1,000 rows instead. One row a build is appended; a build that
has its row is not run again, so two processes may share the work (``--share 1/2`` and ``--share 2/2``). ``--table``
writes the cells as Markdown to standard output.
"""

from __future__ import annotations

import argparse
import sys
import time
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from machine import machine
from rows import append, rows_of

from journeyman.bundle.decision import DecisionRule
from journeyman.estimator import JourneymanClassifier, JourneymanRegressor
from journeyman.simulation.world import World
from journeyman.statistics.metrics.named import metric_named

METRICS = {"binary": ("log_loss", "roc_auc", "accuracy"), "regression": ("rmse", "mae", "r2")}
#: The laws of worlds with signal.
LAWS = ("linear", "trees", "structural", "smooth")
#: Acting pays 1 where it is right and costs 1 where it is wrong.
GAIN = {"act": {"yes": 1.0, "no": -1.0}}
FRESH_ROWS = 50_000
#: Candidates after the floors, by rows: so many keep a build within 2 s on a quiet core.
TRIALS = {200: 3, 1000: 3, 5000: 2}
#: More than there are: the whole portfolio.
ALL_TRIALS = 40


class Cell(NamedTuple):
    """What builds have in common."""

    task: str
    law: str
    rows: int


def cells(rows: Sequence[int]) -> Iterator[Cell]:
    """Every cell: binary and numbers, with and without signal, by rows."""
    for count in rows:
        for task in METRICS:
            for law in ("no_signal", "signal"):
                yield Cell(task, law, count)


def world_of(cell: Cell, seed: int) -> World:
    """The world of a build: with signal the laws take turns."""
    kind = cell.law if cell.law == "no_signal" else LAWS[seed % len(LAWS)]
    task: Any = cell.task
    return World(law=kind, rows=cell.rows, seed=seed, task=task)


def build(cell: Cell, seed: int, *, real: bool = False) -> dict[str, Any]:
    """One build: what was printed of each metric and of the payoff, and what was delivered."""
    trials = ALL_TRIALS if real else TRIALS.get(cell.rows, 3)
    world = world_of(cell, seed)
    began = time.monotonic()
    features, target = _apart(world.columns, world.target)
    kind = JourneymanClassifier if cell.task == "binary" else JourneymanRegressor
    options: dict[str, Any] = {"gain": GAIN} if cell.task == "binary" else {}
    model = kind(trials=trials, workers=0, random_state=seed, **options).fit(features, target)
    seconds = time.monotonic() - began
    fresh = world.draw(FRESH_ROWS, stream=3, plain=True)
    truth = fresh.truth
    answers = model.predict_proba(_apart(fresh.columns, world.target)[0])[:, 1:] if cell.task == "binary" else None
    if answers is None:
        answers = np.asarray(model.predict(_apart(fresh.columns, world.target)[0]))[:, None]
    delivered = {name: metric_named(name).score(truth, answers) for name in METRICS[cell.task]}
    if cell.task == "binary":
        rule = DecisionRule(GAIN)
        taken, _ = rule.decide(np.column_stack([1 - answers[:, 0], answers[:, 0]]), ("no", "yes"))
        delivered["payoff"] = 1000 * float(rule.payoff(taken, truth.astype(np.int64), ("no", "yes")).mean())
    printed = {name: model.evaluation_.estimates[name].as_data() for name in delivered}
    return {
        **cell._asdict(),
        "seed": seed,
        "seconds": round(seconds, 2),
        "chosen": model.model_name_,
        "printed": printed,
        "delivered": delivered,
        "holdout_width": {name: _holdout_width(cell, name, truth, answers) for name in METRICS[cell.task]},
    }


def _holdout_width(cell: Cell, name: str, truth: Any, answers: Any) -> float:
    """How wide the 95 % interval of this model's score would be on a fifth of the rows, kept aside."""
    _, influence = metric_named(name).measure(truth, answers)
    return float(2 * 1.96 * influence.std() / np.sqrt(cell.rows / 5))


def _apart(columns: Any, target: str) -> tuple[pl.DataFrame, Any]:
    return pl.DataFrame({name: column for name, column in columns.items() if name != target}), columns[target]


def main() -> None:
    """Build what has no row yet, or show what is there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--builds", type=int)
    parser.add_argument("--rows", type=lambda text: [int(one) for one in text.split(",")])
    parser.add_argument("--real", action="store_true")
    parser.add_argument("--share", default="1/1")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--table", action="store_true")
    given = parser.parse_args()
    name = "coverage_real.jsonl" if given.real else "coverage.jsonl"
    out = given.out or Path(__file__).parent / "results" / name
    builds = given.builds or (25 if given.real else 500)
    wanted = given.rows or ([200, 1000] if given.real else [200, 1000, 5000])
    if given.table:
        sys.stdout.write(table(rows_of(out)))
        return
    part, parts = map(int, given.share.split("/"))
    done = {(Cell(row["task"], row["law"], row["rows"]), row["seed"]) for row in rows_of(out)}
    warnings.simplefilter("ignore")
    for seed in range(part - 1, builds, parts):
        for cell in cells(wanted):
            if (cell, seed) not in done:
                row = build(cell, seed, real=given.real)
                append(out, {**row, **machine()})


def table(rows: list[dict[str, Any]]) -> str:
    """One line a cell and metric: how many builds, which share held, bias and widths."""
    lines = [
        "| task | law | rows | metric | builds | held | bias / sd | width / holdout's |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for cell in sorted({(row["task"], row["law"], row["rows"]) for row in rows}):
        of_cell = [row for row in rows if (row["task"], row["law"], row["rows"]) == cell]
        for name in of_cell[0]["printed"]:
            lines.append("| " + " | ".join(map(str, (*cell, name, *_cell(of_cell, name)))) + " |")
    return "\n".join(lines) + "\n"


def _cell(rows: list[dict[str, Any]], name: str) -> list[str]:
    told = [row for row in rows if row["printed"][name]["low"] is not None]
    if not told:
        return [str(len(rows)), "cannot say", "", ""]
    value, low, high = (np.array([row["printed"][name][key] for row in told]) for key in ("value", "low", "high"))
    truth = np.array([row["delivered"][name] for row in told])
    rounding = 1e-9 * np.maximum(1, np.abs(truth))
    held = float(((low - rounding <= truth) & (truth <= high + rounding)).mean())
    error = value - truth
    spread = float(error.std()) or 1.0
    widths = np.array([row.get("holdout_width", {}).get(name, np.nan) for row in told])
    wide = np.isfinite(widths) & (widths > 0)
    ratio = f"{np.mean((high - low)[wide]) / np.mean(widths[wide]):.2f}" if wide.any() else ""
    return [str(len(told)), f"{held:.3f}", f"{error.mean() / spread:+.2f}", ratio]


if __name__ == "__main__":
    main()
