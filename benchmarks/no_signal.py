"""On tables without signal the verdict must never be "deploy"; on tables with signal it should be.

    python benchmarks/no_signal.py [--tables 50] [--rows 500] [--trials 3] [--out FILE]

Half of the tables have classes, half numbers, with and without a payoff; each is built in full through
`journeyman.build`. One row a build is appended; a build that has its row is not run again.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from machine import machine
from rows import append, rows_of

import journeyman as jm
from journeyman.simulation.world import World


def build(kind: Any, seed: int, rows: int, trials: int) -> dict[str, Any]:
    """One table of a world, the whole job, the verdict."""
    task: Any = "regression" if seed % 2 else "binary"
    world = World(law=kind, rows=rows, seed=seed, task=task)
    options: dict[str, Any] = {}
    if task == "binary" and seed % 4 == 0:
        options["gain"] = {"act:true": 10, "act:false": -10}
    with tempfile.TemporaryDirectory() as folder:
        run = jm.build(
            world.columns, predict=world.target, trials=trials, seed=seed, out=Path(folder) / "run", **options
        )
    return {
        "kind": kind,
        "seed": seed,
        "task": task,
        "payoff": bool(options),
        "decision": run.verdict["decision"],
        "probability": run.verdict["probability"],
        "chosen": run.summary["chosen"]["name"],
    }


def main() -> None:
    """Build what has no row yet, then count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tables", type=int, default=50)
    parser.add_argument("--rows", type=int, default=500)
    parser.add_argument("--trials", type=int, default=3)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "no_signal.jsonl")
    given = parser.parse_args()
    known = rows_of(given.out)
    done = {(row["kind"], row["seed"]) for row in known}
    wanted = [("no_signal", seed) for seed in range(given.tables)] + [("linear", seed) for seed in range(10)]
    given.out.parent.mkdir(exist_ok=True)
    for kind, seed in wanted:
        if (kind, seed) not in done:
            known.append(build(kind, seed, given.rows, given.trials))
            append(given.out, {**known[-1], **machine()})
    for kind in ("no_signal", "linear"):
        counts = Counter(row["decision"] for row in known if row["kind"] == kind)
        sys.stdout.write(f"{kind}: {dict(counts)}\n")
    sys.exit(any(row["kind"] == "no_signal" and row["decision"] == "deploy" for row in known))


if __name__ == "__main__":
    main()
