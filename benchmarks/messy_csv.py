"""Badly written CSV files, read without being told how: ours beside pandas, polars, DuckDB and clevercsv.

    python benchmarks/messy_csv.py --data DIR [--set polluted_files] --scorer FILE [--out FILE]
    python benchmarks/messy_csv.py --table [--out FILE]

``--data`` holds the benchmark's files (``SET/csv``, ``SET/clean``), ``--scorer`` is its scorer as a Python file; both
stay where they are, only figures are kept. One row a set and reader is written: the score (of ten), files refused,
files read exactly, and silent damage: files that are not read exactly and that nothing is told of. For ours, telling
is a finding that names rows or lines, or a row set aside; other readers tell by refusing.

Names are judged as they stand in the file: what we change about them (two of the same name, none, blanks around one)
is told with what they were. A file without names has ``col_0, col_1, …`` in the benchmark, and from ours here.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from machine import machine
from rows import rows_of

from journeyman.errors import JourneymanError, SourceError
from journeyman.sources.read import read_raw

RESULTS = Path(__file__).parent / "results" / "messy_csv.jsonl"
PEERS = ("pandas", "pandas_sniff", "polars", "duckdb", "duckdb_lenient", "clevercsv", "pycsv")
Rows = list[list[str]]


def main() -> None:
    """Read, score, keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--set", default="polluted_files")
    parser.add_argument("--scorer", type=Path)
    parser.add_argument("--out", type=Path, default=RESULTS)
    parser.add_argument("--table", action="store_true")
    given = parser.parse_args()
    if given.table:
        print(_table(rows_of(given.out)))  # noqa: T201 - a table for a page
        return
    if given.data is None or given.scorer is None:
        parser.error("say where the files are and what scores them: --data DIR --scorer FILE")
    warnings.simplefilter("ignore")
    scorer = _loaded(given.scorer)
    readers: dict[str, Callable[[Path], tuple[Rows, bool]]] = {"Journeyman": ours}
    readers |= {name: _peer(getattr(scorer, f"a_{name}")) for name in PEERS}
    kept = [row for row in rows_of(given.out) if row["set"] != given.set] if given.out.exists() else []
    for name, reader in readers.items():
        row = {"set": given.set, "reader": name, **_scored(given.data, given.set, scorer, reader)}
        if row["refused"] < row["files"]:  # a library that is not there refuses all
            kept.append({**row, **machine()})
            print(json.dumps(row))  # noqa: T201 - what was measured
    given.out.write_text("".join(json.dumps(row) + "\n" for row in kept), encoding="utf-8")


def ours(path: Path) -> tuple[Rows, bool]:
    """The table as read, its header first, and whether something that names rows or lines is told of it."""
    try:
        raw = read_raw(path)
    except SourceError as error:
        if error.code == "empty_file":
            return [], True  # said, and all there is
        raise
    told = bool(raw.ledger.set_aside) or any(one.rows or one.numbers.get("lines") for one in raw.findings)
    has_names = all(one.code != "no_header" for one in raw.findings)
    used = raw.usable().frame
    rows = [[cell or "" for cell in row] for row in used.rows()]
    was = {new: old for one in raw.findings for new, old in one.numbers.get("was", {}).items()}
    names = [was.get(name, name) for name in used.columns]
    return [names if has_names else [f"col_{place}" for place in range(len(names))], *rows], told


def _scored(data: Path, name: str, scorer: ModuleType, reader: Callable[[Path], tuple[Rows, bool]]) -> dict[str, Any]:
    folder = data / name
    files = sorted(one.name for one in (folder / "csv").iterdir())
    path = data / "pollock_weights.json"
    weights = json.loads(path.read_text()) if name == "polluted_files" and path.exists() else {}
    normal = scorer.norm_factory(str(data))
    scores: dict[str, Sequence[float]] = {}
    refused = exact = silent = 0
    for one in files:
        try:
            rows, told = reader(folder / "csv" / one)
        except Exception:  # noqa: BLE001 - a reader may refuse as it likes
            scores[one], refused = [0.0] * 10, refused + 1
            continue
        scores[one] = [1.0, *scorer.score(scorer.rows_of(folder / "clean" / one), rows, normal)]
        is_exact = min(scores[one]) == 1
        exact += is_exact
        silent += not is_exact and not told
    kinds = sorted({re.sub(r"[0-9]+.*|\.csv", "", one) for one in files}) if weights else []
    return {
        "files": len(files),
        "simple": _mean(scores, dict.fromkeys(files, 1.0)),
        "weighted": _mean(scores, weights) if weights else None,
        "refused": refused,
        "exact": exact,
        "silent": silent,
        "kinds": {kind: _mean({k: v for k, v in scores.items() if k.startswith(kind)}, {}) for kind in kinds},
    }


def _mean(scores: dict[str, Sequence[float]], weights: dict[str, float]) -> float:
    some = {one: weights.get(one, 1.0 if not weights else 0.0) for one in scores}
    return round(sum(sum(scores[one]) * weight for one, weight in some.items()) / max(sum(some.values()), 1e-9), 4)


def _peer(read: Callable[[str], Rows]) -> Callable[[Path], tuple[Rows, bool]]:
    return lambda path: (read(str(path)), False)


def _loaded(path: Path) -> ModuleType:
    found = importlib.util.spec_from_file_location("scorer", path)
    if found is None or found.loader is None:
        raise JourneymanError(f"{path} is no Python file", remedy="name the scorer")
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def _table(rows: Sequence[dict[str, Any]]) -> str:
    lines = [
        "| files | reader | simple | weighted | refused | exact | silent damage |",
        "|---|---|--:|--:|--:|--:|--:|",
    ]
    for row in rows:
        weighted = "" if row["weighted"] is None else f"{row['weighted']:.3f}"
        figures = f"{row['simple']:.3f} | {weighted} | {row['refused']} | {row['exact']} | {row['silent']}"
        lines.append(f"| {row['set']} ({row['files']}) | {row['reader']} | {figures} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
