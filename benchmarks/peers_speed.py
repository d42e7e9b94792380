"""How fast, how small: a bundle of ours beside what other systems deploy, one task and one system after the other.

    python benchmarks/peers_speed.py --tasks DIR --only TASK,TASK [--time 60s] [--systems NAME,NAME] [--out FILE]
    python benchmarks/peers_speed.py --table [--out FILE] > benchmarks/results/peers_speed.md

Each system learns from the same rows with the same budget (`bench_peers`) and what it leaves is loaded in a fresh
process: from the start of that process to its first answer (cold), one row alone as the system takes one (a dict for
ours, a table of one row for others; median and 99th percentile), the most memory until then, and 100,000 rows in
one table. LightGBM is what it is by itself, with its defaults, and its row is the plainest there can be. One row of
results a system and task is appended; what has its row is not run again.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import polars as pl
from bench_peers import SYSTEMS, made_on
from peers_environments import OURS, environment, failure, peer_command, python_of, script, told_in
from peers_judged import seconds
from peers_measured import MEAN, Request, fit, look, size_of
from peers_tasks import Task, read_task
from rows import append, rows_of
from watched import watched

HERE = Path(__file__).parent
MANY = 100_000
#: Asking for a thousand rows and for many takes what it takes; nobody is waited for longer.
MOST_SECONDS = 1200.0
#: What stands in the table: the key of a row, its head, digits, and whether more of it is better.
COLUMNS = (
    ("row_ms", "one row ms, median", 3, False),
    ("row_ms_p99", "99th percentile", 3, False),
    ("rows_a_second", "rows a second", 0, True),
    ("cold_seconds", "cold start s", 2, False),
    ("serving_mb", "memory MB", 0, False),
    ("bytes", "on disk MB", 2, False),
)


def measure(task: Task, request: Request) -> dict[str, Any]:
    """Learn, then ask in a fresh process."""
    with tempfile.TemporaryDirectory(prefix="peer") as name:
        folder = Path(name)
        task.train.write_parquet(folder / "train.parquet")
        task.test.write_parquet(folder / "test.parquet")
        seen, told = fit(task, request, folder)
        row = {"wall": round(seen.seconds, 2), **told}
        if seen.stopped or seen.exit != 0:
            return row | {"status": "failed", "reason": failure(seen, folder)}
        is_ours = request.system == OURS
        row["bytes"] = size_of(folder / ("run/bundle" if is_ours else "model"))
        command = peer_command(request.python, request.system, "speed", folder)
        if is_ours:
            (folder / "rows.json").write_text(pl.read_parquet(folder / "test.parquet", n_rows=1000).write_json())
            command = [request.python, "-P", str(script("own_speed.py")), str(folder)]
        job = {**task.job, "seconds": request.seconds, "many": MANY, "started": time.time()}
        (folder / "job.json").write_text(json.dumps(job))
        seen = watched(command, folder, MOST_SECONDS, environment())
        if seen.stopped or seen.exit != 0:
            return row | {"status": "failed", "reason": failure(seen, folder)}
        return row | {"status": "done", "elsewhere": round(seen.elsewhere, 2), **told_in(folder)}


def page(rows: list[dict[str, Any]]) -> str:
    """Medians over the tasks that a system did, and each of them over ours on the same tasks."""
    ours = {row["task"]: row for row in rows if row["system"] == OURS and row["status"] == "done"}
    heads = [head for _, head, _, _ in COLUMNS]
    lines = [
        "# How fast, how small",
        "",
        "Written by `python benchmarks/peers_speed.py --table`, from `peers_speed.jsonl`. Medians over tasks; then,",
        "in brackets, how many times ours that is (rows a second: how many times slower), over the same tasks.",
        "",
        f"| system | tasks | {' | '.join(heads)} |",
        f"|---|--:|{'--:|' * len(heads)}",
    ]
    for system in dict.fromkeys(row["system"] for row in rows):
        done = [row for row in rows if row["system"] == system and row["status"] == "done"]
        if not done:
            continue
        cells = []
        for key, _, digits, is_more in COLUMNS:
            scale = 1e6 if key == "bytes" else 1.0
            said = f"{statistics.median(row[key] for row in done) / scale:,.{digits}f}"
            beside = [row for row in done if row["task"] in ours]
            if system != OURS and beside:
                times = [
                    ours[row["task"]][key] / row[key] if is_more else row[key] / ours[row["task"]][key]
                    for row in beside
                ]
                said += f" ({statistics.median(times):.3g})"
            cells.append(said)
        lines.append(f"| {system} | {len(done)} | {' | '.join(cells)} |")
    failed = [f"{row['task']} {row['system']}: {row['reason']}" for row in rows if row["status"] != "done"]
    tasks = ", ".join(sorted({f"{row['task']} ({row['columns']} columns)" for row in rows}))
    lines += ["", f"Tasks: {tasks}.", *(["", f"Failed: {'; '.join(failed)}."] if failed else []), ""]
    return "\n".join(lines)


def main() -> None:
    """Run what has no row yet, or show what is there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=Path)
    parser.add_argument("--only", default="", help="tasks")
    parser.add_argument("--time", default="60s")
    parser.add_argument("--systems", default=",".join(one for one in SYSTEMS if one != MEAN))
    parser.add_argument("--python", action="append", default=[], metavar="NAME=PATH")
    parser.add_argument("--table", action="store_true", help="write the results as Markdown")
    parser.add_argument("--out", type=Path, default=HERE / "results" / "peers_speed.jsonl")
    given = parser.parse_args()
    rows = rows_of(given.out)
    if given.table:
        sys.stdout.write(page(rows))
        return
    if given.tasks is None or not given.only:
        parser.error("--tasks DIR and --only TASK,TASK are needed")
    pythons = dict(one.split("=", 1) for one in given.python)
    absent = set()
    for name in given.only.split(","):
        task = read_task(given.tasks / name)
        for system in given.systems.split(","):
            if system in absent or any((row["task"], row["system"]) == (name, system) for row in rows):
                continue
            python = str(Path(pythons.get(system.partition(":")[0], python_of(system))).absolute())
            request = Request(system, python, seconds(given.time))
            if reason := look(request):
                absent.add(system)
                sys.stdout.write(f"{system} does not take part: {reason}\n")
                continue
            row = {"task": name, "system": system, "time": given.time, "rows": task.train.height}
            row |= {"columns": task.test.width, **measure(task, request), **made_on()}
            rows.append(row)
            given.out.parent.mkdir(exist_ok=True)
            append(given.out, row)
            told = {key: row[key] for key in ("status", "reason", *(key for key, *_ in COLUMNS)) if key in row}
            sys.stdout.write(f"{name} {system}: {told}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
