"""One build with FLAML, in its own environment: ``python -P flaml.py FOLDER`` (see ``peers_printed.py``).

Printed is ``best_loss``, the only score that FLAML keeps of a build.
"""

from __future__ import annotations

import importlib.metadata
import json
import sys
from pathlib import Path

import pandas as pd
from flaml import AutoML

folder = Path(sys.argv[1])
job = json.loads((folder / "job.json").read_text())
train, fresh = (pd.read_csv(folder / name, float_precision="round_trip") for name in ("train.csv", "fresh.csv"))
binary = job["task"] == "binary"
model = AutoML()
model.fit(
    X_train=train.drop(columns=job["target"]),
    y_train=train[job["target"]],
    task="classification" if binary else "regression",
    metric=job["metric"],
    time_budget=job["seconds"],
    seed=job["seed"],
    n_jobs=1,
    verbose=0,
)
answers = model.predict_proba(fresh)[:, list(model.classes_).index("yes")] if binary else model.predict(fresh)
pd.Series(answers, name="answer").to_csv(folder / "predictions.csv", index=False)
loss = float(model.best_loss)
told = {
    "printed": 1 - loss if job["metric"] == "roc_auc" else loss,
    "metric": job["metric"],
    "predictions": "predictions.csv",
    "model": str(model.best_estimator),
    "says": ["best_loss"],
    # It prints none.
    "interval": None,
    "version": importlib.metadata.version("flaml"),
    "settings": "automl",
}
sys.stdout.write("\n" + json.dumps(told) + "\n")
