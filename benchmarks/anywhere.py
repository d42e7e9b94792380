"""Does a bundle answer elsewhere as where it was built: other Pythons, nothing but what serves, no network?

python benchmarks/anywhere.py RUN=TABLE... --python PATH [--python PATH...] [--oldest] [--rows 2000] [--out FILE]

TABLE (CSV or Parquet) has rows as the run's model reads them; some cells are made missing, unseen, huge or of a wrong
type. This Python, with the trainer, answers them; then each other one does in a fresh environment with the distribution
that only serves, under ``unshare -n``. Answers are compared bit for bit, every column of them. ``--oldest`` adds an
environment of this Python with the oldest numpy and onnxruntime that the package allows, which may round otherwise:
there the largest difference counts, and every answer that is no number.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
import tempfile
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from machine import machine
from slim_environment import environment, offline, said_by, serving_wheel

import journeyman as jm

SCRIPT = Path(__file__).parent / "slim" / "answer.py"
#: Cells that no training row had, or that are of another type; each tenth row gets one in a column drawn at random.
STRANGE = (None, "", "never seen \U0001f600", "NaN", 1e300, -1e300, -1, "12,5", True, "2031-13-45", " ", "\u2028")


def main() -> None:
    """Ask, compare, keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", nargs="+", metavar="RUN=TABLE")
    parser.add_argument("--python", action="append", default=[], help="another interpreter; this one is always asked")
    parser.add_argument("--oldest", action="store_true", help="ask the oldest libraries that are allowed, too")
    parser.add_argument("--rows", type=int, default=2000)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "anywhere.json")
    given = parser.parse_args()
    found: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wheel = serving_wheel(folder)
        pythons = [
            environment(python, folder / f"environment-{place}", wheel)
            for place, python in enumerate((sys.executable, *given.python))
        ]
        if given.oldest:
            pythons.append(environment(sys.executable, folder / "oldest", wheel, oldest=True))
        for place, pair in enumerate(given.pairs):
            run, _, table = pair.rpartition("=")
            rows = folder / f"rows-{place}.json"
            rows.write_text(json.dumps(rows_of(Path(run), Path(table), given.rows)))
            found += compared(Path(run).resolve(), rows, pythons)
    figures = {
        **machine(),
        "network": "off" if offline() else "on: this machine lets nobody switch it off",
        "rows_of_each": given.rows,
        "identical": f"{sum(one['identical'] for one in found)} of {len(found)}",
        "largest_difference": max(one["largest_difference"] for one in found),
        "all_texts_identical": all(one["texts_identical"] for one in found),
        "answers": found,
    }
    given.out.parent.mkdir(exist_ok=True)
    given.out.write_text(json.dumps(figures, indent=1) + "\n")
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")


def rows_of(run: Path, table: Path, count: int) -> list[dict[str, Any]]:
    """Rows as JSON holds them, times as {"time": …}; the same every time."""
    model = jm.load(run)
    names = list(dict.fromkeys(one.name for one in (*model.columns, *model.manifest.rule_columns)))
    frame = pl.read_parquet(table) if table.suffix == ".parquet" else pl.read_csv(table)
    frame = frame.select(names).sample(min(count, frame.height), seed=0)
    draw = random.Random(0)
    rows = []
    for row in frame.iter_rows(named=True):
        if draw.random() < 0.1:
            row[draw.choice(names)] = draw.choice(STRANGE)
        rows.append({name: {"time": _moment(cell)} if isinstance(cell, date) else cell for name, cell in row.items()})
    return rows


def compared(run: Path, rows: Path, pythons: Sequence[str]) -> list[dict[str, Any]]:
    """What each Python answers, held against what this one with the trainer answers."""
    model = jm.load(run)
    here = json.loads(said_by(sys.executable, SCRIPT, str(run), str(rows)))
    found = []
    for python in pythons:
        there = json.loads(said_by(python, SCRIPT, str(run), str(rows)))
        same = [name for name, column in here["answers"].items() if column == there["answers"].get(name)]
        numbers = [name for name, column in here["answers"].items() if any(isinstance(one, float) for one in column)]
        found.append(
            {
                "run": run.name,
                "task": model.task,
                "decides": model.manifest.rule is not None,
                "kinds": sorted({one.kind for one in model.columns}),
                "bundle": hashlib.sha256(model.manifest.content()).hexdigest()[:12],
                "python": there["python"],
                "versions": there["versions"],
                "trainer_there": bool(set(there["outside"]) & {"polars", "sklearn", "lightgbm", "scipy", "onnx"}),
                "outside_modules": there["outside"],
                "network_there": there["network"],
                "rows": len(here["answers"]["status"]),
                "statuses": {one: here["answers"]["status"].count(one) for one in ("ok", "unusual", "refused")},
                "columns_of_answers": len(here["answers"]),
                "texts_identical": set(here["answers"]) - set(same) <= set(numbers),
                "identical": len(same) == len(here["answers"]) == len(there["answers"]),
                "one_row_alone_identical": here["alone"] == there["alone"],
                "largest_difference": max(_apart(here["answers"][one], there["answers"][one]) for one in numbers),
            }
        )
    return found


def _moment(cell: date) -> str:
    return (cell if isinstance(cell, datetime) else datetime.combine(cell, time())).isoformat()


def _apart(one: list[float | None], other: list[float | None]) -> float:
    """The largest difference, relative to max(1, |value|); infinite where one is missing and the other is not."""
    first, second = (np.array([np.nan if cell is None else cell for cell in cells], float) for cells in (one, other))
    if not np.array_equal(np.isnan(first), np.isnan(second)):
        return float("inf")
    return float(np.nanmax(np.abs(first - second) / np.maximum(1.0, np.abs(first)), initial=0.0))


if __name__ == "__main__":
    main()
