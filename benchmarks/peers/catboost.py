"""CatBoost as it comes: no tuning, no early stopping. ``run.py`` says what an adapter is.

Columns are given as a careful user would: numbers as they are, all else as its own categories.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import catboost
import numpy as np
import pandas as pd

LIBRARY = "catboost"
METRICS: dict[str, str] = {}
MODEL = "model.cbm"


def fit(rows: pd.DataFrame, job: dict[str, Any], place: Path) -> dict[str, Any]:
    """It has no budget: its thousand rounds take what they take."""
    maker = catboost.CatBoostRegressor if job["task"] == "regression" else catboost.CatBoostClassifier
    threads = {} if job["threads"] is None else {"thread_count": job["threads"]}
    model = maker(verbose=False, allow_writing_files=False, random_seed=job["seed"], **threads)
    given, categories = columns(rows.drop(columns=job["target"]))
    model.fit(given, rows[job["target"]], cat_features=categories)
    place.mkdir()
    model.save_model(str(place / MODEL))
    return {"model": "CatBoost", "settings": "defaults"}


def columns(rows: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Numbers and categories, and which are categories; a missing one is a level."""
    made, categories = {}, []
    for name in rows:
        column = rows[name]
        if pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column):
            made[name] = column.astype(np.float64)
        else:
            made[name] = column.astype(object).where(column.notna(), "missing").astype(str)
            categories.append(name)
    return pd.DataFrame(made), categories


def load(place: Path) -> Any:
    """A file of a regressor and one of a classifier are read alike."""
    return catboost.CatBoost().load_model(str(place / MODEL))


def answers(model: Any, rows: pd.DataFrame, job: dict[str, Any]) -> Any:
    """Classes in the job's order."""
    given, _ = columns(rows)
    if job["task"] == "regression":
        return model.predict(given)
    found = pd.DataFrame(model.predict(given, prediction_type="Probability"), columns=list(map(str, model.classes_)))
    return found.reindex(columns=job["classes"], fill_value=0.0)
