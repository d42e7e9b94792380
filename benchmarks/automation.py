"""Is the promised error kept? Simulated logs of human decisions, tested as `journeyman automate` tests them.

    python benchmarks/automation.py [--logs 200] [--share 1/2] [--out FILE]
    python benchmarks/automation.py --table [--out FILE]

People with a leniency and a noise of their own decide cases of a world whose law is known. A cheap model is learnt,
thresholds are tested, and 20,000 fresh cases, decided by the same people, show how often what would run unattended is
decided otherwise. Beside it a naive threshold: the laxest one whose error on the very same cases is within the limit.
In each log, too, 1,500 of its cases are decided by two people each: is their agreement told within three points? One
row a log is appended; a log that has its row is not run again.
"""

from __future__ import annotations

import argparse
import sys
import time
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from machine import machine
from rows import append, rows_of

from journeyman.automation.answers import Answers, answers_of
from journeyman.automation.apart import set_apart
from journeyman.automation.certify import automated
from journeyman.automation.consistency import agreement_of, best_accuracy, typical_accuracy
from journeyman.automation.like_cases import repeated_cases
from journeyman.automation.policy import policy_of
from journeyman.brief.read import make_brief
from journeyman.bundle.reader import Reader
from journeyman.job.risk import plain_model
from journeyman.simulation.company.company import Company
from journeyman.simulation.world import World
from journeyman.sources.read import read, read_raw
from journeyman.statistics.proportion import proportion

FRESH_ROWS, TWICE = 20_000, 1500
LAWS = ("linear", "trees", "structural", "smooth")
ROWS = (1000, 3000, 8000)
LIMITS = (0.02, 0.05, 0.1)
DECISION, ACTOR = "decision", "actor"


