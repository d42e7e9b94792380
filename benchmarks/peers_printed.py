"""What other systems print as their score, and what their models deliver on fresh rows; ours beside them.

    python benchmarks/peers_printed.py --python autogluon=PATH --python flaml=PATH --python mljar=PATH
        [--seeds 4] [--metrics log_loss,rmse,roc_auc] [--seconds 10] [--out FILE]
    python benchmarks/peers_printed.py --table [--out FILE]

The tables are those of ``coverage.py --real``: the same laws, seeds and rows, and the same 50,000 fresh rows. Each peer
has an environment of its own, and ``--python PEER=PATH`` names its Python:

    autogluon   pip install torch "autogluon.tabular[lightgbm,catboost,xgboost]"
    flaml       pip install "flaml[automl]"
    mljar       pip install mljar-supervised

What a peer does stands in ``peers/PEER.py``; ``mljar:Compete=PATH`` gives it settings other than its usual ones. It is
told the metric and chooses by it, in a process with one thread that is ended after a minute. Rows written before
``peers/run.py`` was there learnt and predicted in one process, from CSV files; the settings are the same. Ours is what
``coverage.py --real`` wrote of the same tables; it chooses by log loss and RMSE. One row a peer, table and metric is
appended; what has its row is not run again. ``--table`` writes Markdown to standard output.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from coverage import FRESH_ROWS, METRICS, Cell, cells, world_of
from machine import machine
from rows import append, rows_of

from journeyman.statistics.metrics.named import metric_named
from journeyman.table.columns import Numbers

HERE = Path(__file__).parent
ROWS = (200, 1000)
#: A peer that is not done by then has failed; it was given a sixth of it.
LIMIT_SECONDS = 60
ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS", "LOKY_MAX_CPU_COUNT"), "1"
)
OURS = "Journeyman"
#: Each table counts once in what is said of both: a binary one by log loss, one of numbers by RMSE.
CHOSEN_BY = ("log_loss", "rmse")
BOTH = " and ".join(CHOSEN_BY)


def build(peer: str, python: str, cell: Cell, seed: int, metric: str, seconds: float) -> dict[str, Any]:
    """One build of a peer: what it printed, and what it delivered. Scores are of ``metric`` if not said otherwise."""
    world = world_of(cell, seed)
    row: dict[str, Any] = {"peer": peer, **cell._asdict(), "seed": seed, "metric": metric}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        pl.DataFrame(dict(world.columns)).fill_nan(None).write_parquet(folder / "train.parquet")
        fresh = world.draw(FRESH_ROWS, stream=3, plain=True)
        given = {name: column for name, column in fresh.columns.items() if name != world.target}
        pl.DataFrame(given).fill_nan(None).write_parquet(folder / "test.parquet")
        name, _, settings = peer.partition(":")
        job = {"task": cell.task, "metric": metric, "target": world.target, "seconds": seconds, "seed": seed}
        classes = ["no", "yes"] if cell.task == "binary" else []
        job |= {"classes": classes, "threads": 1, "settings": settings}
        (folder / "job.json").write_text(json.dumps(job))
        began = time.monotonic()
        told = _told(name, python, folder)
        row["seconds"] = round(time.monotonic() - began, 1)
        if "failed" in told:
            return {**row, "budget": seconds, **told}
        answers = np.load(folder / "answers.npy").reshape(FRESH_ROWS, -1)[:, -1:]
    row["delivered"] = {name: metric_named(name).score(fresh.truth, answers) for name in METRICS[cell.task]}
    row["best"] = world.truth.best[metric]
    return {**row, "budget": seconds, **told}


def _told(peer: str, python: str, folder: Path) -> dict[str, Any]:
    """What a peer's processes tell, or why they do not."""
    told: dict[str, Any] = {}
    for verb in ("fit", "predict"):
        command = [str(Path(python).absolute()), "-P", str(HERE / "peers" / "run.py"), peer, verb, str(folder)]
        told |= _ended(command, folder)
        if "failed" in told:
            return {"failed": told["failed"]}
    kept = ("printed", "metric", "model", "says", "version", "settings")
    # None of them prints an interval.
    return {name: told[name] for name in kept if name in told} | {"interval": None}


def _ended(command: list[str], folder: Path) -> dict[str, Any]:
    with (folder / "errors.txt").open("w") as errors:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **ONE_THREAD, "PYTHONSAFEPATH": "1"},
            stdout=subprocess.DEVNULL,
            stderr=errors,
            start_new_session=True,
        )
        try:
            process.wait(timeout=LIMIT_SECONDS)
        except subprocess.TimeoutExpired:
            return {"failed": f"not done after {LIMIT_SECONDS} s"}
        finally:
            _end(process)
    if process.returncode:
        lines = (folder / "errors.txt").read_text().strip().splitlines()
        # A path of the machine that failed is of no use to others.
        return {"failed": (lines[-1] if lines else f"exit {process.returncode}").replace(str(folder), "FOLDER")[:300]}
    told: dict[str, Any] = json.loads((folder / "told.json").read_text())
    return told


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and all that it started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    process.wait()


