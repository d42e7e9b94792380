"""How many of the targets that a build lists for review are wrong? Worlds in which labels were changed on purpose.

    python benchmarks/review.py [--builds 10] [--out FILE]
    python benchmarks/review.py --table [--out FILE]

Boosted trees are tried on each table, and their out-of-fold answers reviewed as a build does. One row a table is
appended; one that has its row is not run again.
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
from journeyman.evaluation.review import review
from journeyman.job.understand import understand
from journeyman.simulation.world import World
from journeyman.sources.read import read
from journeyman.statistics.metrics.named import metric_named
from journeyman.trials.here import Here, LaboratoryHere
from journeyman.trials.search import search

LAWS = ("linear", "trees", "smooth")
ROWS, FLIPPED = 3000, 0.05


class Case(NamedTuple):
    """A kind of table: its task, how strongly columns speak, the share of targets that is changed."""

    name: str
    task: str
    strength: float
    flipped: float


CASES = (
    Case("two classes, AUC about 0.85", "binary", 1.5, FLIPPED),
    Case("two classes, AUC about 0.97", "binary", 6.0, FLIPPED),
    Case("three classes, strong", "multiclass", 6.0, FLIPPED),
    Case("numbers, strong", "regression", 3.0, FLIPPED),
    Case("two classes, AUC about 0.85, none wrong", "binary", 1.5, 0.0),
    Case("two classes, AUC about 0.97, none wrong", "binary", 6.0, 0.0),
)


def look(case: Case, seed: int) -> dict[str, Any]:
    """One table: what was listed, and how much of it is wrong."""
    plants = ({"kind": "label_noise", "share": case.flipped},) if case.flipped else ()
    world = World(
        law=LAWS[seed % len(LAWS)], task=case.task, rows=ROWS, seed=seed, strength=case.strength, plants=plants
    )
    request = make_brief(predict=world.target, trials=1, seed=seed, when="none")
    known = understand(read(pl.DataFrame(dict(world.columns)), target=world.target), request)
    data = known.data
    here = Here()
    here.open(data)
    metric = metric_named(known.aim.metric)
    proposals = [one for one in propose(data.columns, data.target, metric.name, None) if not one.floor][:1]
    (trial, *_) = search(LaboratoryHere(here, data, metric), proposals, deadline=None, trials=1)
    found = review(trial, data.columns, data.target, data.folds, known.curation.table.row_numbers)
    wrong = set(world.table.record[0]["rows"]) if plants else set()
    hits = [one.row in wrong for one in found.targets] if found else []
    return {
        "case": case.name,
        "law": world.law,
        "seed": seed,
        "wrong": len(wrong) / ROWS,
        "listed": len(hits),
        "hits": sum(hits),
        "doubted": found.doubted if found else 0,
        "at_most": found.wrong_at_most.as_data() if found else None,
        "said_of_listed": None if found is None or np.isnan(found.wrong_of_listed) else found.wrong_of_listed,
    }


def table(rows: list[dict[str, Any]]) -> str:
    """One line a kind of table: how much of what is listed is wrong, beside how much of all is, and what was said."""
    head = (
        "case",
        "tables",
        "wrong of all",
        "wrong of listed",
        "said, at most",
        "said of all, at most",
        "true share above",
    )
    lines = [f"| {' | '.join(head)} |", "|---|" + "--:|" * (len(head) - 1)]
    for case in CASES:
        found = [row for row in rows if row["case"] == case.name]
        if not found:
            continue
        listed, hits = sum(row["listed"] for row in found), sum(row["hits"] for row in found)
        said = [row["said_of_listed"] for row in found if row["said_of_listed"] is not None]
        bounds = [(row["at_most"]["value"], row["at_most"]["high"], row["wrong"]) for row in found if said]
        told = ["", "", ""]
        if said and listed:
            above = sum(true > high for _, high, true in bounds)
            told = [f"{sum(said) / listed:.0%}", f"{np.mean([one for one, _, _ in bounds]):.1%}", f"{above}"]
        share = f"{hits} of {listed} ({hits / listed:.0%})" if listed else "none listed"
        lines.append(
            f"| {case.name} | {len(found)} | {np.mean([row['wrong'] for row in found]):.1%} | {share} |"
            f" {' | '.join(told)} |"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Look at what has no row yet, or show what is there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--builds", type=int, default=10)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "review.jsonl")
    parser.add_argument("--table", action="store_true")
    given = parser.parse_args()
    if given.table:
        sys.stdout.write(table(rows_of(given.out)))
        return
    done = {(row["case"], row["seed"]) for row in rows_of(given.out)}
    warnings.simplefilter("ignore")
    for seed in range(given.builds):
        for case in CASES:
            if (case.name, seed) not in done:
                row = look(case, seed)
                append(given.out, {**row, **machine()})


if __name__ == "__main__":
    main()
