"""How wide small networks should be, and how many: out of fold, on tables of up to a few thousand rows.

    python benchmarks/network_sizes.py --tasks DIR [--only NAME,NAME] [--seeds 3] [--out FILE]
    python benchmarks/network_sizes.py --table [--out FILE]

Of each task at most 3,000 training rows are drawn, without leak and id columns. Each size learns from all folds but
two, which judge: log loss for classes, root mean squared error for numbers. Seconds are of one core. One row a task,
seed and size is appended; what has its row is not run again.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from machine import machine
from networks import sample
from rows import rows_of

from journeyman.brief.read import make_brief
from journeyman.curation.propose import propose
from journeyman.job.understand import understand
from journeyman.learners.network import Network
from journeyman.plan.combine import Chain
from journeyman.plan.target import Target
from journeyman.sources.read import read

ROWS, FOLDS = 3000, 2
#: Form, hidden layers, members; the first of a form is what the others are compared with.
SIZES: tuple[tuple[str, tuple[int, ...], int], ...] = (
    ("quick", (128, 128), 4),
    ("quick", (128, 128), 2),
    ("quick", (64, 64), 4),
    ("quick", (32, 32), 8),
    ("shallow", (192,), 6),
    ("shallow", (64,), 8),
    ("shallow", (32,), 12),
)


def main() -> None:
    """Run what has no row yet, or show what is there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--table", action="store_true")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "network_sizes.jsonl")
    given = parser.parse_args()
    if given.table:
        sys.stdout.write(page(rows_of(given.out)))
        return
    done = {(row["task"], row["seed"], row["size"]) for row in rows_of(given.out)}
    names = given.only.split(",") if given.only else sorted(one.name for one in given.tasks.iterdir())
    for name in names:
        for row in run_task(given.tasks / name, range(given.seeds), done):
            with given.out.open("a") as file:
                file.write(json.dumps({**row, **machine()}) + "\n")


def run_task(folder: Path, seeds: range, done: set[tuple[str, int, str]]) -> Any:
    """A row for each seed and size."""
    card = json.loads((folder / "card.json").read_text())
    frame, is_test = sample(folder, card, ROWS)
    request = make_brief(predict=card["target"], metric=card["metric"], trials=1, seed=0, when="none")
    data = understand(read(frame.filter(~is_test), target=card["target"]), request).data
    plans = {one.name: one.plan for one in propose(data.columns, data.target, card["metric"], 60.0)}
    for seed in seeds:
        for form, hidden, members in SIZES:
            size, plan = f"{form} {members} x {hidden}", plans.get(f"neural networks, {form}")
            if (
                not isinstance(plan, Chain)
                or not isinstance(plan.steps[-1], Network)
                or (folder.name, seed, size) in done
            ):
                continue
            network = replace(plan.steps[-1], hidden=hidden, members=members, seed=seed)
            judged, began = [], time.process_time()
            for fold in data.folds.usable[-FOLDS:]:
                learn, judge = data.folds.training(fold), data.folds.scored(fold)
                chain = Chain(steps=(*plan.steps[:-1], network))
                state = chain.fit(data.columns.take(learn), data.target.take(learn))
                answers = chain.apply(state, data.columns.take(judge)).numbers
                judged.append(loss(data.target.take(judge), answers))
            told = {"task": folder.name, "of": data.target.task, "rows": len(data.target), "seed": seed, "size": size}
            yield {**told, "loss": float(np.mean(judged)), "seconds": round(time.process_time() - began, 2)}


def loss(target: Target, answers: np.ndarray) -> float:
    """Log loss, or root mean squared error."""
    if target.task == "regression":
        return float(np.sqrt(np.mean((answers[:, 0] - target.values) ** 2)))
    chances = np.column_stack([1 - answers, answers]) if target.outputs == 1 else answers
    return float(-np.log(np.maximum(chances[np.arange(len(target)), target.codes], 1e-6)).mean())


def page(rows: list[dict[str, Any]]) -> str:
    """Losses over that of the first size of a form, geometric means over seeds; seconds over its seconds."""
    known = {(row["task"], row["seed"], row["size"]): row for row in rows}
    firsts = {form: f"{form} {members} x {hidden}" for form, hidden, members in reversed(SIZES)}
    tasks = sorted({(row["of"], row["task"], row["rows"]) for row in rows})
    lines = ["# Sizes of small networks", "", f"| | seconds | {' | '.join(f'{one[1]}, {one[2]}' for one in tasks)} |"]
    lines += ["|---|--:|" + "--:|" * len(tasks), "| | | " + " | ".join(one[0] for one in tasks) + " |"]
    for form, hidden, members in SIZES:
        size, cells, spent = f"{form} {members} x {hidden}", [], []
        for _, task, _ in tasks:
            seeds = [seed for name, seed, told in known if name == task and told == size]
            pairs = [(known[task, seed, size], known[task, seed, firsts[form]]) for seed in seeds]
            ratio = np.exp(np.mean([np.log(one["loss"] / first["loss"]) for one, first in pairs])) if pairs else np.nan
            spent += [one["seconds"] / max(first["seconds"], 1e-3) for one, first in pairs]
            cells.append(f"{ratio:.3f}")
        lines.append(f"| {size} | {np.mean(spent):.2f} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
