"""What neural networks reach alone, and add to boosted trees, on rows that neither has seen.

    python benchmarks/networks.py --tasks DIR [--only NAME,NAME] [--rows 4000] [--out FILE]
    python benchmarks/networks.py --table [--out FILE]

Of each task at most ``--rows`` training rows and as many test rows are drawn. Tuned boosted trees and each form of
network learn from three quarters of the training rows; the last quarter says with which weight a network is blended
with the trees; the test rows judge. Errors are log loss for classes (whatever the task's metric), the metric's own for
numbers. Seconds are of one core, preparation of the columns among them. One row a task is appended; one that has its
row is not run again.
"""

from __future__ import annotations

import argparse
import sys
import time
import warnings
from pathlib import Path
from typing import Any

import numpy as np
from machine import machine
from rows import append, rows_of
from sampled import parted, sampled

from journeyman.curation.propose import propose
from journeyman.plan.step import Step
from journeyman.statistics.metrics.metric import Metric
from journeyman.statistics.metrics.named import metric_named

TREES, NETWORKS = "boosted trees, tuned", "neural networks, "
#: The forms of networks: the quick one, and the other, whatever it is called on such a table.
FORMS = ("quick", "other")
#: Weights of the network that are tried in a blend.
WEIGHTS = np.linspace(0.0, 1.0, 21)


def run_task(folder: Path, most: int) -> dict[str, Any]:
    """Errors of the trees, of each form of network, and of both blended."""
    drawn = sampled(folder, most)
    columns, target = drawn.columns, drawn.target
    train, test = np.flatnonzero(~drawn.is_test), np.flatnonzero(drawn.is_test)
    fit, held = parted(train, 1)
    plans = {one.name: one.plan for one in propose(columns.take(train), target.take(train), drawn.metric.name)}
    metric = metric_named("log_loss") if target.classes else drawn.metric

    def answers(plan: Step) -> tuple[np.ndarray, np.ndarray, float]:
        began = time.process_time()
        state = plan.fit(columns.take(fit), target.take(fit))
        seconds = time.process_time() - began
        return *(plan.apply(state, columns.take(rows)).numbers for rows in (held, test)), seconds

    truths = target.values[held], target.values[test]
    trees = answers(plans[TREES])
    row: dict[str, Any] = {"task": folder.name, "metric": metric.name, "rows": len(fit), "trees": trees[2]}
    row["error"] = metric.score(truths[1], trees[1])
    for name, plan in plans.items():
        if not name.startswith(NETWORKS):
            continue
        own = answers(plan)
        weight = _best_weight(metric, truths[0], own[0], trees[0])
        row["quick" if name == NETWORKS + "quick" else "other"] = {
            "name": name,
            "seconds": round(own[2], 3),
            "alone": metric.score(truths[1], own[1]),
            "weight": weight,
            "blend": metric.score(truths[1], weight * own[1] + (1 - weight) * trees[1]),
        }
    return row


def _best_weight(metric: Metric, truth: np.ndarray, network: np.ndarray, trees: np.ndarray) -> float:
    scores = [metric.sign * metric.score(truth, one * network + (1 - one) * trees) for one in WEIGHTS]
    return float(WEIGHTS[int(np.argmax(scores))])


def table(rows: list[dict[str, Any]]) -> str:
    """The results as Markdown: error over that of the trees, seconds."""
    lines = ["| task | rows | trees s |" + "".join(f" {name}: alone | blended | s |" for name in FORMS)]
    lines.append("|---|--:|--:|" + "--:|--:|--:|" * len(FORMS))
    for row in sorted(rows, key=lambda one: one["task"]):
        cells = [row["task"], f"{row['rows']:,}", f"{row['trees']:.1f}"]
        for name in FORMS:
            own = row[name]
            cells += [f"{own[kind] / row['error']:.3f}" for kind in ("alone", "blend")] + [f"{own['seconds']:.1f}"]
        lines.append("| " + " | ".join(cells) + " |")
    middle = ["**median**", "", f"{np.median([row['trees'] for row in rows]):.1f}"]
    for name in FORMS:
        middle += [f"{np.median([row[name][kind] / row['error'] for row in rows]):.3f}" for kind in ("alone", "blend")]
        middle.append(f"{np.median([row[name]['seconds'] for row in rows]):.1f}")
    return "\n".join([*lines, "| " + " | ".join(middle) + " |"]) + "\n"


def main() -> None:
    """Run what has no row yet, or write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--rows", type=int, default=4000)
    parser.add_argument("--table", action="store_true")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "networks.jsonl")
    given = parser.parse_args()
    rows = rows_of(given.out)
    if given.table or given.tasks is None:
        sys.stdout.write(table(rows))
        return
    warnings.simplefilter("ignore")
    names = given.only.split(",") if given.only else sorted(one.parent.name for one in given.tasks.glob("*/card.json"))
    for name in names:
        if name in {row["task"] for row in rows}:
            continue
        row = run_task(given.tasks / name, given.rows)
        append(given.out, {**row, **machine()})
        sys.stdout.write(f"{row}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
