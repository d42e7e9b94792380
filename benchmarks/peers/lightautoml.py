"""LightAutoML's preset for tables. ``run.py`` says what an adapter is.

It prints no score.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import joblib
import numpy as np
import pandas as pd
from lightautoml.automl.presets.tabular_presets import TabularAutoML
from lightautoml.tasks import Task

LIBRARY = "lightautoml"
METRICS = {"log_loss": "logloss", "roc_auc": "auc", "rmse": "mse", "mae": "mae"}
TASKS = {"binary": "binary", "multiclass": "multiclass", "regression": "reg"}


def fit(rows: pd.DataFrame, job: dict[str, Any], place: Path) -> dict[str, Any]:
    """Classes are given as their places, so that answers come in the job's order."""
    rows = rows.copy()
    if job["task"] != "regression":
        rows[job["target"]] = rows[job["target"]].map({name: at for at, name in enumerate(job["classes"])}).astype(int)
    metric = "crossentropy" if job["task"] == "multiclass" else job["their_metric"]
    # Told to judge by absolute errors, it learns them too.
    loss = {"loss": "mae"} if metric == "mae" else {}
    model = TabularAutoML(
        task=Task(TASKS[job["task"]], metric=metric, **loss),
        timeout=job["seconds"],
        reader_params={"random_state": job["seed"]},
        **({} if job["threads"] is None else {"cpu_limit": job["threads"]}),
    )
    model.fit_predict(rows, roles={"target": job["target"]}, verbose=0)
    place.mkdir()
    joblib.dump(model, place / "model.joblib")
    return {"model": "TabularAutoML", "settings": "TabularAutoML"}


def load(place: Path) -> Any:
    """The pickled model."""
    return joblib.load(place / "model.joblib")


def answers(model: Any, rows: pd.DataFrame, job: dict[str, Any]) -> Any:
    """A binary answer is the positive class's probability alone."""
    found = np.asarray(model.predict(rows).data, np.float64)
    if job["task"] == "regression":
        return found[:, 0]
    return np.hstack([1 - found, found]) if job["task"] == "binary" else found