def run(seed: int) -> dict[str, Any]:
    """One log: what is promised at each limit, and what is true."""
    began = time.monotonic()
    random = np.random.default_rng(seed)
    rows = ROWS[seed % len(ROWS)]
    noise = float(random.choice([0.1, 0.3, 0.6]))
    people = {
        "kind": "deciders",
        "noise": noise,
        "leniency": 0.3,
        "twice": 1.0,
        "share": float(random.choice([0.3, 0.6])),
    }
    law = LAWS[seed // len(ROWS) % len(LAWS)]
    company = Company(world=World(law=law, rows=rows, seed=seed, strength=1.5), parts=(people,))
    columns = {name: cells for name, cells in company.columns.items() if name != company.target}
    table = read(pl.DataFrame(columns), target=DECISION)
    request = make_brief(predict=DECISION, ignore=[ACTOR], seed=seed, trials=1)
    apart = set_apart(table.rows, seed=seed)
    model = plain_model(table.take(apart.learn), request)
    features, classes = model.understood.curation.table.schema.features, model.understood.aim.classes

    def ask(cells: dict[str, Any]) -> Answers:
        raw = read_raw(pl.DataFrame(cells))
        batch = Reader(features).batch(raw.cells(), raw.rows)
        yes = model.plan.apply(model.state, batch.columns).numbers[:, 0]
        truth = (np.asarray(cells[DECISION], dtype=object) == classes[1]).astype(np.int64)
        return answers_of(classes, np.column_stack([1 - yes, yes]), truth, usual=np.asarray(batch.status == "ok"))

    every = ask(columns)
    planned, tested = every.take(apart.plan), every.take(apart.test)
    drawn = company.draw(FRESH_ROWS, stream=3).columns
    fresh = ask({name: cells for name, cells in drawn.items() if name != company.target})
    found = []
    for limit in LIMITS:
        policy = policy_of(planned, tested, {"": limit}, audit_share=0.0)
        seen = every.take(np.concatenate([apart.plan, apart.test]))
        found.append(
            {
                "limit": limit,
                **_true(fresh, policy.thresholds),
                "told": [policy.share, policy.low, policy.high],
                "naive": _true(fresh, (_naive(seen, limit),) * 2),
                "oracle": _best_share(fresh, limit),
                "needed": policy.needed,
            }
        )
    told = {"seed": seed, "law": law, "rows": rows, "noise": noise, "limits": found, "people": _consistency(company)}
    return {**told, "seconds": round(time.monotonic() - began, 2), "machine": machine()}


def _true(fresh: Answers, thresholds: Any) -> dict[str, Any]:
    used = automated(fresh, thresholds)
    return {"share": float(used.mean()), "error": float(fresh.wrong[used].mean()) if used.any() else None}


def _naive(seen: Answers, limit: float) -> float | None:
    """The laxest threshold that looks right on the cases that choose it."""
    return _laxest(seen, limit)[0]


def _best_share(fresh: Answers, limit: float) -> float:
    """The largest share that this model could decide within the limit, by who knows the fresh cases."""
    return _laxest(fresh, limit)[1]


def _laxest(answers: Answers, limit: float) -> tuple[float | None, float]:
    usual = np.flatnonzero(answers.usual)
    order = usual[np.argsort(-answers.chance[usual], kind="stable")]
    errors = np.cumsum(answers.wrong[order]) / np.arange(1, len(order) + 1)
    chances = answers.chance[order]
    # Cases of one probability are let through together.
    last = np.append(chances[1:] < chances[:-1], True)[: len(order)]
    good = np.flatnonzero((errors <= limit) & last)
    if not len(good):
        return None, 0.0
    return float(answers.chance[order[good[-1]]]), float((good[-1] + 1) / len(answers))


def _consistency(company: Company) -> dict[str, Any]:
    """Two people on each of 1,500 cases: what is told of their agreement, and what is true."""
    columns = {name: list(cells) for name, cells in company.columns.items() if name != company.target}
    second = company.tables["second_opinions"]
    rows = np.asarray(second["row"], np.int64)[:TWICE]
    kept = {name: [cells[row] for row in rows] for name, cells in columns.items()}
    again = {**kept, ACTOR: list(second[ACTOR])[: len(rows)], DECISION: list(second[DECISION])[: len(rows)]}
    table = read(pl.DataFrame({name: kept[name] + again[name] for name in kept}), target=DECISION)
    names = [column.name for column in table.schema if column.name not in (ACTOR, DECISION)]
    decided = np.array([cell == "approve" for cell in kept[DECISION] + again[DECISION]]).astype(np.int64)
    value, low, high = agreement_of(decided, repeated_cases(table, names, [ACTOR]))
    shares = np.bincount(decided, minlength=2) / len(decided)
    facts = company.truth[0]
    return {
        "decisions": len(decided),
        "agreement": [value, low, high],
        "true_agreement": facts["agreement"],
        "ceiling": [typical_accuracy(value, shares), max(low, float(shares.max())), best_accuracy(high, 2)],
        "true_ceiling": facts["ceiling_without_actor"],
    }


def table_of(rows: list[dict[str, Any]]) -> str:
    """The rows as a page."""
    lines = [
        "# Is the promised error kept?",
        "",
        f"{len(rows)} simulated logs (`benchmarks/automation.py`), each judged by {FRESH_ROWS:,} fresh cases; the",
        "promise is broken where more of the unattended ones are wrong than was allowed. At 95 % confidence that may",
        "be in 5 %.",
        "",
        "| allowed | cases | logs | broken | at most | broken naively | run unattended | possible | nothing runs |",
        "|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for limit in LIMITS:
        for size in (*ROWS, None):
            some = [
                one for row in rows if size in (None, row["rows"]) for one in row["limits"] if one["limit"] == limit
            ]
            if some:
                lines.append(_line(limit, size, some))
    near = [row["people"] for row in rows if row["people"]["true_agreement"] is not None]
    off = np.array([one["agreement"][0] - one["true_agreement"] for one in near])
    apart = np.array([one["ceiling"][0] - one["true_ceiling"] for one in near])
    held = [one["agreement"][1] <= one["true_agreement"] <= one["agreement"][2] for one in near]
    inside = [one["ceiling"][1] <= one["true_ceiling"] <= one["ceiling"][2] for one in near]
    sizes = " or ".join(f"{one:,}" for one in sorted({row["decisions"] for row in near}))
    lines += [
        "",
        "## How consistent people are",
        "",
        f"{len(near)} logs in which two people decided each case: {sizes} decisions.",
        "",
        "| | within 3 points | mean error, points | interval holds the truth |",
        "|---|--:|--:|--:|",
        _near("agreement of two people", off, held),
        _near("best possible accuracy", apart, inside),
        "",
        f"Seconds a log: {np.median([row['seconds'] for row in rows]):.1f} (median).",
    ]
    return "\n".join(lines) + "\n"


def _near(name: str, off: Any, held: list[bool]) -> str:
    near = 100 * (np.abs(off) <= 0.03).mean()
    return f"| {name} | {near:.0f} % | {100 * off.mean():+.2f} | {100 * np.mean(held):.0f} % |"


def _line(limit: float, size: int | None, some: list[dict[str, Any]]) -> str:
    broken = np.array([one["error"] is not None and one["error"] > limit for one in some])
    naive = np.array([one["naive"]["error"] is not None and one["naive"]["error"] > limit for one in some])
    most = proportion(broken, np.ones(len(broken)), np.arange(len(broken))).high
    return (
        f"| {100 * limit:g} % | {'all' if size is None else f'{size:,}'} | {len(some)} | {100 * broken.mean():.1f} % "
        f"| {100 * most:.1f} % | {100 * naive.mean():.1f} % | {100 * np.mean([one['share'] for one in some]):.0f} % "
        f"| {100 * np.mean([one['oracle'] for one in some]):.0f} % "
        f"| {100 * np.mean([one['error'] is None for one in some]):.0f} % |"
    )


def main() -> None:
    """Run what has no row yet, or show what is there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--logs", type=int, default=200)
    parser.add_argument("--share", default="1/1")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "automation.jsonl")
    parser.add_argument("--table", action="store_true")
    given = parser.parse_args()
    if given.table:
        sys.stdout.write(table_of(sorted(rows_of(given.out), key=lambda row: row["seed"])))
        return
    part, parts = map(int, given.share.split("/"))
    done = {row["seed"] for row in rows_of(given.out)}
    warnings.simplefilter("ignore")
    for seed in range(part - 1, given.logs, parts):
        if seed not in done:
            append(given.out, run(seed))


if __name__ == "__main__":
    main()
