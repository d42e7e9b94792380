"""How fast our bundle answers: ``python -P own_speed.py FOLDER``, as ``run.py`` finds it out of a peer.

FOLDER holds a run, test.parquet, and job.json with the moment at which this process was started. What rows a service is
asked for come as JSON, so the first of them is read from rows.json.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import journeyman


def main() -> None:
    """Ask for rows as dicts one by one, and for a table."""
    folder = Path(sys.argv[1])
    job = json.loads((folder / "job.json").read_text())
    rows = json.loads((folder / "rows.json").read_text())
    model = journeyman.load(folder / "run")

    def ask(given: Any) -> Any:
        return model.predict_one(given) if isinstance(given, dict) else model.predict(given)

    told = stopwatch().taken(job["started"], ask, rows, lambda: table(folder, job["many"]), job["many"])
    (folder / "told.json").write_text(json.dumps(told))


def table(folder: Path, count: int) -> Any:
    """So many rows, the test rows again and again. The library of tables is none of what one row needs."""
    import polars as pl

    rows = pl.read_parquet(folder / "test.parquet")
    return pl.concat([rows] * (count // rows.height + 1)).head(count)


def stopwatch() -> ModuleType:
    """The file beside this one; its folder is on no path."""
    spec = importlib.util.spec_from_file_location("taken", Path(__file__).with_name("taken.py"))
    if spec is None or spec.loader is None:
        raise SystemExit("taken.py is missing")
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


if __name__ == "__main__":
    main()
