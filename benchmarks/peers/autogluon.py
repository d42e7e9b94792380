"""AutoGluon's tabular predictor. Settings are its presets; ``run.py`` says what an adapter is.

Printed is the score on the leaderboard of the model that predicts by default.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
from autogluon.tabular import TabularPredictor

LIBRARY = "autogluon.tabular"
METRICS = {
    "log_loss": "log_loss",
    "roc_auc": "roc_auc",
    "rmse": "root_mean_squared_error",
    "mae": "mean_absolute_error",
}


def fit(rows: pd.DataFrame, job: dict[str, Any], place: Path) -> dict[str, Any]:
    """Its own way to save is to work in a folder."""
    predictor = TabularPredictor(
        label=job["target"],
        problem_type=job["task"],
        eval_metric=job["their_metric"],
        path=str(place),
        verbosity=0,
        **({"positive_class": job["classes"][1]} if job["task"] == "binary" else {}),
    )
    presets = job["settings"] or "medium_quality"
    threads = {} if job["threads"] is None else {"num_cpus": job["threads"]}
    predictor.fit(rows, presets=presets, time_limit=job["seconds"], num_gpus=0, **threads)
    # Models that cannot be scored (none was left out for validation) have no row's score.
    board = predictor.leaderboard().set_index("model")
    printed = float(board.loc[predictor.model_best, "score_val"])
    return {
        # Errors stand on the leaderboard with a minus, so that higher is better.
        "printed": printed if job["metric"] == "roc_auc" else -printed,
        "model": predictor.model_best,
        "says": [str(name) for name in board.columns],
        "settings": presets,
    }


def load(place: Path) -> Any:
    """The predictor as it was saved."""
    return TabularPredictor.load(str(place), verbosity=0)


def answers(model: Any, rows: pd.DataFrame, job: dict[str, Any]) -> Any:
    """A class that it left out as too rare gets 0."""
    if job["task"] == "regression":
        return model.predict(rows)
    found = model.predict_proba(rows)
    return found.rename(columns=str).reindex(columns=job["classes"], fill_value=0.0)
