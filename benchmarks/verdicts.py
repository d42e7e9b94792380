"""Is "deploy" said where there is a gain, and only there? Worlds whose truth is known, the whole choice in one process.

    python benchmarks/verdicts.py [--builds 100] [--share 1/2] [--out FILE]
    python benchmarks/verdicts.py --table [--out FILE]

Three kinds of worlds have no gain: columns that say nothing, amounts at which acting on everybody is best, and a
person who decides today as well as anybody could. Two have one. What the shipped rule and the best that could be done
without it earn on 50,000 fresh rows is the truth of each build. One row a build is appended; a build that has its row
is not run again.
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
from journeyman.bundle.reader import Reader
from journeyman.curation.propose import propose
from journeyman.evaluation.ship import ship
from journeyman.evaluation.verdict import decide
from journeyman.job.understand import understand
from journeyman.simulation.world import World
from journeyman.sources.read import read, read_raw
from journeyman.statistics.metrics.named import metric_named
from journeyman.trials.here import Here, LaboratoryHere
from journeyman.trials.portfolio import portfolio

FRESH_ROWS, TRIALS = 50_000, 2
#: Two standard errors of the printed gain make a gain clear, but at least this share of what the best rule earns: where
#: the model does what a fixed rule does, the error is none.
_LEAST = 0.02
LAWS = ("linear", "trees", "structural", "smooth")


class Case(NamedTuple):
    """A kind of world: its law, rows, what acting brings where it is right and where it is wrong, who decides today."""

    name: str
    law: str
    rows: int
    right: float
    wrong: float
    today: str = ""


CASES = (
    Case("nothing to find", "no_signal", 500, 10, -10),
    Case("acting on all is best", "any", 500, 10, -0.05),
    Case("today's way is as good as any", "any", 1000, 10, -10, "best"),
    Case("a gain over chance", "any", 1000, 10, -10, "random"),
    Case("a gain over fixed rules", "any", 5000, 10, -10),
)


def build(case: Case, seed: int) -> dict[str, Any]:
    """One build: the verdict, and what is true."""
    law = LAWS[seed % len(LAWS)] if case.law == "any" else case.law
    world = World(law=law, rows=case.rows, seed=seed, strength=1.5)
    random = np.random.default_rng(seed)
    columns = dict(world.columns)
    worth = np.array([case.wrong, case.right])
    options: dict[str, Any] = {}
    if case.today:
        columns["today"] = _today(case, world.table.best[:, 0], random)
        options["current"] = "today"
    gain = {"act:yes": case.right, "act:no": case.wrong}
    request = make_brief(predict=world.target, trials=TRIALS, gain=gain, seed=seed, **options)
    table = read(pl.DataFrame(columns), target=world.target)
    known = understand(table, request)
    here = Here()
    here.open(known.data)
    metric = metric_named(known.aim.metric)
    laboratory = LaboratoryHere(here, known.data, metric)
    trials = portfolio(
        laboratory, propose(known.data.columns, known.data.target, metric.name, None), deadline=None, trials=TRIALS
    )
    shipped = ship(laboratory, trials, metric, known.stakes, seed=seed, deadline=None)
    verdict = decide(shipped.evaluation, known.findings)

    fresh = world.draw(FRESH_ROWS, stream=3, plain=True)
    raw = read_raw(pl.DataFrame({name: cells for name, cells in fresh.columns.items() if name != world.target}))
    batch = Reader(known.curation.table.schema.features).batch(raw.cells(), raw.rows)
    chance = shipped.trial.plan.apply(shipped.state, batch.columns).numbers[:, 0]
    acting = worth[fresh.truth.astype(np.int64)]
    rule = shipped.evaluation.rule
    if rule is None:
        raise ValueError("a build with a gain has a rule")
    taken, _ = rule.decide(np.column_stack([1 - chance, chance]), ("no", "yes"))
    acted = taken == "act"
    fixed = max(0.0, float(acting.mean()))
    today = 0.0
    if case.today:
        today = float((acting * (_today(case, fresh.best[:, 0], random) == "act")).mean())
    order = np.argsort(-chance, kind="stable")
    evaluation = shipped.evaluation
    return {
        "case": case.name,
        "law": law,
        "rows": case.rows,
        "seed": seed,
        "decision": verdict.decision,
        "probability": evaluation.gain_probability,
        "gain": evaluation.gain.as_data(),
        "payoff": 1000 * float(acting[acted].sum()) / FRESH_ROWS,
        "rival": 1000 * max(fixed, today),
        "best_threshold": 1000 * max(0.0, float(np.cumsum(acting[order]).max())) / FRESH_ROWS,
        "best_rule": 1000
        * float(acting[fresh.best[:, 0] * case.right + (1 - fresh.best[:, 0]) * case.wrong > 0].sum())
        / FRESH_ROWS,
    }


def _today(case: Case, best: Any, random: np.random.Generator) -> Any:
    """Today's decisions: as good as any could be, or a coin."""
    if case.today == "random":
        return np.where(random.uniform(size=len(best)) < 0.5, "act", "none")
    return np.where(best * case.right + (1 - best) * case.wrong > 0, "act", "none")


def main() -> None:
    """Build what has no row yet, or show what is there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--builds", type=int, default=100)
    parser.add_argument("--share", default="1/1")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "verdicts.jsonl")
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
    """One line a case: decisions, how often a deployed rule brings nothing in truth, and what the rule earns."""
    from scipy.stats import beta

    named = ("case", "builds", "deploy", "pilot", "not", "no gain in truth", "deployed", "at most, 95 %")
    named += ("a clear gain", "deployed", "payoff / best threshold's", "payoff / best rule's")
    lines = [f"| {' | '.join(named)} |", "|---|" + "--:|" * (len(named) - 1)]
    for case in [*(one.name for one in CASES), "all"]:
        found = [row for row in rows if case in (row["case"], "all")]
        if not found:
            continue
        counts = [sum(row["decision"] == one for row in found) for one in ("deploy", "pilot", "do_not_deploy")]
        none = [row for row in found if row["payoff"] <= row["rival"]]
        wrong = sum(row["decision"] == "deploy" for row in none)
        bound = float(beta.ppf(0.95, wrong + 1, len(none) - wrong)) if none else np.nan
        clear = [row for row in found if row["payoff"] - row["rival"] > max(_error(row), _LEAST * row["best_rule"])]
        right = sum(row["decision"] == "deploy" for row in clear)
        earned, best, rule = (sum(row[name] for row in found) for name in ("payoff", "best_threshold", "best_rule"))
        shares = " | ".join(f"{earned / most if most else np.nan:.3f}" for most in (best, rule))
        lines.append(
            f"| {case} | {len(found)} | {' | '.join(map(str, counts))} | {len(none)} | {wrong} | {bound:.3f} |"
            f" {len(clear)} | {right} | {shares} |"
        )
    return "\n".join(lines) + "\n"


def _error(row: dict[str, Any]) -> float:
    """Two standard errors of the printed gain: beyond them a gain is clear."""
    low, high = row["gain"]["low"], row["gain"]["high"]
    return np.inf if low is None else 2 * (high - low) / (2 * 1.96)


if __name__ == "__main__":
    main()
