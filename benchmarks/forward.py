"""Forward in time: which rule, by the stretches that were judged, chooses what is good in the stretch after them?

    python benchmarks/forward.py --tasks DIR [--only NAME,NAME] [--rows 12000] [--out FILE]
    python benchmarks/forward.py --table [--out FILE]

Of each task that is split by time at most ``--rows`` training and test rows are drawn. Every candidate answers five
blocks of the later half of the training rows, each fitted on the rows before it, and the test rows, fitted on all. Then
it is chosen by the first two, three and four blocks and judged on the next one, and by all five and judged on the test
rows: by the mean over blocks, weighted in several ways, one model alone or a greedy blend; and by the shipping rule,
with blends as hedges and without. One row a task is appended; one that is there is not run again.
"""

from __future__ import annotations

import argparse
import math
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from machine import machine
from rows import append, rows_of
from sampled import error_of, is_over_time, sampled

from journeyman.curation.propose import Proposal, propose
from journeyman.evaluation.choose import choose
from journeyman.plan.target import Target
from journeyman.statistics.folds import Folds, make_folds
from journeyman.statistics.metrics.metric import Metric
from journeyman.table.columns import Columns
from journeyman.trials.ensemble import MOST_ROWS, greedy, most_members, relevant
from journeyman.trials.paired import paired

BLOCKS = 5
#: How much each of the blocks seen counts: by the rows that trained it, by how new it is.
WEIGHTS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "alike": lambda blocks: np.ones(len(blocks)),
    "by rows": lambda blocks: 0.5 + 0.1 * blocks,
    "half-life of two blocks": lambda blocks: 0.5 ** ((blocks.max() - blocks) / 2),
    "half-life of one block": lambda blocks: 0.5 ** (blocks.max() - blocks),
    "the newest alone": lambda blocks: (blocks == blocks.max()) * 1.0,
}
RULES = {
    **{f"one model, blocks {how}": ("one", how) for how in WEIGHTS},
    **{f"a blend, blocks {how}": ("blend", how) for how in WEIGHTS},
    "what would ship without hedges": ("ships", ""),
    "what ships": ("hedged", ""),
}


@dataclass(frozen=True)
class Answered:
    """What candidates answered: out of fold, (rows, outputs) each, and to the test rows."""

    proposals: tuple[Proposal, ...]
    target: Target
    folds: Folds
    metric: Metric
    known: tuple[np.ndarray, ...]
    test: tuple[np.ndarray, ...]
    truth: np.ndarray

    def error(self, answers: np.ndarray, rows: np.ndarray | None = None) -> float:
        """Of answers to some rows, or to the test rows."""
        truth = self.truth if rows is None else self.target.values[rows]
        return error_of(self.metric, truth, answers if rows is None else answers[rows])


def answered(folder: Path, most: int) -> Answered | None:
    """Every candidate's answers; None where the task is not split by time, or its rows are not judged so."""
    if not is_over_time(folder):
        return None
    drawn = sampled(folder, most, in_time=True)
    columns, target = drawn.columns, drawn.target
    train, test = np.flatnonzero(~drawn.is_test), np.flatnonzero(drawn.is_test)
    learns = target.take(train)
    if learns.order is None:
        return None
    folds = make_folds("forward", BLOCKS, rows=len(learns), order=learns.order, first=0.5)
    own, asked = columns.take(train), columns.take(test)
    proposals = tuple(propose(own, learns, drawn.metric.name))
    both = [_answers(one, own, learns, folds, asked) for one in proposals]
    whole, later = zip(*both, strict=True)
    return Answered(proposals, learns, folds, drawn.metric, whole, later, target.values[test])


def _answers(
    one: Proposal, columns: Columns, target: Target, folds: Folds, asked: Columns
) -> tuple[np.ndarray, np.ndarray]:
    known = np.zeros((len(target), target.outputs))
    for fold in folds.usable:
        before, judged = folds.training(fold), folds.scored(fold)
        state = one.plan.fit(columns.take(before), target.take(before))
        known[judged] = one.plan.apply(state, columns.take(judged)).numbers
    return known, one.plan.apply(one.plan.fit(columns, target), asked).numbers


def judged(found: Answered) -> dict[str, Any]:
    """Each rule's error in the stretch after the blocks seen, over the least of any model there: its logarithm."""
    models = [place for place, one in enumerate(found.proposals) if not one.floor or "linear" in one.name]
    told: dict[str, list[float]] = {}
    for seen in range(2, BLOCKS + 1):
        rows = found.folds.scored(seen) if seen < BLOCKS else None
        nexts = found.known if rows is not None else found.test
        least = min(found.error(nexts[place], rows) for place in models)
        for name, rule in RULES.items():
            parts = _chosen(found, models, seen, *rule)
            answers = np.sum([weight * nexts[place] for place, weight in parts.items()], axis=0)
            told.setdefault(name, []).append(math.log(found.error(answers, rows) / least))
    return {"rows": len(found.target), "metric": found.metric.name, "models": len(models), "told": told}


