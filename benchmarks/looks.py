"""Who builds on one table until the score is nice: how often does the interval of the build that is kept flatter it?

    python benchmarks/looks.py [--tables 2000] [--rows 200] [--out FILE]

Nothing can be predicted: every column is noise, the true accuracy is 0.5. A person makes one build after another,
judged by the same rows, and keeps the best. Three persons: one whose builds have nothing to do with each other, one who
keeps a column where the score rose, and one who turns every answer against the rows (each column votes in the direction
that its own score showed). Three rules: intervals that do not count (95 % each), Bonferroni's 0.05 / (k + 1) after k
builds, and the odometer's 0.05 / (k (k + 1)). Written down: in how many tables it is above the truth.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import NormalDist
from typing import Any

import numpy as np
from machine import machine

from journeyman.evaluation.looks import MOST_BUILDS, Odometer

BUILDS = (1, 2, 3, 5, 10, 15, 20, 30, 40)
RULES: dict[str, Callable[[int], float]] = {
    "none": lambda before: 0.05,
    "bonferroni": lambda before: 0.05 / (before + 1),
    "odometer": lambda before: Odometer(("",) * before).left_out,
}
PERSONS = ("independent", "keeps what helped", "turns answers against the rows")


def accuracies(person: str, rows: int, random: np.random.Generator) -> list[float]:
    """What each of a person's builds scores on the rows that judge them all."""
    truth = random.choice([-1, 1], rows)
    kept, best = np.zeros(rows), 0.0
    scores = []
    for _ in range(max(BUILDS)):
        column = random.normal(size=rows)
        if person == "independent":
            scores.append(float((np.sign(column) == truth).mean()))
        elif person == "keeps what helped":
            scores.append(float((np.sign(kept + column) == truth).mean()))
            if scores[-1] > best:
                kept, best = kept + column, scores[-1]
        else:
            kept = kept + np.sign(column) * (1 if (np.sign(column) == truth).mean() > 0.5 else -1)
            scores.append(float((np.sign(kept + 1e-9 * column) == truth).mean()))
    return scores


def flattered(person: str, tables: int, rows: int) -> dict[str, list[float]]:
    """By rule: the share of tables whose kept build has its interval above the truth, after so many builds."""
    random = np.random.default_rng(0)
    counts = {rule: np.zeros(len(BUILDS)) for rule in RULES}
    for _ in range(tables):
        scores = accuracies(person, rows, random)
        for place, builds in enumerate(BUILDS):
            kept = int(np.argmax(scores[:builds]))
            score = scores[kept]
            error = float(np.sqrt(score * (1 - score) / rows))
            for rule, left_out in RULES.items():
                counts[rule][place] += score - NormalDist().inv_cdf(1 - left_out(kept) / 2) * error > 0.5
    return {rule: (count / tables).round(4).tolist() for rule, count in counts.items()}


def main() -> None:
    """Measure, write down, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tables", type=int, default=2000)
    parser.add_argument("--rows", type=int, default=200)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "looks.json")
    given = parser.parse_args()
    found: dict[str, Any] = {person: flattered(person, given.tables, given.rows) for person in PERSONS}
    row = {"tables": given.tables, "rows": given.rows, "builds": BUILDS, "most_builds": MOST_BUILDS, "above": found}
    given.out.write_text(json.dumps({**machine(), **row}, indent=1) + "\n")
    for person, rules in found.items():
        for rule, shares in rules.items():
            told = "  ".join(f"{builds}: {share:.3f}" for builds, share in zip(BUILDS, shares, strict=True))
            sys.stdout.write(f"{person:32} {rule:12} {told}\n")


if __name__ == "__main__":
    main()
