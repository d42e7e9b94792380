"""How wide small networks should be, and how many: out of fold, on tables of up to a few thousand rows.

    python benchmarks/network_sizes.py --tasks DIR [--only NAME,NAME] [--rows 3000] [--seeds 3] [--out FILE]
    python benchmarks/network_sizes.py --table [--out FILE]

Of each task at most ``--rows`` training rows are drawn, without leak and id columns. Each size learns from all folds
but two, which judge: log loss for classes, root mean squared error for numbers. Seconds are of one core. One row a
task, seed and size is appended; what has its row is not run again.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from machine import machine
from rows import append, rows_of
from sampled import card_of, sample

from journeyman.brief.read import make_brief
from journeyman.curation.propose import propose
from journeyman.job.understand import understand
from journeyman.learners.network import Network
from journeyman.learners.network_forms import MANY_ROWS
from journeyman.plan.combine import Chain
from journeyman.plan.target import Target
from journeyman.sources.read import read

FOLDS, NAME = 2, "neural networks, "
#: Form, hidden layers, members; the first of a form is what the others are compared with.
Size = tuple[str, tuple[int, ...], int]
SIZES: tuple[Size, ...] = (
    ("quick", (128, 128), 4),
    ("quick", (128, 128), 2),
    ("quick", (64, 64), 4),
    ("quick", (32, 32), 8),
    ("other", (192,), 6),
    ("other", (64,), 8),
    ("other", (32,), 12),
)
#: The same for tables of many rows.
LARGE: tuple[Size, ...] = (
    ("quick", (128, 128), 2),
    ("quick", (64, 64), 4),
    ("quick", (32, 32), 8),
    ("other", (256, 192), 5),
    ("other", (128, 128), 5),
    ("other", (64, 64), 8),
)


def main() -> None:
    """Run what has no row yet, or show what is there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--rows", type=int, default=3000)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--table", action="store_true")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "network_sizes.jsonl")
    given = parser.parse_args()
    if given.table:
        sys.stdout.write(page(rows_of(given.out)))
        return
    done = {(row["task"], row["rows"], row["seed"], row["size"]) for row in rows_of(given.out)}
    names = given.only.split(",") if given.only else sorted(one.name for one in given.tasks.iterdir())
    for name in names:
        for row in run_task(given.tasks / name, given.rows, range(given.seeds), done):
            append(given.out, {**row, **machine()})


def run_task(folder: Path, most: int, seeds: range, done: set[tuple[str, int, int, str]]) -> Any:
    """A row for each seed and size."""
    card = card_of(folder)
    frame, is_test = sample(folder, most)
    request = make_brief(predict=card["target"], metric=card["metric"], trials=1, seed=0, when="none")
    data = understand(read(frame.filter(~is_test), target=card["target"]), request).data
    networks = [one for one in propose(data.columns, data.target, card["metric"], 60.0) if one.name.startswith(NAME)]
    plans = {"quick" if one.name == f"{NAME}quick" else "other": one.plan for one in networks}
    for seed in seeds:
        for form, hidden, members in LARGE if len(data.target) >= MANY_ROWS else SIZES:
            size = f"{form} {members} x {hidden}"
            plan = plans.get(form)
            if (
                not isinstance(plan, Chain)
                or not isinstance(plan.steps[-1], Network)
                or (folder.name, len(data.target), seed, size) in done
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
    lines = ["# Sizes of small networks"]
    for sizes, some in (
        (SIZES, [row for row in rows if row["rows"] < MANY_ROWS]),
        (LARGE, [row for row in rows if row["rows"] >= MANY_ROWS]),
    ):
        lines += ["", *_table(sizes, some)] if some else []
    return "\n".join(lines) + "\n"


def _table(sizes: tuple[Size, ...], rows: list[dict[str, Any]]) -> list[str]:
    known = {(row["task"], row["rows"], row["seed"], row["size"]): row for row in rows}
    firsts = {form: f"{form} {members} x {hidden}" for form, hidden, members in reversed(sizes)}
    tasks = sorted({(row["of"], row["task"], row["rows"]) for row in rows})
    lines = [f"| | seconds | {' | '.join(f'{one[1]}, {one[2]}' for one in tasks)} |"]
    lines += ["|---|--:|" + "--:|" * len(tasks), "| | | " + " | ".join(one[0] for one in tasks) + " |"]
    for form, hidden, members in sizes:
        size, cells, spent = f"{form} {members} x {hidden}", [], []
        for _, task, count in tasks:
            seeds = [seed for *place, seed, told in known if place == [task, count] and told == size]
            pairs = [(known[task, count, seed, size], known[task, count, seed, firsts[form]]) for seed in seeds]
            ratio = np.exp(np.mean([np.log(one["loss"] / first["loss"]) for one, first in pairs])) if pairs else np.nan
            spent += [one["seconds"] / max(first["seconds"], 1e-3) for one, first in pairs]
            cells.append(f"{ratio:.3f}")
        lines.append(f"| {size} | {np.mean(spent):.2f} | {' | '.join(cells)} |")
    return lines


if __name__ == "__main__":
    main()
