"""Workbooks, JSON, Arrow and Parquet: are real sheets read right without a hint, and how long does a large file take?

    python benchmarks/files.py [--files DIR] [--rows N] [--peers PYTHON]
    python benchmarks/files.py --table

DIR holds real workbooks. `files_truth.json` says of each of their sheets, as a person sees it: which row names the
columns, how many rows of data and columns there are, and how many of these hold numbers. Every reader is told the
sheet where a file has several, and nothing else. For speed a table of N rows and 20 columns is written in each format.
Each reading is in a process of its own; PYTHON is one in which all peers are installed (polars needs fastexcel for
workbooks; DuckDB fetches an extension for them from the network, which is not done here).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from machine import machine

RESULTS = Path(__file__).parent / "results"
TRUTH = Path(__file__).parent / "files_truth.json"
READERS = ("ours", "pandas", "polars", "duckdb")
FORMATS = ("xlsx", "json", "jsonl", "feather", "parquet")
#: A name that a reader made up is none.
MADE_UP = ("Unnamed:", "__UNNAMED__", "column_", "_duplicated")


def main() -> None:
    """Measure, or show what was measured."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=Path)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--peers", default=sys.executable)
    parser.add_argument("--table", action="store_true")
    parser.add_argument("--read", nargs=3, metavar=("READER", "PATH", "PART"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.read:
        print(json.dumps(_read(*given.read)))  # noqa: T201 - the answer to the process that asked
        return
    if not given.table:
        found = {
            "machine": machine(),
            "sheets": _sheets(given.files, given.peers),
            "speed": _speed(given.rows, given.peers),
        }
        (RESULTS / "files.json").write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n")
    text = _as_tables(json.loads((RESULTS / "files.json").read_text()))
    (RESULTS / "files.md").write_text(text)
    print(text)  # noqa: T201 - what was asked for


def _sheets(folder: Path | None, peers: str) -> list[dict[str, Any]]:
    found = []
    for truth in json.loads(TRUTH.read_text()) if folder else []:
        names = _names(folder / truth["file"], truth["part"], truth["header"])
        for reader in READERS:
            read = _asked(reader, folder / truth["file"], truth["part"], peers)
            row = {"sheet": truth["part"] or truth["file"], "reader": reader} | _judged(read, truth, names)
            print(row, file=sys.stderr)  # noqa: T201 - progress
            found.append(row)
    return found


def _names(path: Path, part: str, header: int) -> list[str]:
    """The words of the row that names the columns, as they stand in the sheet."""
    import python_calamine

    with python_calamine.CalamineWorkbook.from_path(path) as book:
        sheet = book.get_sheet_by_name(part) if part else book.get_sheet_by_index(0)
        row = list(sheet.iter_rows())[header - 1]
    return [_plain(str(cell)) for cell in row if str(cell).strip()]


def _judged(read: dict[str, Any], truth: dict[str, Any], names: list[str]) -> dict[str, Any]:
    if "error" in read:
        return read
    # A name that stands several times may have something before it or a number behind it.
    got = [_plain(name) for name in read["names"] if not name.startswith(MADE_UP)]
    named = sum(
        1 for name in names if any(one == name or one.endswith(f" {name}") or one.startswith(name) for one in got)
    )
    return {
        "rows": read["rows"] == truth["rows"],
        "columns": len(read["names"]) == truth["columns"],
        "named": round(named / len(names), 3),
        "numbers": round(min(read["numbers"], truth["numbers"]) / max(read["numbers"], truth["numbers"], 1), 3),
        "seconds": read["seconds"],
    }


def _speed(rows: int, peers: str) -> list[dict[str, Any]]:
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for path in _written(Path(folder), rows):
            for reader in READERS:
                read = _asked(reader, path, "", peers)
                read.pop("names", None)
                row = {"format": path.suffix[1:], "reader": reader, "mb": round(path.stat().st_size / 1e6, 1), **read}
                print(row, file=sys.stderr)  # noqa: T201 - progress
                found.append(row)
    return found


def _written(folder: Path, rows: int) -> list[Path]:
    """A table of numbers, whole numbers and words in each format."""
    import numpy as np
    import openpyxl
    import polars as pl

    draw = np.random.default_rng(0)
    columns: dict[str, Any] = {f"x{place}": draw.normal(size=rows) for place in range(10)}
    columns |= {f"n{place}": draw.integers(0, 1000, rows) for place in range(5)}
    columns |= {f"w{place}": [f"level {one}" for one in draw.integers(0, 50, rows)] for place in range(5)}
    frame = pl.DataFrame(columns)
    paths = {ending: folder / f"measured.{ending}" for ending in FORMATS}
    frame.write_json(paths["json"])
    frame.write_ndjson(paths["jsonl"])
    frame.write_ipc(paths["feather"])
    frame.write_parquet(paths["parquet"])
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Data")
    for row in [frame.columns, *frame.rows()]:
        sheet.append(row)
    book.save(paths["xlsx"])
    return list(paths.values())


def _asked(reader: str, path: Path, part: str, peers: str) -> dict[str, Any]:
    command = [sys.executable if reader == "ours" else peers, __file__, "--read", reader, str(path), part]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return {"error": done.stderr.strip().splitlines()[-1][:120]}
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _read(reader: str, path: str, part: str) -> dict[str, Any]:
    """Read once; seconds with the import of the reader, and the largest resident memory of the process."""
    began = time.perf_counter()
    names, rows, numbers = _READ[reader](path, part)
    seconds = time.perf_counter() - began
    peak = int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]) / 1024
    return {"names": names, "rows": rows, "numbers": numbers, "seconds": round(seconds, 2), "peak_mb": round(peak)}


