"""FLAML's AutoML. ``run.py`` says what an adapter is.

Printed is ``best_loss``, the only score that FLAML keeps of a build.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import joblib
import pandas as pd
from flaml import AutoML

LIBRARY = "flaml"
METRICS = {"log_loss": "log_loss", "roc_auc": "roc_auc", "rmse": "rmse", "mae": "mae"}


def fit(rows: pd.DataFrame, job: dict[str, Any], place: Path) -> dict[str, Any]:
    """Saved as its documentation says: by pickling."""
    model = AutoML()
    model.fit(
        X_train=rows.drop(columns=job["target"]),
        y_train=rows[job["target"]],
        task="regression" if job["task"] == "regression" else "classification",
        metric=job["their_metric"],
        time_budget=job["seconds"],
        seed=job["seed"],
        verbose=0,
        **({} if job["threads"] is None else {"n_jobs": job["threads"]}),
    )
    place.mkdir()
    joblib.dump(model, place / "model.joblib")
    loss = float(model.best_loss)
    return {
        "printed": 1 - loss if job["metric"] == "roc_auc" else loss,
        "model": str(model.best_estimator),
        "says": ["best_loss"],
        "settings": "automl",
    }


def load(place: Path) -> Any:
    """The pickled model."""
    return joblib.load(place / "model.joblib")


def answers(model: Any, rows: pd.DataFrame, job: dict[str, Any]) -> Any:
    """Classes in the job's order."""
    if job["task"] == "regression":
        return model.predict(rows)
    found = pd.DataFrame(model.predict_proba(rows), columns=[str(one) for one in model.classes_])
    return found.reindex(columns=job["classes"], fill_value=0.0)
