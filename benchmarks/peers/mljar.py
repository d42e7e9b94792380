"""mljar's AutoML. Settings are its mode; ``run.py`` says what an adapter is.

Printed is the score on the leaderboard of the model that it calls the best, with which it predicts.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
from supervised.automl import AutoML

LIBRARY = "mljar-supervised"
METRICS = {"log_loss": "logloss", "roc_auc": "auc", "rmse": "rmse", "mae": "mae"}
TASKS = {"binary": "binary_classification", "multiclass": "multiclass_classification", "regression": "regression"}


def fit(rows: pd.DataFrame, job: dict[str, Any], place: Path) -> dict[str, Any]:
    """The task is named: of many text classes it would make a regression."""
    # Its default mode: three quarters to learn from, the rest to choose by.
    mode = job["settings"] or "Explain"
    model = AutoML(
        results_path=str(place),
        mode=mode,
        ml_task=TASKS[job["task"]],
        eval_metric=job["their_metric"],
        total_time_limit=job["seconds"],
        # The whole budget to models. `n_jobs` stays as it is: with any other it leaves out its neural network.
        explain_level=0,
        random_state=job["seed"],
        verbose=0,
    )
    model.fit(rows.drop(columns=job["target"]), rows[job["target"]])
    # With its own sign: the other way round the leaderboard shows an AUC with a minus.
    board = model.get_leaderboard(original_metric_values=True).set_index("name")
    best = json.loads((place / "params.json").read_text())["best_model"]
    return {
        "printed": abs(float(board.loc[best, "metric_value"])),
        "model": str(best),
        "says": [str(name) for name in board.columns],
        "settings": mode,
    }


def load(place: Path) -> Any:
    """It loads when it predicts."""
    return AutoML(results_path=str(place))


def answers(model: Any, rows: pd.DataFrame, job: dict[str, Any]) -> Any:
    """Probabilities stand in columns that are called after the classes."""
    if job["task"] == "regression":
        return model.predict(rows)
    found = model.predict_all(rows).rename(columns=lambda name: str(name).removeprefix("prediction_"))
    return found.reindex(columns=job["classes"], fill_value=0.0)
