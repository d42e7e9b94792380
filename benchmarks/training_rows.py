"""Are old rows, or rows with wrong labels, left out where that helps, and only there? Worlds whose truth is known.

    python benchmarks/training_rows.py [--builds 12] [--share 1/2] [--out FILE]
    python benchmarks/training_rows.py --table [--out FILE]

Each build is the whole choice in one process: folds forward in time where the world has dates, a few candidates, and
the choices of training rows beside them. What the shipped model, and the best of those that keep every row, deliver on
50,000 rows from after the table is the truth of each build. One row a build is appended; one that has its row is not
run again.
"""

from __future__ import annotations

import argparse
import sys
import time
import warnings
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from machine import machine
from rows import append, rows_of

from journeyman.brief.read import make_brief
from journeyman.bundle.reader import Reader
from journeyman.curation.propose import propose
from journeyman.curation.training_rows import EVERYTHING
from journeyman.evaluation.ship import ship
from journeyman.job.understand import understand
from journeyman.plan.recent import Recent
from journeyman.simulation.world import World
from journeyman.sources.read import read, read_raw
from journeyman.statistics.metrics.named import metric_named
from journeyman.trials.here import Here, LaboratoryHere
from journeyman.trials.portfolio import portfolio
from journeyman.trials.trial import Trial
from journeyman.trials.twins import choice_of, rows_tried

FRESH_ROWS, TRIALS = 50_000, 1
LAWS = ("linear", "trees", "structural", "smooth")


class Case(NamedTuple):
    """A kind of world: its task, its rows, what is planted."""

    name: str
    task: str
    rows: int
    plants: tuple[dict[str, Any], ...] = ()
    dates: bool = True


def drift(how: str, amount: float, moves: str = "law") -> tuple[dict[str, Any], ...]:
    """What moves, how, and by how much."""
    return ({"kind": "drift", "how": how, "moves": moves, "amount": amount},)


CASES = (
    Case("no drift, classes", "binary", 6000),
    Case("no drift, numbers", "regression", 6000),
    Case("abrupt drift, classes", "binary", 6000, drift("abrupt", -8.0)),
    Case("abrupt drift, numbers", "regression", 6000, drift("abrupt", -8.0)),
    Case("slow drift, numbers", "regression", 6000, drift("slow", -8.0)),
    Case("no wrong labels", "binary", 2000, (), False),
    Case("20 % of labels wrong", "binary", 2000, ({"kind": "label_noise", "share": 0.2},), False),
    Case("5 % of numbers wrong", "regression", 2000, ({"kind": "label_noise", "share": 0.05},), False),
)


def build(case: Case, seed: int) -> dict[str, Any]:
    """One build: what was kept, and what is true."""
    world = World(
        law=LAWS[seed % len(LAWS)], task=case.task, rows=case.rows, seed=seed, strength=1.5,
        plants=case.plants, dates=case.dates,
    )  # fmt: skip
    request = make_brief(
        predict=world.target, trials=TRIALS, seed=seed, **({"when": "date"} if case.dates else {"when": "none"})
    )
    table = read(pl.DataFrame(dict(world.columns)), target=world.target)
    known = understand(table, request)
    data = known.data
    here = Here()
    here.open(data)
    metric = metric_named(known.aim.metric)
    laboratory = LaboratoryHere(here, data, metric)
    began = time.monotonic()
    proposals = propose(data.columns, data.target, metric.name, None)
    trials = portfolio(laboratory, proposals, deadline=None, trials=TRIALS)
    seconds = time.monotonic() - began
    tried = rows_tried(trials, metric, data.target, data.folds)
    names = {name for one in tried for name in one.names}
    everything = [one for one in trials if choice_of(one) == EVERYTHING]
    fresh = world.draw(FRESH_ROWS, stream=3, plain=True)
    raw = read_raw(pl.DataFrame({name: cells for name, cells in fresh.columns.items() if name != world.target}))
    columns = Reader(known.curation.table.schema.features).batch(raw.cells(), raw.rows).columns

    def delivered_alone(trial: Trial) -> float:
        state = trial.plan.fit(data.columns, data.target)
        return float(metric.score(fresh.truth, trial.plan.apply(state, columns).numbers))

    def delivered(among: list[Trial]) -> tuple[Trial, float]:
        shipped = ship(laboratory, among, metric, known.stakes, seed=seed, deadline=None)
        answers = shipped.trial.plan.apply(shipped.state, columns).numbers
        return shipped.trial, float(metric.score(fresh.truth, answers))

    shipped, score = delivered(trials)
    kept = choice_of(shipped)
    inner = next((one.plan.inner for one in trials if isinstance(one.plan, Recent)), None)
    twin = next((one for one in trials if one.plan == inner), None)
    windows = [one for one in trials if isinstance(one.plan, Recent) and one.plan.inner == inner]
    by_window = {choice_of(one): delivered_alone(one) for one in (twin, *windows) if one is not None and windows}
    accepted = [one for one in tried if one.accepted and one.choice in by_window]
    taken = max(accepted, key=lambda one: one.value).choice if accepted else EVERYTHING
    return {
        "case": case.name,
        "law": world.law,
        "rows": case.rows,
        "seed": seed,
        "folds": data.folds.kind,
        "kept": kept,
        "metric": metric.name,
        "delivered": score,
        "delivered_with_all": delivered(everything)[1] if kept != EVERYTHING else score,
        "best": world.truth.best[metric.name],
        "by_window": by_window,
        "window": taken,
        "tried": [{"choice": one.choice, "gain": one.value, "low": one.low, "high": one.high} for one in tried],
        "seconds": round(seconds, 2),
        "seconds_of_choices": round(sum(one.seconds for one in trials if one.name in names), 2),
    }


