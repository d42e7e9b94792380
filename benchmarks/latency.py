"""What an answer to one row takes, where its time goes, and what a bundle costs to load, hold and keep.

    python benchmarks/latency.py --tasks DIR [--trials 14] [--only TASK,TASK] [--out FILE]
    python benchmarks/latency.py --run RUN --rows ROWS [--plain GRAPH] [--out FILE]

Models are built from real tables by a fixed amount of work, so that a busy machine builds the same, and their graphs
are kept as they were before `journeyman.plan.smaller_graph` made them smaller. Both are asked row by row in turn, in
fresh processes: what else runs on the machine meets both alike, so their ratio holds where single figures do not.
Figures are medians over the processes; of a run that is there already only the bundle is measured.

Beside wall clock stands the time that the processor worked for the answer (``cpu``): on a machine that others use, what
waits for its turn is in the first and not in the second.

``alone_us``: one answer after the other and nothing between. The others are asked in turn, so each finds the
processor's own memory full of what the other needed.

Before: the graph as it is expressed, and eight copies of a row. After: what is in the bundle.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import polars as pl
from machine import machine

HERE = Path(__file__).parent
#: Real tables with columns of all kinds, what is predicted, and what decisions are worth.
TASKS = {
    "hr_attrition": ("Attrition", ["--gain", "talk:true=5000, talk:false=-800"]),
    "chicago_arrests": ("Arrest", []),
    "hotel_rates": ("avg_price_per_room", []),
    "storm_status": ("status", []),
}
PROCESSES, ROWS = 5, 1000

#: Build as the command line does, and keep each graph as it was before it was made smaller; the last is the bundle's.
BUILD = """
import sys
from pathlib import Path
from journeyman.bundle import write
from journeyman.cli.main import main
keep, smaller = Path(sys.argv[1]), write.smaller
def kept(graph, start, answer):
    keep.write_bytes(graph.finish(start, answer))
    return smaller(graph, start, answer)
write.smaller = kept
sys.exit(main(sys.argv[2:]))
"""

#: From the first line of a program to the first answer, and the memory on the way.
COLD = """
import json, sys, time
def held():
    return int(open("/proc/self/statm").read().split()[1]) * 4096 / 1e6
began, bare = time.perf_counter(), held()
import journeyman as jm
imported = time.perf_counter()
model = jm.load(sys.argv[1])
loaded = time.perf_counter()
rows = json.load(open(sys.argv[2]))
ready = time.perf_counter()
model.predict_one(rows[0])
ended, one = time.perf_counter(), held()
for row in rows:
    model.predict_one(row)
heavy = ("polars", "pandas", "sklearn", "lightgbm", "scipy", "onnx", "msgspec")
print(json.dumps({
    "import_ms": (imported - began) * 1e3,
    "load_and_first_answer_ms": (ended - ready + loaded - began) * 1e3,
    "memory_mb": one - bare,
    "memory_after_rows_mb": held() - bare,
    "heavy_modules": [name for name in heavy if name in sys.modules],
}))
"""

#: The libraries alone: what no bundle can load without.
LIBRARIES = """
import json, time
def held():
    return int(open("/proc/self/statm").read().split()[1]) * 4096 / 1e6
began, bare = time.perf_counter(), held()
import numpy, onnxruntime
print(json.dumps({"libraries_ms": (time.perf_counter() - began) * 1e3, "libraries_mb": held() - bare}))
"""

#: One row after the other, asked of both; each part of the answer alone.
ROW = """
import json, sys, time
from pathlib import Path
import journeyman as jm
from journeyman.bundle.audit import audit_graph
from journeyman.bundle.model import Model
from journeyman.bundle.reader import Reader
from journeyman.bundle.session import Session
from journeyman.bundle.together import TOGETHER
model, rows = jm.load(sys.argv[1]), json.load(open(sys.argv[2]))
after = model.manifest
reader = Reader(after.columns, beside=[column.name for column in after.rule_columns])
def session(path, together=0):
    content = Path(path).read_bytes()
    facts = audit_graph(content, after)
    return Session(content, after.outputs, facts.cells_a_row, together or facts.together), facts
graph, facts = session(Path(sys.argv[3]) / "model.onnx")
asked = {"answer": model.predict_one, "read": reader.one, "graph": lambda row: graph.one(reader.one(row)[0])}
told = {"nodes": facts.nodes, "rows_together": facts.together}
if len(sys.argv) > 4:
    plain, facts = session(sys.argv[4], TOGETHER)
    asked["answer_before"] = Model(after, plain).predict_one
    asked["graph_before"] = lambda row: plain.one(reader.one(row)[0])
    told["nodes_before"], told["bytes_before"] = facts.nodes, Path(sys.argv[4]).stat().st_size
