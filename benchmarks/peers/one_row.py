"""What one row takes with our bundle: ``python -P one_row.py FOLDER``, which holds a run and test.parquet.

It is told in FOLDER/told.json, as ``run.py`` tells it of a peer.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from pathlib import Path

import polars as pl

import journeyman

folder = Path(sys.argv[1])
rows = pl.read_parquet(folder / "test.parquet", n_rows=31).to_dicts()
began = time.monotonic()
model = journeyman.load(folder / "run")
loaded = time.monotonic() - began
taken = []
for row in rows:
    began = time.perf_counter()
    model.predict_one(row)
    taken.append(time.perf_counter() - began)
told = {"load_seconds": round(loaded, 4), "row_ms": round(1000 * statistics.median(taken[1:] or taken), 4)}
(folder / "told.json").write_text(json.dumps(told))