def main() -> None:
    """Build what has no row yet, one at a time, or show what is there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", action="append", default=[], metavar="PEER=PATH")
    parser.add_argument("--seeds", type=int, default=4)
    parser.add_argument("--metrics", default="log_loss,rmse,roc_auc")
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--out", type=Path, default=HERE / "results" / "peers_printed.jsonl")
    parser.add_argument("--ours", type=Path, default=HERE / "results" / "coverage_real.jsonl")
    parser.add_argument("--table", action="store_true")
    given = parser.parse_args()
    if given.table:
        sys.stdout.write(table(rows_of(given.out), rows_of(given.ours)))
        return
    pythons = dict(one.split("=", 1) for one in given.python)
    if not pythons:
        parser.error("name at least one peer's Python: --python flaml=PATH")
    done = {(row["peer"], *_table_of(row), row["metric"]) for row in rows_of(given.out)}
    for metric, seed, cell in _wanted(given.metrics.split(","), given.seeds):
        for peer, python in pythons.items():
            if (peer, *cell, seed, metric) not in done:
                row = build(peer, python, cell, seed, metric, given.seconds)
                append(given.out, {**row, **machine()})


def _wanted(metrics: list[str], seeds: int) -> Iterator[tuple[str, int, Cell]]:
    for metric in metrics:
        for seed in range(seeds):
            for cell in cells(ROWS):
                if metric in METRICS[cell.task]:
                    yield metric, seed, cell


def _table_of(row: dict[str, Any]) -> tuple[str, str, int, int]:
    return row["task"], row["law"], row["rows"], row["seed"]


def table(rows: list[dict[str, Any]], ours: list[dict[str, Any]]) -> str:
    """One line a metric, kind of world and system; before them those of both metrics that ours chooses by."""
    named = ["metric", "law", "system", "builds", "failed", "printed is better", "better than possible"]
    named += ["optimism / sd", "mean optimism", "largest", "interval held"]
    lines = [f"| {' | '.join(named)} |", "|---|---|---|" + "--:|" * (len(named) - 3)]
    found = defaultdict(list)
    for row in [*rows, *_ours(rows, ours)]:
        found[row["metric"], row["law"], row["peer"]].append(row)
        if row["metric"] in CHOSEN_BY:
            found[BOTH, row["law"], row["peer"]].append(row)
    order = {name: place for place, name in enumerate((BOTH, *CHOSEN_BY, "roc_auc"))}
    # Ours last, below its peers.
    for key in sorted(found, key=lambda key: (order[key[0]], key[1], key[2] == OURS, key[2])):
        lines.append(f"| {' | '.join((*key, *_line(found[key])))} |")
    versions = sorted(
        {f"{row['peer'].partition(':')[0]} {row['version']} ({row['settings']})" for row in rows if "version" in row}
    )
    peers = {row["peer"].partition(":")[0] for row in rows}
    told = {row["peer"].partition(":")[0] for row in rows if row.get("interval")}
    lines.append(f"\n{', '.join(versions)}. Peers that print an interval of their score: {len(told)} of {len(peers)}.")
    return "\n".join(lines) + "\n"


def _ours(rows: list[dict[str, Any]], ours: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Our rows of the same tables, in the shape of a peer's."""
    best = {(*_table_of(row), row["metric"]): row["best"] for row in rows if "best" in row}
    for row in ours:
        for metric, printed in row["printed"].items():
            if (*_table_of(row), metric) in best:
                yield {
                    **row,
                    "peer": OURS,
                    "metric": metric,
                    "printed": printed["value"],
                    "interval": (printed["low"], printed["high"]),
                    "best": best[(*_table_of(row), metric)],
                }


def _line(rows: list[dict[str, Any]]) -> list[str]:
    """Shares, and optimism: by how much the printed score is better than the delivered one, beside its spread."""
    built = [row for row in rows if "failed" not in row]
    names = sorted({row["metric"] for row in built})
    each = [_optimism([row for row in built if row["metric"] == name], name) for name in names]
    if not each:
        return ["0", str(len(rows)), *[""] * 6]
    optimism = np.concatenate(each)
    scaled = np.concatenate([one / one.std(ddof=1) for one in each])
    beyond = [metric_named(row["metric"]).sign * (row["printed"] - row["best"]) > 0 for row in built]
    told = [row for row in built if row.get("interval")]
    held = sum(_held(row) for row in told)
    return [
        str(len(built)),
        str(len(rows) - len(built)),
        f"{(optimism > 0).mean():.0%}",
        f"{np.mean(beyond):.0%}",
        f"{scaled.mean():+.2f}",
        # Scores of several metrics have no unit in common.
        *((f"{optimism.mean():+.4f}", f"{optimism.max():+.3f}") if len(each) == 1 else ("", "")),
        f"{held} of {len(told)}" if told else "no interval",
    ]


def _optimism(rows: list[dict[str, Any]], name: str) -> Numbers:
    return np.array([metric_named(name).sign * (row["printed"] - row["delivered"][name]) for row in rows])


def _held(row: dict[str, Any]) -> bool:
    low, high = row["interval"]
    delivered = float(row["delivered"][row["metric"]])
    rounding = 1e-9 * max(1.0, abs(delivered))
    return bool(low - rounding <= delivered <= high + rounding)


if __name__ == "__main__":
    main()
