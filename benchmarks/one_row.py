"""What one row takes in the graphs of all learners, measured, and the prices of what graphs are made of.

    python benchmarks/one_row.py [--out FILE]

Where no clock may decide (``--trials`` with ``--max-latency``) the time of a row is counted from the nodes, trees and
matrices of a graph. Here the proposals for six made tables are fitted, their graphs are timed, and the prices are
fitted to that; `journeyman.trials.row_time` holds them, rounded.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from machine import machine
from scipy.optimize import nnls

from journeyman.bundle.one_row import graph_seconds
from journeyman.bundle.write import express
from journeyman.curation.propose import propose
from journeyman.plan.target import Target
from journeyman.table.columns import Columns, Strings
from journeyman.trials.row_time import CELL, LEVEL, NODE, TREE, parts_of

PARTS = ("nodes", "trees", "levels", "cells")
ROWS, LONGEST = 800, 25.0


def main() -> None:
    """Fit, time, price, keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "one_row.json")
    given = parser.parse_args()
    found: list[dict[str, Any]] = []
    for task in ("binary", "regression", "multiclass"):
        for width in (8, 30):
            found += graphs(task, width)
    parts = np.array([[one[name] for name in PARTS] for one in found])
    took = np.array([one["seconds"] for one in found])
    # Relative errors count: a price is to tell fast from slow at every size.
    prices, _ = nnls(np.column_stack([np.ones(len(took)), parts]) / took[:, None], np.ones(len(took)))
    held = parts @ np.array([NODE, TREE, LEVEL, CELL])
    figures = {
        **machine(),
        "graphs": len(found),
        "fixed": prices[0],
        "prices": dict(zip(PARTS, prices[1:], strict=True)),
        "counted_over_measured_quantiles": np.quantile(held / took, [0.05, 0.25, 0.5, 0.75, 0.95]).tolist(),
        "rank_correlation": float(np.corrcoef(held.argsort().argsort(), took.argsort().argsort())[0, 1]),
        "each": found,
    }
    given.out.write_text(json.dumps(figures, indent=1) + "\n")
    sys.stdout.write(json.dumps({name: one for name, one in figures.items() if name != "each"}, indent=1) + "\n")


def graphs(task: Any, width: int) -> list[dict[str, Any]]:
    """What the graphs of a table's proposals are made of, and the seconds that they take for one row."""
    columns, target = table(task, width)
    found = []
    for proposal in propose(columns, target, seconds=60.0):
        if proposal.weight == 0 or proposal.seconds > LONGEST:
            continue
        began = time.monotonic()
        state = proposal.plan.fit(columns, target)
        graph = express(proposal.plan, state, columns)
        seconds = graph_seconds(graph, columns.take(np.arange(64)), target.outputs)
        found.append({"task": task, "columns": width, "name": proposal.name, "seconds": seconds, **parts_of(graph)})
        sys.stderr.write(f"{task} {width} {proposal.name}: {seconds * 1e6:.0f} µs ({time.monotonic() - began:.1f} s)\n")
    return found


def table(task: Any, width: int) -> tuple[Columns, Target]:
    """A made table: two numbers to each word, and a target that some of both decide."""
    random = np.random.default_rng(width)
    words = width // 3
    numbers = random.normal(size=(ROWS, width - words))
    codes = random.integers(0, 6, (words, ROWS))
    score = numbers[:, 0] * numbers[:, 1] + np.sin(2 * numbers[:, 2]) + (codes[0] == 1) + 0.5 * random.normal(size=ROWS)
    columns = Columns.of(
        rows=ROWS,
        numbers=numbers,
        number_names=tuple(f"n{place}" for place in range(numbers.shape[1])),
        words=[Strings(one.astype(np.int32), tuple(f"level {place}" for place in range(6))) for one in codes],
        word_names=tuple(f"w{place}" for place in range(words)),
    )
    if task == "regression":
        return columns, Target(task=task, values=score)
    classes = 2 if task == "binary" else 4
    cuts = np.quantile(score, np.linspace(0, 1, classes + 1)[1:-1])
    labels = tuple(f"class {place}" for place in range(classes))
    return columns, Target(task=task, values=np.searchsorted(cuts, score).astype(np.float64), classes=labels)


if __name__ == "__main__":
    main()
