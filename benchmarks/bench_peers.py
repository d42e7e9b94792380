"""Journeyman and other systems side by side: same rows, same budgets, same two cores, task by task in turn.

    python benchmarks/bench_peers.py --tasks DIR [--time 60s,5m] [--systems NAME,NAME] [--only TASK,TASK] [--seed 0]
        [--python NAME=PATH] [--memory SIZE] [--renew] [--out FILE] [--answers DIR]
    python benchmarks/bench_peers.py --pairs --tasks DIR [--out FILE] [--answers DIR]
    python benchmarks/bench_peers.py --table [--out FILE] > benchmarks/results/peers.md

Every system is given the same Parquet file of training rows and told target, metric, task and time, nothing more; leak
and identifier columns of the task's card are left out for all. Each fit is a process of its own that is measured from
outside (``watched.py``), predicts in another one, and is judged by our metrics on the rows that were kept back. Nobody
stops a peer before five times its budget and 300 s; a crash is a row with its reason. LightGBM, CatBoost and the mean
of their answers are untuned and have no budget: they run once a task.

``make bench-peers TASKS=DIR PEERS="flaml h2o"`` sets up an environment for each peer from ``requirements/peers`` and
runs them; ``--python`` names the interpreter of one that lies elsewhere. One row a system, task and time is appended;
what has its row is not run again. Answers are kept outside the repository (``--answers``): from them follows our error
over each other system's, with its paired interval, which stands in the row of whichever of the two ran later.
``--pairs`` runs nothing and works these out anew from the answers that are kept.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
from pathlib import Path
from typing import Any

from machine import machine
from peers_answers import Answers, mean_of_defaults, paired
from peers_environments import DEFAULTS, OURS, python_of
from peers_judged import seconds
from peers_measured import MEAN, UNTIMED, Request, look, measure
from peers_page import page
from peers_paired import floored, left_to_gain
from peers_tasks import Task, read_task, tasks_in
from rows import append, rows_of

HERE = Path(__file__).parent
SYSTEMS = (
    OURS,
    "autogluon:best_quality",
    "autogluon:medium_quality",
    "flaml",
    "mljar:Compete",
    "lightautoml",
    "h2o",
    *DEFAULTS,
    MEAN,
)


def run(given: argparse.Namespace) -> None:
    """Every row that is wanted and is not there."""
    named = (one.partition("=") for one in given.python)
    pythons = {name: str(Path(path).absolute()) for name, _, path in named}
    interpreters = {one: pythons.get(one.partition(":")[0], python_of(one)) for one in given.systems.split(",")}
    times, rows, kept = given.time.split(","), rows_of(given.out), Answers(given.answers)
    names = tasks_in(given.tasks, given.only.split(",") if given.only else ())
    now = machine()["code"] if given.renew else ""
    known = [row for row in rows if not now or row["system"] != OURS or row["code"] == now]
    wanted = [one for place, name in enumerate(names) for one in missing(name, place, list(interpreters), times, known)]
    absent = set()
    for system in dict.fromkeys(system for _, system, _ in wanted):
        if system != MEAN and (reason := look(Request(system, interpreters[system], 0))):
            absent.add(system)
            sys.stdout.write(f"{system} does not take part: {reason}\n")
    task = None
    for name, system, time in wanted:
        if system in absent:
            continue
        task = task if task is not None and task.name == name else read_task(given.tasks / name)
        request = Request(system, interpreters[system], seconds(time or times[0]), given.seed, given.memory)
        row, answers = mean_of_defaults(task, rows, kept) if system == MEAN else measure(task, request)
        row = head(task, system, time, given.seed) | row
        if answers is not None:
            row |= paired(task, row, answers, rows, kept, times)
            kept.keep(name, system, time, answers)
        row |= made_on()
        rows.append(row)
        given.out.parent.mkdir(exist_ok=True)
        append(given.out, row)
        said = ("status", "reason", "score", "wall", "peak_mb", "bytes", "model")
        sys.stdout.write(f"{name} {system} {time}: { {key: row[key] for key in said if key in row} }\n")
        sys.stdout.flush()


def pair_again(given: argparse.Namespace) -> None:
    """The intervals of all rows whose answers are kept, anew; other rows stay as they are."""
    rows, kept = rows_of(given.out), Answers(given.answers)
    for name in tasks_in(given.tasks, given.only.split(",") if given.only else ()):
        task = read_task(given.tasks / name)
        times = sorted({row["time"] for row in rows if row["task"] == name and row["system"] == OURS})
        for place, row in enumerate(rows):
            answers = kept.of(task, row["system"], row["time"]) if row["task"] == name and "score" in row else None
            # Answers of a later run say nothing of this row.
            if answers is not None and math.isclose(task.metric.score(task.truth, answers), row["score"]):
                row |= paired(task, row, answers, rows[:place], kept, times)
    given.out.write_text("".join(json.dumps(row) + "\n" for row in rows))


def missing(
    name: str, place: int, systems: list[str], times: list[str], rows: list[dict[str, Any]]
) -> list[tuple[str, str, str]]:
    """(task, system, time) of what has no row yet, in the order in which it is run."""
    # Each task begins with another system, so that none is always first.
    turned = [*systems[place % len(systems) :], *systems[: place % len(systems)]]
    wanted = dict.fromkeys((name, one, "" if one in UNTIMED else time) for time in times for one in turned)
    done = {(row["task"], row["system"], row["time"]) for row in rows}
    # The mean needs both of its parts.
    return sorted((one for one in wanted if one not in done), key=lambda one: one[1] == MEAN)


def head(task: Task, system: str, time: str, seed: int) -> dict[str, Any]:
    """What a row is of."""
    return {
        "task": task.name,
        "system": system,
        "time": time,
        "seed": seed,
        "metric": task.metric.name,
        "direction": task.card["metric_direction"],
        "rows": task.train.height,
        "test_rows": task.test.height,
        "columns": task.test.width,
        "classes": len(task.classes),
        "trivial": task.trivial,
        "smallest_error": floored(0.0, left_to_gain(task.metric, task.trivial)),
    }


def made_on() -> dict[str, Any]:
    """The machine and the commit, and whether our package was changed since."""
    # What a machine calls its system is no system that is judged.
    told = {"platform" if key == "system" else key: value for key, value in machine().items()}
    command = ["git", "status", "--porcelain", "--", "journeyman"]
    found = subprocess.run(command, cwd=HERE.parent, capture_output=True, text=True)
    return {**told, "changed": bool(found.stdout.strip())}


def main() -> None:
    """Run what has no row yet, or show what is there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=Path)
    parser.add_argument("--time", default="60s", help="budgets, as 30s,60s,5m")
    parser.add_argument("--systems", default=",".join(SYSTEMS))
    parser.add_argument("--only", default="", help="tasks; default all")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--python", action="append", default=[], metavar="NAME=PATH")
    parser.add_argument("--memory", default="", help="given to our build as --memory")
    parser.add_argument("--renew", action="store_true", help="run ours again where its row is of another commit")
    parser.add_argument("--pairs", action="store_true", help="work out intervals anew from kept answers")
    parser.add_argument("--table", action="store_true", help="write the results as Markdown")
    parser.add_argument("--out", type=Path, default=HERE / "results" / "peers.jsonl")
    parser.add_argument("--answers", type=Path, default=HERE.parent / "runs" / "peers", help="where answers are kept")
    given = parser.parse_args()
    if given.table:
        sys.stdout.write(page(rows_of(given.out)))
        return
    if given.tasks is None:
        parser.error("--tasks DIR is needed")
    (pair_again if given.pairs else run)(given)


if __name__ == "__main__":
    main()
