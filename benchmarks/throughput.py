"""How many rows a second are scored from file to file, with how much memory, and how fast trees are beside LightGBM.

    python benchmarks/throughput.py [--rows 100000 1000000 10000000] [--out FILE]

A model of one kind of trees is built for a made table of 20 columns: numbers, words, flags, a date and an identifier.
Tables of the same kind are written as CSV and Parquet and scored by ``journeyman predict`` in a fresh process, whose
memory and processor time the system tells. Beside it stands the scoring of typed columns alone: the same trees, as
LightGBM grew them, in LightGBM's own ``predict`` and in the graph, on one core.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from machine import machine

from journeyman.bundle.audit import audit_ports
from journeyman.bundle.one_row import KINDS
from journeyman.bundle.reader import Reader
from journeyman.bundle.session import Session
from journeyman.bundle.write import express
from journeyman.learners.library import lightgbm
from journeyman.learners.lightgbm import LightGBM
from journeyman.plan.target import Target
from journeyman.table.columns import Columns

#: Rows of the training table, of a block of a table that is written, and of the comparison with LightGBM.
TRAINING, BLOCK, COMPARED = 10_000, 250_000, 200_000
ROUNDS, LEAVES, TIMES = 200, 31, 5


def main() -> None:
    """Build, score, compare, keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[100_000, 1_000_000, 10_000_000])
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "throughput.json")
    parser.add_argument("--scratch", type=Path)
    given = parser.parse_args()
    figures: dict[str, Any] = {**machine(), "trees": trees()}
    with tempfile.TemporaryDirectory(dir=given.scratch) as folder:
        place = Path(folder)
        figures["model"] = built(place)
        figures["files"] = []
        for rows in given.rows:
            for ending in ("parquet", "csv"):
                figures["files"].append(scored(place, rows, ending))
                given.out.write_text(json.dumps(figures, indent=1) + "\n")
                sys.stdout.write(json.dumps(figures["files"][-1]) + "\n")
                sys.stdout.flush()
    given.out.write_text(json.dumps(figures, indent=1) + "\n")


def block(rows: int, seed: int) -> pl.DataFrame:
    """Some rows of the made table, with the target beside them."""
    random = np.random.default_rng(seed)
    cells: dict[str, Any] = {}
    for place in range(10):
        numbers = random.normal(size=rows) * 10 ** (place % 4)
        cells[f"number {place}"] = numbers.round(3) if place < 7 else random.integers(0, 1000, rows)
    for place, count in enumerate((3, 8, 20, 50, 200)):
        levels = np.array([f"level {level}" for level in range(count)])
        cells[f"word {place}"] = levels[random.integers(0, count, rows)]
    cells["flag 0"] = np.where(random.random(rows) < 0.5, "yes", "no")
    cells["flag 1"] = np.where(random.random(rows) < 0.2, "Y", "N")
    cells["day"] = np.datetime64("2019-01-01") + random.integers(0, 2000, rows).astype("timedelta64[D]")
    cells["note"] = np.array(["", "paid", "open", "returned"])[random.integers(0, 4, rows)]
    score = cells["number 0"] * cells["number 4"] / 10 + np.sin(cells["number 1"])
    score = score + (cells["word 1"] == "level 3") - 2 * (cells["word 2"] == "level 1") + (cells["flag 0"] == "yes") / 2
    target = np.where(score + random.normal(size=rows) > 0, "yes", "no")
    frame = pl.DataFrame(cells).with_columns(pl.Series("key", [f"K{seed}-{row:08d}" for row in range(rows)]))
    holes = [
        pl.when(pl.Series(random.random(rows) < 0.03)).then(None).otherwise(pl.col(name)).alias(name)
        for name in ("number 2", "word 3", "day")
    ]
    return frame.with_columns(*holes, pl.Series("target", target))


def built(place: Path) -> dict[str, Any]:
    """Build the model: two candidates, which is a repeatable amount of work."""
    from journeyman import build
    from journeyman.trials.row_time import parts_of

    block(TRAINING, 0).write_csv(place / "train.csv")
    run = build(place / "train.csv", predict="target", trials=1, out=place / "run")
    parts = parts_of((place / "run" / "bundle" / "model.onnx").read_bytes())
    return {"name": run.summary["chosen"]["name"], "trees": parts["trees"], "levels": parts["levels"]}


