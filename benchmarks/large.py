"""Reading tables that are large: 1 million rows by 100 columns of Parquet, and text of 1 GB with memory flat.

    python benchmarks/large.py [--rows 1000000] [--gigabytes 1] [--work DIR] [--out FILE]

Each case is a fresh process on two threads: seconds from its start to a table whose columns are typed, and the peak of
its resident memory. Text of a quarter, a half and the whole size is read under one bound on what is held, so that a
peak which grows with the file would be seen. Beside it what polars takes to read the same cells and type nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from machine import machine

COLUMNS = 100
#: Bytes of cells that are held while text is read, as `build --memory 1GB` would have it.
HELD = 2**28
OURS = """
import sys, time
from pathlib import Path
began = time.perf_counter()
from journeyman.sources.read import read
table = read(sys.argv[1], most=int(sys.argv[2]))
seconds = time.perf_counter() - began
peak = int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]) / 1024
print(seconds, peak, table.ledger.read, table.rows)
"""
POLARS = """
import sys, time
from pathlib import Path
began = time.perf_counter()
import polars as pl
frame = (pl.read_parquet if sys.argv[1].endswith("parquet") else pl.read_csv)(sys.argv[1])
seconds = time.perf_counter() - began
peak = int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]) / 1024
print(seconds, peak, frame.height, frame.height)
"""


def main() -> None:
    """Make the tables, read them, keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--gigabytes", type=float, default=1.0)
    parser.add_argument("--work", type=Path, help="where the tables are made; a temporary folder where it is not said")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "large.json")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.work) as folder:
        rows = [_parquet(Path(folder), given.rows), *_texts(Path(folder), given.gigabytes)]
    for row in rows:
        print(json.dumps(row))  # noqa: T201 - what was measured
    given.out.write_text(json.dumps({"machine": machine(), "cases": rows}, indent=1) + "\n", encoding="utf-8")


def _parquet(folder: Path, rows: int) -> dict[str, Any]:
    path = folder / "wide.parquet"
    _frame(rows, COLUMNS, seed=0).write_parquet(path)
    case = {"case": f"Parquet, {rows:,} rows x {COLUMNS} columns", "bytes": path.stat().st_size}
    return {**case, "ours": _measured(OURS, path, 2**30), "polars": _measured(POLARS, path)}


def _texts(folder: Path, gigabytes: float) -> list[dict[str, Any]]:
    """CSV of a quarter, a half and the whole size; each is the one before, and more rows."""
    path, found = folder / "long.csv", []
    for part in (0.25, 0.5, 1.0):
        seed = 0
        with path.open("ab") as file:
            while file.tell() < part * gigabytes * 2**30:
                seed += 1
                frame = _frame(200_000, 12, seed)
                frame.write_csv(file, include_header=file.tell() == 0)
        case = {"case": f"CSV of {part * gigabytes:g} GiB, 12 columns", "bytes": path.stat().st_size, "held": HELD}
        found.append({**case, "ours": _measured(OURS, path, HELD), "polars": _measured(POLARS, path)})
    return found


def _frame(rows: int, columns: int, seed: int) -> pl.DataFrame:
    """Numbers, numbers with gaps, whole numbers, words, codes and days in turn."""
    random = np.random.default_rng(seed)
    found: dict[str, Any] = {}
    for place in range(columns):
        kind = place % 10
        if kind < 5:
            found[f"amount_{place}"] = np.round(random.normal(size=rows) * 100, 3)
        elif kind == 5:
            gaps = np.where(random.random(rows) < 0.2, np.nan, np.round(random.normal(size=rows), 6))
            found[f"gaps_{place}"] = pl.Series(gaps).fill_nan(None)
        elif kind == 6:
            found[f"count_{place}"] = random.integers(0, 1000, rows)
        elif kind == 7:
            found[f"word_{place}"] = np.array(["red", "green", "blue", "yellow"])[random.integers(0, 4, rows)]
        elif kind == 8:
            found[f"code_{place}"] = [f"K{number}" for number in random.integers(0, 20_000, rows).tolist()]
        else:
            days = np.datetime64("2020-01-01") + random.integers(0, 1500, rows)
            found[f"day_{place}"] = pl.Series(days.astype("datetime64[us]")).cast(pl.Date)
    return pl.DataFrame(found)


def _measured(code: str, path: Path, *arguments: int) -> dict[str, float]:
    threads = {"POLARS_MAX_THREADS": "2", "OMP_NUM_THREADS": "2"}
    command = [sys.executable, "-c", code, str(path), *map(str, arguments)]
    said = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, **threads}).stdout
    seconds, peak, read, used = said.split()
    figures = {"seconds": round(float(seconds), 2), "peak_mib": round(float(peak)), "rows_read": int(read)}
    return {**figures, "rows_used": int(used)}


if __name__ == "__main__":
    main()
