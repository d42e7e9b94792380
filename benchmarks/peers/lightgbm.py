"""LightGBM as it comes: no tuning, no early stopping. ``run.py`` says what an adapter is.

Columns are given as a careful user would: numbers as they are, all else as its own categories.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
import pandas as pd

LIBRARY = "lightgbm"
METRICS: dict[str, str] = {}
OBJECTIVES = {"binary": "binary", "multiclass": "multiclass", "regression": "regression"}


def fit(rows: pd.DataFrame, job: dict[str, Any], place: Path) -> dict[str, Any]:
    """It has no budget: its hundred rounds take what they take."""
    target = rows[job["target"]]
    settings: dict[str, Any] = {"objective": OBJECTIVES[job["task"]], "verbosity": -1, "seed": job["seed"]}
    if job["task"] != "regression":
        target = target.map({name: at for at, name in enumerate(job["classes"])}).astype(int)
    if job["task"] == "multiclass":
        settings["num_class"] = len(job["classes"])
    if job["threads"] is not None:
        settings["num_threads"] = job["threads"]
    model = lightgbm.train(settings, lightgbm.Dataset(columns(rows.drop(columns=job["target"])), target))
    place.mkdir()
    model.save_model(place / "model.txt")
    return {"model": "LightGBM", "settings": "defaults"}


def columns(rows: pd.DataFrame) -> pd.DataFrame:
    """Numbers and categories; LightGBM refuses some characters in names, so columns get their places' names."""
    made = {}
    for place, name in enumerate(rows):
        column = rows[name]
        is_number = pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column)
        made[f"x{place}"] = column.astype(np.float64) if is_number else column.astype("category")
    return pd.DataFrame(made)


def load(place: Path) -> Any:
    """Its file holds the levels of categories, too."""
    return lightgbm.Booster(model_file=place / "model.txt")


def answers(model: Any, rows: pd.DataFrame, job: dict[str, Any]) -> Any:
    """A level that training did not hold is missing."""
    found = np.asarray(model.predict(columns(rows)))
    return np.column_stack([1 - found, found]) if job["task"] == "binary" else found