def main() -> None:
    """Build what has no row yet, or show what is there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--builds", type=int, default=12)
    parser.add_argument("--share", default="1/1")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "training_rows.jsonl")
    parser.add_argument("--table", action="store_true")
    given = parser.parse_args()
    if given.table:
        sys.stdout.write(table(rows_of(given.out)))
        return
    part, parts = map(int, given.share.split("/"))
    done = {(row["case"], row["seed"]) for row in rows_of(given.out)}
    warnings.simplefilter("ignore")
    for seed in range(part - 1, given.builds, parts):
        for case in CASES:
            if (case.name, seed) not in done:
                row = build(case, seed)
                append(given.out, {**row, **machine()})


def table(rows: list[dict[str, Any]]) -> str:
    """One line a case: what was kept, and what that did to the score of rows to come."""
    from journeyman.statistics.metrics.named import metric_named as named

    head = ("case", "builds", "keep everything", "newest rows", "without likely wrong", "truly better", "worse")
    head += ("score with all rows", "as delivered", "a window is best", "its regret at most 1 %")
    lines = [f"| {' | '.join(head)} |", "|---|" + "--:|" * (len(head) - 1)]
    for case in CASES:
        found = [row for row in rows if row["case"] == case.name]
        if not found:
            continue
        kept = [row["kept"] for row in found]
        changed = [row for row in found if row["kept"] != EVERYTHING]
        sign = named(found[0]["metric"]).sign
        gains = [sign * (row["delivered"] - row["delivered_with_all"]) for row in changed]
        counts = (sum(word in one for one in kept) for word in (EVERYTHING, "newest", "wrong"))
        means = (np.mean([row[name] for row in found]) for name in ("delivered_with_all", "delivered"))
        lines.append(
            f"| {case.name} | {len(found)} | {' | '.join(map(str, counts))} | {sum(one > 0 for one in gains)} |"
            f" {sum(one <= 0 for one in gains)} | {' | '.join(f'{one:.4f}' for one in means)} | {_windows(found)} |"
        )
    return "\n".join(lines) + "\n"


def _windows(rows: list[dict[str, Any]]) -> str:
    """In how many builds a window is truly better than all rows by 1 %, and how often the one taken is as good."""
    seen = [row["by_window"] for row in rows if row["by_window"]]
    if not seen:
        return " | "
    # Log loss and errors alike: less is better.
    best = [min(one.values()) for one in seen]
    matters = sum(one[EVERYTHING] > 1.01 * least for one, least in zip(seen, best, strict=True))
    taken = [row["by_window"][row["window"]] for row in rows if row["by_window"]]
    near = sum(one <= 1.01 * least for one, least in zip(taken, best, strict=True))
    return f"{matters} | {near} of {len(seen)}"


if __name__ == "__main__":
    main()