def _ours(path: str, part: str) -> tuple[list[str], int, int]:
    from journeyman.sources.read import read_raw

    raw = read_raw(path, table=part)
    return raw.frame.columns, raw.ledger.used, sum(kind.is_numeric() for kind in raw.frame.dtypes)


def _pandas(path: str, part: str) -> tuple[list[str], int, int]:
    import pandas as pd

    ways = {
        ".xlsx": lambda: pd.read_excel(path, sheet_name=part or 0),
        ".json": lambda: pd.read_json(path),
        ".jsonl": lambda: pd.read_json(path, lines=True),
        ".feather": lambda: pd.read_feather(path),
        ".parquet": lambda: pd.read_parquet(path),
    }
    frame = ways[Path(path).suffix]()
    return [str(name) for name in frame.columns], len(frame), sum(kind.kind in "iuf" for kind in frame.dtypes)


def _polars(path: str, part: str) -> tuple[list[str], int, int]:
    import polars as pl

    ways = {
        ".xlsx": lambda: pl.read_excel(path, **({"sheet_name": part} if part else {})),
        ".json": lambda: pl.read_json(path),
        ".jsonl": lambda: pl.read_ndjson(path),
        ".feather": lambda: pl.read_ipc(path),
        ".parquet": lambda: pl.read_parquet(path),
    }
    frame = ways[Path(path).suffix]()
    return frame.columns, frame.height, sum(kind.is_numeric() for kind in frame.dtypes)


def _duckdb(path: str, part: str) -> tuple[list[str], int, int]:
    import duckdb

    if path.endswith((".xlsx", ".feather")):
        raise SystemExit("DuckDB reads this only with an extension from the network")
    frame = duckdb.sql(f"SELECT * FROM '{path}'").pl()  # noqa: S608 - our own temporary file
    return frame.columns, frame.height, sum(kind.is_numeric() for kind in frame.dtypes)


_READ = {"ours": _ours, "pandas": _pandas, "polars": _polars, "duckdb": _duckdb}


def _plain(name: str) -> str:
    return " ".join(name.split())


def _as_tables(found: dict[str, Any]) -> str:
    lines = [
        "| sheet | reader | rows right | columns right | names found | columns of numbers | seconds |",
        "|---|---|---|---|--:|--:|--:|",
    ]
    for one in found["sheets"]:
        cells = (
            [one.get("error", "")]
            if "error" in one
            else [str(one[key]) for key in ("rows", "columns", "named", "numbers", "seconds")]
        )
        lines.append(f"| {one['sheet']} | {one['reader']} | " + " | ".join(cells + [""] * (5 - len(cells))) + " |")
    lines += ["", "| format | MB | reader | rows | seconds | peak MB |", "|---|--:|---|--:|--:|--:|"]
    for one in found["speed"]:
        cells = (
            [one["error"], "", ""] if "error" in one else [f"{one['rows']:,}", str(one["seconds"]), str(one["peak_mb"])]
        )
        lines.append(f"| {one['format']} | {one['mb']} | {one['reader']} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
