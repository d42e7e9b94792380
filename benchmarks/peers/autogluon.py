"""One build with AutoGluon, in its own environment: ``python -P autogluon.py FOLDER`` (see ``peers_printed.py``).

Printed is the score on the leaderboard of the model that predicts by default.
"""

from __future__ import annotations

import importlib.metadata
import json
import sys
from pathlib import Path

import pandas as pd
from autogluon.tabular import TabularPredictor

METRICS = {"log_loss": "log_loss", "roc_auc": "roc_auc", "rmse": "root_mean_squared_error"}

folder = Path(sys.argv[1])
job = json.loads((folder / "job.json").read_text())
train, fresh = (pd.read_csv(folder / name, float_precision="round_trip") for name in ("train.csv", "fresh.csv"))
predictor = TabularPredictor(
    label=job["target"],
    problem_type=job["task"],
    eval_metric=METRICS[job["metric"]],
    path=str(folder / "model"),
    verbosity=0,
)
presets = job["settings"] or "medium_quality"
predictor.fit(train, presets=presets, time_limit=job["seconds"], num_cpus=1, num_gpus=0)
board = predictor.leaderboard().set_index("model")
printed = float(board.loc[predictor.model_best, "score_val"])
answers = predictor.predict_proba(fresh)["yes"] if job["task"] == "binary" else predictor.predict(fresh)
answers.rename("answer").to_csv(folder / "predictions.csv", index=False)
told = {
    # Errors stand on the leaderboard with a minus, so that higher is better.
    "printed": printed if job["metric"] == "roc_auc" else -printed,
    "metric": job["metric"],
    "predictions": "predictions.csv",
    "model": predictor.model_best,
    "says": [str(name) for name in board.columns],
    # It prints none.
    "interval": None,
    "version": importlib.metadata.version("autogluon.tabular"),
    "settings": presets,
}
sys.stdout.write("\n" + json.dumps(told) + "\n")