def _chosen(found: Answered, models: list[int], seen: int, kind: str, how: str) -> dict[int, float]:
    """What a rule takes by the blocks seen: places of models and their weights."""
    blocks = np.arange(seen)
    if kind == "one":
        errors = [
            [found.error(found.known[place], found.folds.scored(block)) for block in range(seen)] for place in models
        ]
        means = np.average(errors, axis=1, weights=WEIGHTS[how](blocks))
        return {models[int(means.argmin())]: 1.0}
    blend = _blend(found, models, seen, WEIGHTS[how or "alike"](blocks))
    if kind == "blend":
        return blend
    mixed = np.sum([weight * found.known[place] for place, weight in blend.items()], axis=0)
    weights = [one.weight for one in found.proposals] + [sum(found.proposals[place].weight for place in blend)]
    folds = Folds("forward", seen, np.where(found.folds.number < seen, found.folds.number, -1), found.folds.order)
    scores, spread = paired([*found.known, mixed], found.metric, found.target, folds)
    constant = next(place for place, one in enumerate(found.proposals) if one.weight == 0)
    hedges = np.arange(len(weights)) == len(found.proposals) if kind == "hedged" and len(blend) > 1 else None
    ships = choose(scores, spread, weights, float(scores[constant]), hedges=hedges)
    return blend if ships == len(found.proposals) else {ships: 1.0}


def _blend(found: Answered, models: list[int], seen: int, counts: np.ndarray) -> dict[int, float]:
    rows = np.flatnonzero((found.folds.number >= 0) & (found.folds.number < seen))
    rows = rows[np.linspace(0, len(rows) - 1, min(len(rows), MOST_ROWS)).astype(np.int64)]
    target = found.target.take(rows)
    parts = np.column_stack([relevant(found.known[place][rows], target) for place in models])
    weights = greedy(parts, target, found.metric, most_members(len(found.target)), counts[found.folds.number[rows]])
    return {place: float(weight) for place, weight in zip(models, weights, strict=True) if weight > 0}


def table(rows: list[dict[str, Any]]) -> str:
    """Geometric means over tasks: of the next blocks (three a task), and of the test rows."""
    lines = [
        "# Which rule chooses what is good in the stretch ahead",
        "",
        f"{len(rows)} tasks that are split by time. Error over that of the model that is best in that very stretch, in",
        "the geometric mean; below 1 where a blend is better than any one model.",
        "",
        "| chosen | next block | test rows | worse than blocks alike |",
        "|---|--:|--:|--:|",
    ]
    for name, (kind, how) in RULES.items():
        told = np.array([row["told"][name] for row in rows])
        alike = np.array([row["told"][f"{'one model' if kind == 'one' else 'a blend'}, blocks alike"] for row in rows])
        worse = f"{(told > alike + 1e-9).sum()} of {told.size}" if how and how != "alike" else ""
        cells = [name, f"{math.exp(told[:, :-1].mean()):.3f}", f"{math.exp(told[:, -1].mean()):.3f}", worse]
        lines.append(f"| {' | '.join(cells)} |")
    pairs = np.array([[row["told"][name] for name in tuple(RULES)[-2:]] for row in rows])
    differ = np.abs(pairs[:, 0] - pairs[:, 1]) > 1e-9
    better = (pairs[:, 1] < pairs[:, 0])[differ].sum()
    lines += ["", f"With hedges something else ships in {differ.sum()} of {differ.size} choices; better in {better}."]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Run what has no row yet, or write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--rows", type=int, default=12_000)
    parser.add_argument("--table", action="store_true")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "forward.jsonl")
    given = parser.parse_args()
    if given.table:
        sys.stdout.write(table(rows_of(given.out)))
        return
    warnings.simplefilter("ignore")
    done = {row["task"] for row in rows_of(given.out)}
    for card in sorted(given.tasks.glob("*/card.json")):
        name = card.parent.name
        if name in done or (given.only and name not in given.only.split(",")):
            continue
        found = answered(card.parent, given.rows)
        if found is not None:
            row = {"task": name, **judged(found), **machine()}
            append(given.out, row)
            sys.stdout.write(f"{name}: {row['rows']} rows, {row['models']} models\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
