"""Do combined columns bring what there is to gain, and take nothing where there is nothing?

    python benchmarks/features.py [--seeds 2] [--only REGEX] [--out FILE]
    python benchmarks/features.py --tasks DIR [--rows 4000] [--only REGEX] [--out FILE]
    python benchmarks/features.py --table [--out FILE]

Simulated tables have one pattern each, or none (``planted_features.py``); real ones are those of the folder, at most so
many rows to learn from. Each is searched in one process with the quick and the tuned boosted form only, so that their
twins with combined columns join as they do in a build. The tuned form without, the form that the race let through, and
on simulated tables the tuned form with the oracle's column are then fitted on all rows and judged on others. Errors are
those that the forms are grown for: log loss, or the task's own error of numbers. One row a table is appended; one that
has its row is not run again.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from machine import machine
from planted_features import PATTERNS, PLAIN, drawn
from rows import append, rows_of

from journeyman.brief.read import make_brief
from journeyman.bundle.reader import Reader
from journeyman.curation.propose import Proposal, propose
from journeyman.job.understand import Understood, understand
from journeyman.sources.read import read, read_raw
from journeyman.statistics.metrics.named import metric_named
from journeyman.trials.here import Here, LaboratoryHere
from journeyman.trials.search import search

ROWS, FRESH_ROWS = 3_000, 10_000
#: Tables without a pattern: seeds of each kind.
PLAIN_SEEDS = 5
FORMS = ("boosted trees, quick", "boosted trees, tuned")


def run(frame: pl.DataFrame, target: str, fresh: pl.DataFrame, metric: str = "") -> dict[str, Any]:
    """Search the frame; errors on the fresh rows without combined columns, and as the race has it."""
    known = understood(frame, target, metric)
    data, named = known.data, metric_named(known.aim.metric)
    here = Here()
    here.open(data)
    laboratory = LaboratoryHere(here, data, named)
    proposals = [one for one in propose(data.columns, data.target, named.name, None) if one.name in FORMS]
    proposals.sort(key=lambda one: FORMS.index(one.name))
    began = time.process_time()
    trials = search(laboratory, proposals, deadline=None, trials=9)
    seconds = {one.name: one.seconds for one in trials}
    tuned = proposals[-1]
    twins = {one.name: one for one in tuned.twins}
    let_through = [twins[one.name] for one in trials if one.name in twins and one.status == "done"]
    chosen = let_through[0] if let_through else tuned
    plain_error = judged(known, tuned, fresh, target)
    in_folds = {one.name: one.scores for one in trials if one.status == "done"}
    return {
        "task": data.target.task,
        "metric": named.name,
        "rows": data.columns.rows,
        "chosen": chosen.name,
        "error": judged(known, chosen, fresh, target) if let_through else plain_error,
        "plain": plain_error,
        "folds": {name: list(map(float, scores)) for name, scores in in_folds.items()},
        "seconds": seconds,
        "cpu": round(time.process_time() - began, 2),
    }


def understood(frame: pl.DataFrame, target: str, metric: str = "") -> Understood:
    """The frame as a build sees it, told that rows belong to nobody and come in no order."""
    asked = {"metric": metric} if metric else {}
    request = make_brief(predict=target, trials=9, seed=0, when="none", entity="none", **asked)
    return understand(read(frame, target=target), request)


def judged(known: Understood, proposal: Proposal, fresh: pl.DataFrame, target: str) -> float:
    """The error on fresh rows of a proposal fitted on all rows."""
    data = known.data
    raw = read_raw(fresh.drop(target))
    columns = Reader(known.curation.table.schema.features).batch(raw.cells(), raw.rows).columns
    answers = proposal.plan.apply(proposal.plan.fit(data.columns, data.target), columns).numbers
    if data.target.task == "regression":
        metric = metric_named(known.aim.metric)
        score = metric.score(fresh[target].cast(pl.Float64).to_numpy(), answers)
        return 1 - score if metric.greater_is_better else float(score)
    places = {name: place for place, name in enumerate(data.target.classes)}
    truth = np.array([places.get(str(one), 0) for one in fresh[target].to_list()])
    shares = np.column_stack([1 - answers, answers]) if answers.shape[1] == 1 else answers
    return float(-np.log(np.clip(shares[np.arange(len(truth)), truth], 1e-6, 1)).mean())


def simulated(name: str, seed: int) -> dict[str, Any]:
    """One simulated table: what is gained of what the oracle's column would gain."""
    found, target = drawn(name, seed, ROWS + FRESH_ROWS)
    whole = pl.DataFrame({**found.cells, "target": target})
    row = run(whole[:ROWS], "target", whole[ROWS:])
    if name in PATTERNS:
        told = whole.with_columns(pl.Series("told", np.asarray(found.oracle, float)))
        known = understood(told[:ROWS], "target")
        proposals = propose(known.data.columns, known.data.target, known.aim.metric, None)
        tuned = next(one for one in proposals if one.name == FORMS[-1])
        row["oracle"] = judged(known, tuned, told[ROWS:], "target")
    return {"table": f"{name} {seed}", "kind": "pattern" if name in PATTERNS else "no pattern", **row}


