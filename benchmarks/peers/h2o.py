"""H2O's AutoML, on a server of its own on this machine; it needs Java. ``run.py`` says what an adapter is.

Printed is the leader's score in cross-validation.
"""

from __future__ import annotations

import shutil
import socket
import time
from pathlib import Path
from typing import Any

import h2o
import numpy as np
import pandas as pd
from h2o.automl import H2OAutoML

LIBRARY = "h2o"
METRICS = {"log_loss": "logloss", "roc_auc": "AUC", "rmse": "RMSE", "mae": "MAE"}

if shutil.which("java") is None:
    raise SystemExit("H2O needs Java, and there is none")


def fit(rows: pd.DataFrame, job: dict[str, Any], place: Path) -> dict[str, Any]:
    """Its budget is that of the AutoML call: the server's start and the table's way into it come before."""
    _start(job["threads"])
    target = job["target"]
    kinds = {name: "enum" if rows[name].dtype == bool else None for name in rows}
    if job["task"] != "regression":
        kinds[target] = "enum"
    frame = h2o.H2OFrame(rows, column_types={name: kind for name, kind in kinds.items() if kind is not None})
    run = H2OAutoML(max_runtime_secs=job["seconds"], sort_metric=job["their_metric"], seed=job["seed"] + 1)
    began = time.monotonic()
    run.train(x=[name for name in rows if name != target], y=target, training_frame=frame)
    taken = time.monotonic() - began
    if run.leader is None:
        raise SystemExit("it ended without a model")
    place.mkdir()
    saved = h2o.save_model(run.leader, path=str(place), force=True)
    (place / "name.txt").write_text(Path(saved).name)
    pd.Series(frame.types).to_json(place / "types.json")
    column = {"AUC": "auc", "logloss": "logloss", "RMSE": "rmse", "MAE": "mae"}[job["their_metric"]]
    board = run.leaderboard.as_data_frame()
    told = {
        "fit_seconds": taken,
        "printed": float(board[column].iloc[0]),
        "model": str(run.leader.model_id),
        "says": [str(name) for name in board.columns],
        "settings": "AutoML",
    }
    h2o.cluster().shutdown()
    return told


def load(place: Path) -> Any:
    """A new server reads the saved model; the server ends with this process."""
    _start(None)
    name = (place / "name.txt").read_text()
    return h2o.load_model(str(place / name)), pd.read_json(place / "types.json", typ="series")


def answers(model: Any, rows: pd.DataFrame, job: dict[str, Any]) -> Any:
    """Columns are read as they were for learning."""
    scored, types = model
    given = {name: types[name] for name in rows}
    found = scored.predict(h2o.H2OFrame(rows, column_types=given)).as_data_frame()
    if job["task"] == "regression":
        return found["predict"].to_numpy(np.float64)
    return _by_class(found, job["classes"])


def _by_class(found: pd.DataFrame, classes: list[str]) -> pd.DataFrame:
    # A class that is a number gets a "p" before its name.
    names = {name: name if name in found else f"p{name}" for name in classes}
    return pd.DataFrame({name: found.get(there, 0.0) for name, there in names.items()})


def _start(threads: int | None) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    h2o.init(ip="127.0.0.1", port=port, nthreads=threads or -1, start_h2o=True, verbose=False, log_level="ERRR")
    h2o.no_progress()
