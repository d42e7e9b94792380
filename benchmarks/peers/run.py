"""One system of other people at work, in its own environment: ``python -P run.py PEER look|fit|predict|speed FOLDER``.

Without ``-P`` an adapter called as the library that it is for would be imported in place of it. FOLDER holds

    job.json        target, task, metric, classes (as text, the positive one last), seconds, seed, threads (null: as
                    the system likes), settings
    train.parquet   the rows to learn from; of classes the target is text
    test.parquet    the rows to answer, without the target

``look`` imports the library and says its version; ``fit`` leaves the model in FOLDER/model; ``predict`` loads it in a
new process, leaves FOLDER/answers.npy, (rows, classes) in the job's order or (rows,), and says what one row takes;
``speed`` answers the test rows one by one and again and again, and says what that takes (``taken.py``).
What is told lies in FOLDER/told.json: some systems have last words of their own on standard output.

An adapter says its ``LIBRARY``, the ``METRICS`` that it can choose by (ours → its name), and

    fit(rows, job, place) → what it tells     load(place) → model     answers(model, rows, job) → as above

What no system can choose by is put the same way for all: RMSLE is RMSE of log(1 + target), Poisson deviance is RMSE.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
import statistics
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd

#: One row is asked for so often, within so many seconds.
ONE_ROW_TIMES, ONE_ROW_SECONDS = 30, 3.0


def main() -> None:
    """Do one thing and say what came of it."""
    name, verb, place = sys.argv[1:]
    folder = Path(place)
    peer = beside(name)
    told = {"version": importlib.metadata.version(peer.LIBRARY)}
    if verb == "fit":
        told |= fit(peer, folder, job_of(peer, folder))
    elif verb == "predict":
        told |= predict(peer, folder, job_of(peer, folder))
    elif verb == "speed":
        told |= speed(peer, folder, job_of(peer, folder))
    (folder / "told.json").write_text(json.dumps(told))


def beside(name: str) -> ModuleType:
    """A file beside this one: a peer's adapter, the stopwatch; its folder is on no path."""
    spec = importlib.util.spec_from_file_location(f"file_of_{name}", Path(__file__).with_name(f"{name}.py"))
    if spec is None or spec.loader is None:
        raise SystemExit(f"there is no {name}.py beside {Path(__file__).name}")
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def job_of(peer: ModuleType, folder: Path) -> dict[str, Any]:
    """The job, with the peer's own name of what it chooses by."""
    job: dict[str, Any] = json.loads((folder / "job.json").read_text())
    # Some take whole seconds only.
    job["seconds"] = round(job["seconds"])
    job["of_logs"] = job["metric"] == "rmsle"
    other = "rmse" if job["task"] == "regression" else "log_loss"
    return job | {"their_metric": peer.METRICS.get(job["metric"], peer.METRICS.get(other, ""))}


def fit(peer: ModuleType, folder: Path, job: dict[str, Any]) -> dict[str, Any]:
    """Learn from the training rows."""
    rows = pd.read_parquet(folder / "train.parquet")
    if job["of_logs"]:
        rows[job["target"]] = np.log1p(rows[job["target"]])
    place = folder / "model"
    began = time.monotonic()
    told: dict[str, Any] = peer.fit(rows, job, place)
    return {"fit_seconds": time.monotonic() - began, **told}


def predict(peer: ModuleType, folder: Path, job: dict[str, Any]) -> dict[str, Any]:
    """Answer the test rows, all at once and then some one by one."""
    rows = pd.read_parquet(folder / "test.parquet")
    began = time.monotonic()
    model = peer.load(folder / "model")
    loaded = time.monotonic()
    answers = np.asarray(peer.answers(model, rows, job), np.float64)
    ended = time.monotonic()
    np.save(folder / "answers.npy", np.expm1(answers) if job["of_logs"] else answers)
    return {
        "load_seconds": loaded - began,
        "predict_seconds": ended - loaded,
        "row_ms": one_row(peer, model, rows, job),
    }


def speed(peer: ModuleType, folder: Path, job: dict[str, Any]) -> dict[str, float]:
    """What rows take, alone and many together; the same rows come again where there are not so many."""
    rows = pd.read_parquet(folder / "test.parquet")
    model = peer.load(folder / "model")
    alone = [rows.iloc[[place]] for place in range(min(len(rows), 1000))]

    def many() -> pd.DataFrame:
        return pd.concat([rows] * (job["many"] // len(rows) + 1), ignore_index=True).head(job["many"])

    told: dict[str, float] = beside("taken").taken(
        job["started"], lambda given: peer.answers(model, given, job), alone, many, job["many"]
    )
    return told


def one_row(peer: ModuleType, model: Any, rows: pd.DataFrame, job: dict[str, Any]) -> float | None:
    """The median time that one row takes, in milliseconds; the first is left out where there are more.

    None where the system fails at a row alone: it has answered all of them together, and that stands.
    """
    taken = []
    until = time.monotonic() + ONE_ROW_SECONDS
    for place in range(min(ONE_ROW_TIMES, len(rows))):
        row = rows.iloc[[place]]
        began = time.perf_counter()
        try:
            peer.answers(model, row, job)
        except Exception as error:  # noqa: BLE001 - there is no telling what another system raises
            sys.stderr.write(f"one row: {error}\n")
            return None
        taken.append(time.perf_counter() - began)
        if time.monotonic() > until:
            break
    return 1000 * statistics.median(taken[1:] or taken)


if __name__ == "__main__":
    main()