def real(folder: Path, rows: int) -> dict[str, Any]:
    """One real table, at most so many rows to learn from, judged on its own test rows."""
    card = json.loads((folder / "card.json").read_text())
    table = pl.read_parquet(folder / "table.parquet")
    test = pl.read_parquet(folder / "split.parquet")["test"]
    there = table[card["target"]].is_not_null()
    unused = [name for name in (*card.get("leak", []), *card.get("ids", [])) if name in table.columns]
    table, test = table.drop(unused).filter(there), test.filter(there)
    random = np.random.default_rng(np.random.PCG64(0))
    parts = []
    for flags in (~test, test):
        places = np.flatnonzero(flags.to_numpy())
        parts.append(table[np.sort(random.permutation(places)[:rows])])
    row = run(parts[0], card["target"], parts[1], card["metric"])
    return {"table": folder.name, "kind": "real", **row}


def main() -> None:
    """Run what has no row yet, or show what is there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--tasks", type=Path)
    parser.add_argument("--rows", type=int, default=4_000)
    parser.add_argument("--only", default="")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "features.jsonl")
    parser.add_argument("--table", action="store_true")
    given = parser.parse_args()
    if given.table:
        sys.stdout.write(as_table(rows_of(given.out)))
        return
    warnings.simplefilter("ignore")
    done = {row["table"] for row in rows_of(given.out)}
    if given.tasks:
        folders = sorted(path.parent for path in given.tasks.glob("*/card.json"))
        jobs = [(folder.name, lambda folder=folder: real(folder, given.rows)) for folder in folders]
    else:
        names = [(name, seed) for name in PATTERNS for seed in range(given.seeds)]
        names += [(name, seed) for name in PLAIN for seed in range(PLAIN_SEEDS)]
        jobs = [(f"{name} {seed}", lambda name=name, seed=seed: simulated(name, seed)) for name, seed in names]
    for name, job in jobs:
        if name not in done and re.search(given.only, name):
            row = job()
            append(given.out, {**row, **machine()})
            sys.stdout.write(f"{_line(row)}\n")
            sys.stdout.flush()


def as_table(rows: list[dict[str, Any]]) -> str:
    """One line a table, and what comes of all."""
    lines = ["| table | rows | let through | error without | error | oracle | of the gain | change |"]
    lines.append("|---|--:|---|--:|--:|--:|--:|--:|")
    lines += [_line(row) for row in sorted(rows, key=lambda row: (row["kind"], row["table"]))]
    for kind in ("pattern", "no pattern", "real"):
        some = [row for row in rows if row["kind"] == kind]
        if some:
            change = np.array([np.log(row["error"] / row["plain"]) for row in some])
            through = sum(row["chosen"] != FORMS[-1] for row in some)
            lines += ["", f"{kind}: {len(some)} tables, let through {through}, better {int((change < 0).sum())},"]
            lines[-1] += (
                f" worse {int((change > 0).sum())}, error in the geometric mean {np.expm1(change.mean()):+.2%},"
            )
            lines[-1] += f" at worst {np.expm1(change.max()):+.2%}."
    return "\n".join(lines) + "\n"


def _line(row: dict[str, Any]) -> str:
    oracle = row.get("oracle")
    share = f"{recovered(row):.0%}" if oracle is not None else ""
    through = row["chosen"].removeprefix(FORMS[-1]).removeprefix(", ") or "nothing"
    told = "" if oracle is None else f"{oracle:.4f}"
    change = row["error"] / row["plain"] - 1
    errors = f"{row['plain']:.4f} | {row['error']:.4f} | {told}"
    return f"| {row['table']} | {row['rows']} | {through} | {errors} | {share} | {change:+.2%} |"


def recovered(row: dict[str, Any]) -> float:
    """The share of the oracle's gain that is there; 1 where less than a hundredth of the error is to be gained.

    Some patterns are in the form without combined columns already: parts of dates, terms of texts, target means.
    """
    to_gain = row["plain"] - row["oracle"]
    return 1.0 if to_gain < 0.01 * row["plain"] else (row["plain"] - row["error"]) / to_gain


if __name__ == "__main__":
    main()