def scored(place: Path, rows: int, ending: str) -> dict[str, Any]:
    """Write a table, score it in a fresh process, and look at what that took."""
    source, out = place / f"rows.{ending}", place / f"out.{ending}"
    written(source, rows)
    size = source.stat().st_size
    command = [
        sys.executable,
        "-m",
        "journeyman",
        "predict",
        str(place / "run"),
        str(source),
        "-o",
        str(out),
        "--quiet",
    ]
    began = time.perf_counter()
    process = subprocess.Popen(command)
    peak = 0.0
    while True:
        pid, status, used = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        peak = max(peak, peak_megabytes(process.pid))
        time.sleep(0.02)
    seconds = time.perf_counter() - began
    if status:
        raise SystemExit(f"{' '.join(command)} failed")
    found = pl.scan_csv(out) if ending == "csv" else pl.scan_parquet(out)
    if found.select(pl.len()).collect(engine="streaming").item() != rows:
        raise SystemExit("rows were lost")
    figures = {
        "rows": rows,
        "file": ending,
        "source_megabytes": size / 1e6,
        "written_megabytes": out.stat().st_size / 1e6,
        "seconds": seconds,
        "processor_seconds": used.ru_utime + used.ru_stime,
        "rows_a_second": rows / seconds,
        "rows_a_processor_second": rows / (used.ru_utime + used.ru_stime),
        "peak_megabytes": peak,
        "load_before": os.getloadavg()[0],
    }
    source.unlink()
    out.unlink()
    return figures


def peak_megabytes(pid: int) -> float:
    """The most memory that a process has had so far, as Linux tells it.

    What the system tells at its end is no less than what the process that started it had.
    """
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def written(path: Path, rows: int) -> None:
    """Write a table block after block; the blocks repeat, their keys too."""
    blocks = [block(min(BLOCK, rows), seed).drop("target") for seed in range(1, 5)]
    count = -(-rows // BLOCK)
    if path.suffix == ".csv":
        with path.open("wb") as handle:
            for number in range(count):
                part = blocks[number % len(blocks)].head(rows - number * BLOCK)
                part.write_csv(handle, include_header=not number)
        return
    import pyarrow.parquet

    with pyarrow.parquet.ParquetWriter(path, blocks[0].to_arrow().schema) as writer:
        for number in range(count):
            writer.write_table(blocks[number % len(blocks)].head(rows - number * BLOCK).to_arrow())


def trees() -> dict[str, Any]:
    """The same trees, on typed columns and one core: LightGBM's own predict, and the graph as a bundle runs it."""
    random = np.random.default_rng(0)
    numbers = random.normal(size=(COMPARED, 20))
    values = numbers[:, 0] * numbers[:, 1] + np.sin(2 * numbers[:, 2]) + 0.5 * random.normal(size=COMPARED)
    library = lightgbm()
    learner = LightGBM(rounds=ROUNDS, leaves=LEAVES)
    columns = Columns.of(rows=COMPARED, numbers=numbers, number_names=tuple(f"n{place}" for place in range(20)))
    learn = np.arange(20_000)
    target = Target(task="regression", values=values)
    state = learner.fit(columns.take(learn), target.take(learn))
    settings = learner._settings(target)
    booster = library.train(settings, library.Dataset(numbers[learn], values[learn], params=settings), ROUNDS)
    graph = express(learner, state, columns)
    facts = audit_ports(graph, {"numbers": (KINDS["numbers"], 20)}, 1)
    session, reader = Session(graph, 1, facts.cells_a_row, facts.together), Reader(())
    own = session.score(reader.feeds, columns)[:, 0]
    theirs = booster.predict(numbers, num_threads=1)
    took: dict[str, list[float]] = {"lightgbm": [], "graph": []}
    for _ in range(TIMES):
        for name, predict in (
            ("lightgbm", lambda: booster.predict(numbers, num_threads=1)),
            ("graph", lambda: session.score(reader.feeds, columns)),
        ):
            began = resource.getrusage(resource.RUSAGE_SELF)
            predict()
            ended = resource.getrusage(resource.RUSAGE_SELF)
            took[name].append(ended.ru_utime + ended.ru_stime - began.ru_utime - began.ru_stime)
    best = {name: min(seconds) for name, seconds in took.items()}
    return {
        "trees": ROUNDS,
        "leaves": LEAVES,
        "rows": COMPARED,
        "largest_difference": float(np.abs(own - theirs).max()),
        "processor_seconds": best,
        "nanoseconds_a_row_and_tree": {name: one / COMPARED / ROUNDS * 1e9 for name, one in best.items()},
        "times_as_fast_as_lightgbm": best["lightgbm"] / best["graph"],
    }


if __name__ == "__main__":
    main()
