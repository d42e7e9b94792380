"""Are weak slices found where there is one, and only there? Worlds whose truth is known.

    python benchmarks/slices.py [--builds 100] [--out FILE]
    python benchmarks/slices.py --table [--out FILE]

Tables without signal have no slice in which any model errs more than elsewhere but by chance; in the others one level
of a column of words is planted in which features say less. Boosted trees are tried on each table, and slices are looked
for in their out-of-fold losses. One row a table is appended; one that has its row is not run again.
"""

from __future__ import annotations

import argparse
import sys
import warnings
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from machine import machine
from rows import append, rows_of

from journeyman.brief.read import make_brief
from journeyman.curation.propose import propose
from journeyman.evaluation.board import make_board
from journeyman.evaluation.weak_slices import LISTED, WeakSlice, weak_slices
from journeyman.job.understand import understand
from journeyman.simulation.world import World
from journeyman.sources.read import read
from journeyman.statistics.bbc import make_units
from journeyman.statistics.metrics.named import metric_named
from journeyman.trials.here import Here, LaboratoryHere
from journeyman.trials.search import search

LAWS = ("linear", "trees", "smooth")
#: A listed slice is the planted one where so much of both is shared.
SAME = 0.5
TOP = 3


class Case(NamedTuple):
    """A kind of table: its task, its rows, what is planted, in which share of the builds; laws turn by turn."""

    name: str
    task: str
    rows: int
    amount: float = 0.0
    share: float = 1.0


CASES = (
    Case("no signal, classes", "binary", 1000),
    Case("no signal, numbers", "regression", 1000),
    Case("weak slice, classes", "binary", 5000, 0.8, 0.4),
    Case("weak slice, numbers", "regression", 3000, 0.8, 0.4),
)


def look(case: Case, seed: int) -> dict[str, Any]:
    """One table: what was listed, and what is true."""
    plants = ({"kind": "weak_slice", "how": "noise", "amount": case.amount},) if case.amount else ()
    law = LAWS[seed % len(LAWS)] if plants else "no_signal"
    world = World(law=law, task=case.task, rows=case.rows, seed=seed, strength=2.0, plants=plants, words=(9, 12))
    request = make_brief(predict=world.target, trials=1, seed=seed, when="none")
    known = understand(read(pl.DataFrame(dict(world.columns)), target=world.target), request)
    data = known.data
    here = Here()
    here.open(data)
    metric = metric_named(known.aim.metric)
    proposals = [one for one in propose(data.columns, data.target, metric.name, None) if not one.floor][:1]
    trials = search(LaboratoryHere(here, data, metric), proposals, deadline=None, trials=1)
    board = make_board(trials, data.target, data.folds)
    losses = board.row_losses(0, metric)
    gains = board.row_losses(board.constant, metric) - losses
    units = make_units(len(board.target), groups=board.target.groups, seed=seed)
    columns = data.columns.take(data.folds.all_scored)
    found = weak_slices(columns, losses, gains, board.weights, units, seed=seed)
    row = {
        "case": case.name,
        "law": law,
        "rows": case.rows,
        "seed": seed,
        "listed": len(found.slices),
        "looked_at": found.looked_at,
        "taken": found.taken,
    }
    if not plants:
        return row
    fact = world.table.record[0]
    inside = np.array([cell == fact["level"] for cell in world.columns[fact["columns"][0]]])[data.folds.all_scored]
    ranks = [place for place, one in enumerate(found.slices) if _is_planted(one, fact, inside, columns)]
    ratio = float(losses[inside].mean() / losses[~inside].mean())
    return {**row, "support": float(inside.mean()), "ratio": ratio, "rank": ranks[0] + 1 if ranks else None}


def _is_planted(one: WeakSlice, fact: Any, inside: Any, columns: Any) -> bool:
    """Whether the level is one of the slice's parts, and the slice has at least half of its rows."""
    del columns
    return any(part == (fact["columns"][0], fact["level"]) for part in one.parts) and one.rows >= SAME * inside.sum()


def table(rows: list[dict[str, Any]]) -> str:
    """One line a kind of table."""
    from scipy.stats import beta

    head = ("case", "tables", "any slice listed", "at most, 95 %", "loss in the slice / elsewhere", f"in the top {TOP}")
    lines = [f"| {' | '.join(head)} | of those at least 1.5 times as large |", "|---|" + "--:|" * len(head)]
    for case in CASES:
        found = [row for row in rows if row["case"] == case.name]
        if not found:
            continue
        some = sum(row["listed"] > 0 for row in found)
        bound = float(beta.ppf(0.95, some + 1, len(found) - some)) if some < len(found) else 1.0
        told = [f"{some}", f"{bound:.3f}", "", "", ""]
        if case.amount:
            large = [row for row in found if row["ratio"] >= 1.5]
            counts = [sum((row["rank"] or LISTED + 1) <= TOP for row in among) for among in (found, large)]
            told = [
                f"{some}",
                "",
                f"{np.median([row['ratio'] for row in found]):.2f}",
                f"{counts[0]} of {len(found)}",
                f"{counts[1]} of {len(large)}",
            ]
        lines.append(f"| {case.name} | {len(found)} | {' | '.join(told)} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Look at what has no row yet, or show what is there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--builds", type=int, default=100)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "slices.jsonl")
    parser.add_argument("--table", action="store_true")
    given = parser.parse_args()
    if given.table:
        sys.stdout.write(table(rows_of(given.out)))
        return
    done = {(row["case"], row["seed"]) for row in rows_of(given.out)}
    warnings.simplefilter("ignore")
    for seed in range(given.builds):
        for case in CASES:
            if (case.name, seed) not in done and seed < case.share * given.builds:
                row = look(case, seed)
                append(given.out, {**row, **machine()})


if __name__ == "__main__":
    main()
