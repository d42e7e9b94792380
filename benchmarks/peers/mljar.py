"""One build with mljar, in its own environment: ``python -P mljar.py FOLDER`` (see ``peers_printed.py``).

Printed is the score on the leaderboard of the model that it calls the best, with which it predicts.
"""

from __future__ import annotations

import importlib.metadata
import json
import sys
from pathlib import Path

import pandas as pd
from supervised.automl import AutoML

METRICS = {"log_loss": "logloss", "roc_auc": "auc", "rmse": "rmse"}

folder = Path(sys.argv[1])
job = json.loads((folder / "job.json").read_text())
train, fresh = (pd.read_csv(folder / name, float_precision="round_trip") for name in ("train.csv", "fresh.csv"))
binary = job["task"] == "binary"
# Its default mode: three quarters to learn from, the rest to choose by.
mode = job["settings"] or "Explain"
model = AutoML(
    results_path=str(folder / "model"),
    mode=mode,
    ml_task="binary_classification" if binary else "regression",
    eval_metric=METRICS[job["metric"]],
    total_time_limit=job["seconds"],
    # The whole budget to models. `n_jobs` stays as it is: with any other it leaves out its neural network.
    explain_level=0,
    random_state=job["seed"],
    verbose=0,
)
model.fit(train.drop(columns=job["target"]), train[job["target"]])
# With its own sign: the other way round the leaderboard shows an AUC with a minus.
board = model.get_leaderboard(original_metric_values=True).set_index("name")
best = json.loads((folder / "model" / "params.json").read_text())["best_model"]
answers = model.predict_proba(fresh)[:, 1] if binary else model.predict(fresh)
pd.Series(answers, name="answer").to_csv(folder / "predictions.csv", index=False)
told = {
    "printed": abs(float(board.loc[best, "metric_value"])),
    "metric": job["metric"],
    "predictions": "predictions.csv",
    "model": str(best),
    "says": [str(name) for name in board.columns],
    # It prints none.
    "interval": None,
    "version": importlib.metadata.version("mljar-supervised"),
    "settings": mode,
}
sys.stdout.write("\n" + json.dumps(told) + "\n")
