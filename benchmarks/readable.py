"""Models that one can read against boosted trees: alone, and as a member of a blend.

    python benchmarks/readable.py --tasks DIR [--only NAME,NAME] [--rows 4000] [--out FILE]
    python benchmarks/readable.py --table

Of each shared task at most so many training and test rows are drawn. Three quarters of the training rows fit each
model, the last quarter finds the weights of blends, the test rows judge. One row a task is appended to the results:
errors (1 − AUC where that is the metric), seconds of one core, errors of blends. Leak columns and identifiers of the
card are left out. The defaults of the additive model were chosen on the tasks in `CHOSEN_ON`.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from machine import machine
from rows import append, rows_of
from sampled import parted, sampled

from journeyman.curation.propose import propose
from journeyman.curation.wishes import Wishes
from journeyman.statistics.metrics.metric import Metric
from journeyman.trials.ensemble import greedy, most_members, relevant

RESULTS = Path(__file__).parent / "results" / "readable.jsonl"
BOOSTED = ("boosted trees, quick", "boosted trees, tuned")
READABLE = ("linear model", "linear model, splines", "additive model", "additive model, with pairs")
CHOSEN_ON = frozenset(
    {
        "abalone",
        "adult_income",
        "bike_hourly",
        "california_housing",
        "concrete_strength",
        "credit_scoring",
        "german_credit",
        "hr_attrition",
        "student_portuguese",
        "telco_churn",
        "titanic3",
        "wine_quality",
    }
)


def error(metric: Metric, truth: np.ndarray, answers: np.ndarray) -> float:
    """Less is better."""
    score = metric.score(truth, answers)
    return 1 - score if metric.sign > 0 else score


def run_task(folder: Path, most: int) -> dict[str, Any]:
    """Every model on one task, and blends of boosted trees and a linear model with each other one."""
    drawn = sampled(folder, most)
    columns, target, metric, judged = drawn.columns, drawn.target, drawn.metric, drawn.is_test
    fit, hold = parted(np.flatnonzero(~judged), 1)
    few, its = columns.take(fit), target.take(fit)
    proposals = [*propose(few, its, metric.name), *propose(few, its, metric.name, wishes=Wishes(is_readable=True))]
    plans = {one.name: one.plan for one in proposals}
    row: dict[str, Any] = {"task": folder.name, "metric": metric.name, "rows": len(fit), "error": {}, "seconds": {}}
    parts, answers = {}, {}
    for name in (one for one in (*BOOSTED, *READABLE) if one in plans):
        began = time.process_time()
        state = plans[name].fit(few, its)
        row["seconds"][name] = round(time.process_time() - began, 3)
        parts[name] = relevant(plans[name].apply(state, columns.take(hold)).numbers, target.take(hold))
        answers[name] = plans[name].apply(state, columns.take(np.flatnonzero(judged))).numbers
        row["error"][name] = error(metric, target.values[judged], answers[name])
    base = [one for one in (*BOOSTED, READABLE[0]) if one in parts]
    row["blend"] = {}
    for more in ((), *((one,) for one in READABLE[1:] if one in parts)):
        members = [*base, *more]
        weights = greedy(
            np.column_stack([parts[one] for one in members]), target.take(hold), metric, most_members(len(fit))
        )
        mixed = sum(answers[one] * weight for one, weight in zip(members, weights, strict=True))
        row["blend"][more[0] if more else "without"] = error(metric, target.values[judged], np.asarray(mixed))
    return row


def table() -> str:
    """Errors against those of tuned boosted trees, and of blends against the blend without."""
    rows = rows_of(RESULTS)
    lines = ["| model | tasks | median | mean | lower | within 1 % | seconds | in a blend |", "|---|" + "---:|" * 7]
    for name in (BOOSTED[0], *READABLE):
        for which, some in (
            ("chosen on", [one for one in rows if one["task"] in CHOSEN_ON]),
            ("others", [one for one in rows if one["task"] not in CHOSEN_ON]),
        ):
            there = [one for one in some if name in one["error"]]
            ratio = np.array([np.log(one["error"][name] / one["error"][BOOSTED[1]]) for one in there])
            times = np.median([one["seconds"][name] / max(one["seconds"][BOOSTED[1]], 0.01) for one in there])
            blends = [np.log(one["blend"][name] / one["blend"]["without"]) for one in there if name in one["blend"]]
            said = f"{100 * np.expm1(np.mean(blends)):+.2f} %" if blends else ""
            lines.append(
                f"| {name} | {len(there)} {which} | {100 * np.expm1(np.median(ratio)):+.1f} % | "
                f"{100 * np.expm1(ratio.mean()):+.1f} % | {(ratio < 0).sum()} | "
                f"{((ratio >= 0) & (ratio < 0.01)).sum()} | ×{times:.2f} | {said} |"
            )
    return "\n".join(lines)


def main() -> None:
    """Run what has no row yet, or print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--rows", type=int, default=4_000)
    parser.add_argument("--out", type=Path, default=RESULTS)
    parser.add_argument("--table", action="store_true")
    given = parser.parse_args()
    if given.table or given.tasks is None:
        sys.stdout.write(table() + "\n")
        return
    names = (
        given.only.split(",") if given.only else sorted(path.parent.name for path in given.tasks.glob("*/card.json"))
    )
    done = {row["task"] for row in rows_of(given.out)}
    for name in names:
        if name not in done:
            row = run_task(given.tasks / name, given.rows)
            append(given.out, {**row, **machine()})
            sys.stdout.write(f"{name}: {row['error']}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