# As a service asks: nothing else is done in between, and what the answer needs stays in the processor's memory.
alone = []
for row in [*rows, *rows]:
    began = time.perf_counter()
    model.predict_one(row)
    alone.append(time.perf_counter() - began)
alone = sorted(alone[len(rows):])
for share in (50, 99):
    told[f"alone_us_p{share}"] = alone[len(alone) * share // 100] * 1e6
for clock, unit in ((time.perf_counter, "us"), (time.thread_time, "cpu_us")):
    taken = {name: [] for name in asked}
    for row in rows:
        for name, ask in asked.items():
            began = clock()
            ask(row)
            taken[name].append(clock() - began)
    for name, some in taken.items():
        some = sorted(some[50:])
        for share in (50, 99):
            told[f"{name}_{unit}_p{share}"] = some[len(some) * share // 100] * 1e6
# What reads the row for the graph is told apart.
for name in ("graph", "graph_before"):
    for unit in ("us", "cpu_us"):
        if name in asked:
            told[f"{name}_{unit}_p50"] -= told[f"read_{unit}_p50"]
            del told[f"{name}_{unit}_p99"]
print(json.dumps(told))
"""


def main() -> None:
    """Build, measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=Path)
    parser.add_argument("--trials", default="14")
    parser.add_argument("--only", default="")
    parser.add_argument("--run", type=Path)
    parser.add_argument("--rows", type=Path)
    parser.add_argument("--plain", type=Path, help="the graph of --run as it was before it was made smaller")
    parser.add_argument("--out", type=Path, default=HERE / "results" / "latency.json")
    given = parser.parse_args()
    given.out.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="latency") as name:
        scratch = Path(name)
        found = {"measured": [], **machine(), "load_average": os.getloadavg()[0], **_fresh(LIBRARIES)}
        if given.run:
            found["measured"].append(measured(given.run.name, given.run, given.rows, given.plain, scratch))
        for task, (target, options) in TASKS.items() if given.tasks else ():
            if task in (given.only.split(",") if given.only else TASKS):
                table = given.tasks / task / "table.parquet"
                run, plain = scratch / task, scratch / f"{task}.onnx"
                asked = [
                    "build",
                    str(table),
                    "--predict",
                    target,
                    "--trials",
                    given.trials,
                    "--out",
                    str(run),
                    *options,
                ]
                subprocess.run([sys.executable, "-c", BUILD, str(plain), *asked], check=True, stdout=subprocess.DEVNULL)
                found["measured"].append(measured(task, run, table, plain, scratch))
                # Whoever stops it keeps what is done.
                given.out.write_text(json.dumps(found, indent=1) + "\n")
        helps = [_seconds([sys.executable, "-m", "journeyman", "--help"]) for _ in range(PROCESSES)]
        found["help_ms"] = round(statistics.median(helps) * 1e3, 1)
    given.out.write_text(json.dumps(found, indent=1) + "\n")
    sys.stdout.write(json.dumps(found, indent=1) + "\n")


def measured(name: str, run: Path, table: Path, plain: Path | None, scratch: Path) -> dict[str, Any]:
    """The figures of one bundle.

    Parameters
    ----------
    table : where rows are
    plain : the graph before it was made smaller, where it was kept
    """
    bundle = run / "bundle"
    manifest = json.loads((bundle / "manifest.json").read_text())
    columns = {one["name"]: one["kind"] for one in manifest["schema"]}
    names = list(dict.fromkeys([*columns, *(one["name"] for one in manifest["rule_columns"])]))
    frame = pl.read_csv(table) if table.suffix == ".csv" else pl.read_parquet(table)
    rows = scratch / "rows.json"
    rows.write_text(json.dumps(frame.select(names).head(ROWS).to_dicts(), default=str))
    kinds = {kind: list(columns.values()).count(kind) for kind in sorted(set(columns.values()))}
    told = {"task": name, "columns": kinds, "decides": manifest["decision"] is not None}
    told["bytes"] = sum(one.stat().st_size for one in bundle.iterdir())
    told["graph_bytes"] = (bundle / "model.onnx").stat().st_size
    told |= _fresh(COLD, str(run), str(rows))
    return told | _fresh(ROW, str(run), str(rows), str(bundle), *([str(plain)] if plain else []))


def _fresh(program: str, *words: str) -> dict[str, Any]:
    """Medians of what a program tells, over fresh processes."""
    found = []
    for _ in range(PROCESSES):
        command = [sys.executable, "-c", program, *words]
        found.append(json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout))
    return {
        name: round(statistics.median(one[name] for one in found), 1) if isinstance(value, int | float) else value
        for name, value in found[0].items()
    }


def _seconds(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, capture_output=True, check=True)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
