"""How fast a bundle answers and Journeyman starts: medians over fresh processes and single rows.

python benchmarks/latency.py RUN ROWS.csv [--out FILE]
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
from machine import machine

FRESH = """
import sys, time
began = time.perf_counter()
import journeyman as jm
imported = time.perf_counter()
model = jm.load({run!r})
model.predict_one({row!r})
ended = time.perf_counter()
names = ("polars", "pandas", "sklearn", "lightgbm", "scipy", "onnx", "msgspec")
heavy = [name for name in names if name in sys.modules]
print(imported - began, ended - began, ",".join(heavy) or "none")
"""


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run")
    parser.add_argument("rows")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "latency.json")
    given = parser.parse_args()
    import journeyman as jm

    model = jm.load(given.run)
    names = [column.name for column in model.columns]
    table = pl.read_csv(given.rows) if given.rows.endswith(".csv") else pl.read_parquet(given.rows)
    rows = table.select(names).head(2000).to_dicts()
    imports, firsts, heavy = [], [], set()
    for _ in range(9):
        code = FRESH.format(run=given.run, row=rows[0])
        said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
        imports.append(float(said[0]))
        firsts.append(float(said[1]))
        heavy.add(said[2])
    helps = []
    for _ in range(9):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "journeyman", "--help"], capture_output=True, check=True)
        helps.append(time.perf_counter() - began)
    ones = []
    for row in rows:
        began = time.perf_counter()
        model.predict_one(row)
        ones.append(time.perf_counter() - began)
    ones.sort()
    figures = {
        **machine(),
        "import_seconds_p50": statistics.median(imports),
        "help_seconds_p50": statistics.median(helps),
        "load_and_first_prediction_seconds_p50": statistics.median(firsts),
        "heavy_modules": sorted(heavy),
        "predict_one_microseconds_p50": ones[len(ones) // 2] * 1e6,
        "predict_one_microseconds_p99": ones[len(ones) * 99 // 100] * 1e6,
    }
    given.out.parent.mkdir(exist_ok=True)
    given.out.write_text(json.dumps(figures, indent=1) + "\n")
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
