"""One system on one task: fitted in a process of its own, measured from outside, judged by our metrics."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from peers_environments import DEFAULTS, OURS, environment, failure, peer_command, script, told_in
from peers_tasks import Task, answers_of
from watched import Watched, watched

from journeyman.table.columns import Numbers

MEAN = "mean"
#: These have no budget: one fit is judged beside those of every budget.
UNTIMED = (*DEFAULTS, MEAN)
PREDICT_SECONDS = 900.0


@dataclass(frozen=True)
class Request:
    """One row that is wanted.

    Parameters
    ----------
    system : a peer's name, with its settings behind a colon; or ours
    python : the interpreter of its environment
    seconds : the budget; of an untimed system only the limit follows from it
    seed : where chance begins, for those that have a seed
    memory : our limit of memory as the command line takes it; empty for none
    """

    system: str
    python: str
    seconds: float
    seed: int = 0
    memory: str = ""

    @property
    def limit(self) -> float:
        """A fit that is not done by then is stopped, which its row says. Nothing else stops a peer."""
        return 5 * self.seconds + 300


def look(request: Request) -> str:
    """Why a system cannot run here; empty where it can. Its libraries are read once, so that no fit pays for that."""
    if not Path(request.python).exists():
        return "it has no environment here"
    with tempfile.TemporaryDirectory() as name:
        command = peer_command(request.python, request.system, "look", Path(name))
        if request.system == OURS:
            command = [request.python, "-m", "journeyman", "--version"]
        seen = watched(command, Path(name), 300, environment())
    return "" if seen.exit == 0 else failure(seen, Path(name))


def measure(task: Task, request: Request) -> tuple[dict[str, Any], Numbers | None]:
    """A row of results, and the answers in the shape that metrics read; None where there are none."""
    row: dict[str, Any] = {"load_before": round(os.getloadavg()[0], 2)}
    # Not in the folder of temporary files that it may itself be told of: some sockets want short paths.
    with tempfile.TemporaryDirectory(prefix="peer") as name:
        folder = Path(name)
        task.train.write_parquet(folder / "train.parquet")
        task.test.write_parquet(folder / "test.parquet")
        predict = _our_answers if request.system == OURS else _peer_answers
        seen, told = fit(task, request, folder)
        row |= {
            "wall": round(seen.seconds, 2),
            "cpu_seconds": round(seen.cpu_seconds, 1),
            "elsewhere": round(seen.elsewhere, 2),
            "peak_mb": round(seen.peak_mb, 1),
            **told,
        }
        if seen.stopped:
            return row | {"status": "stopped", "reason": f"not done after {request.limit:.0f} s"}, None
        if seen.exit != 0:
            return row | {"status": "failed", "reason": failure(seen, folder), "exit": seen.exit}, None
        row["bytes"] = size_of(folder / ("run/bundle" if request.system == OURS else "model"))
        seen, told, given = predict(task, request, folder)
        row |= {"predict_wall": round(seen.seconds, 2), "predict_peak_mb": round(seen.peak_mb, 1), **told}
        if given is None:
            reason = f"no answers after {PREDICT_SECONDS:.0f} s" if seen.stopped else failure(seen, folder)
            return row | {"status": "failed", "reason": f"predicting: {reason}"}, None
        row["refused"] = int((~np.isfinite(given)).reshape(len(given), -1).any(axis=1).sum())
        try:
            answers = answers_of(task, given)
        except ValueError as error:
            return row | {"status": "failed", "reason": str(error)}, None
    return row | {"status": "done", "score": task.metric.score(task.truth, answers)}, answers


def size_of(place: Path) -> int:
    """Bytes of a file, or of all files in a folder."""
    return sum(path.stat().st_size for path in [place, *place.rglob("*")] if path.is_file())


def fit(task: Task, request: Request, folder: Path) -> tuple[Watched, dict[str, Any]]:
    """Learn from ``train.parquet`` in the folder: a peer leaves ``model`` there, and we leave ``run``."""
    return (_our_fit if request.system == OURS else _peer_fit)(task, request, folder)


def _peer_fit(task: Task, request: Request, folder: Path) -> tuple[Watched, dict[str, Any]]:
    settings = request.system.partition(":")[2]
    job = {**task.job, "seconds": request.seconds, "seed": request.seed, "threads": None, "settings": settings}
    (folder / "job.json").write_text(json.dumps(job))
    command = peer_command(request.python, request.system, "fit", folder)
    seen = watched(command, folder, request.limit, environment())
    told = told_in(folder) if seen.exit == 0 and not seen.stopped else {}
    return seen, {**told, **({"fit_seconds": round(told["fit_seconds"], 2)} if told else {})}


def _peer_answers(task: Task, request: Request, folder: Path) -> tuple[Watched, dict[str, Any], Numbers | None]:
    command = peer_command(request.python, request.system, "predict", folder)
    seen = watched(command, folder, PREDICT_SECONDS, environment())
    if seen.exit != 0 or seen.stopped:
        return seen, {}, None
    told = told_in(folder)
    kept = {
        name: round(told[name], 4) for name in ("load_seconds", "predict_seconds", "row_ms") if told[name] is not None
    }
    return seen, kept, np.load(folder / "answers.npy")


def _our_fit(task: Task, request: Request, folder: Path) -> tuple[Watched, dict[str, Any]]:
    """The command line, told no more than a peer: target, metric, positive class, time."""
    given = ["--predict", task.card["target"], "--metric", task.card["metric"], "--time", f"{request.seconds:g}s"]
    if "positive" in task.card:
        given += ["--positive", task.classes[-1]]
    if request.memory:
        given += ["--memory", request.memory]
    given += ["--seed", str(request.seed), "--json", "--out", "run"]
    command = [request.python, "-m", "journeyman", "build", "train.parquet", *given]
    seen = watched(command, folder, request.limit, environment())
    if seen.exit != 0 or seen.stopped:
        return seen, {}
    summary = json.loads(seen.output)
    told = {"settings": "", "model": summary["chosen"]["name"], "memory": request.memory}
    trials = summary["trials"]
    told |= {"tried": len(trials), "finished": sum(one["status"] == "done" for one in trials)}
    if summary.get("earned"):
        told["earned"] = [{key: one[key] for key in ("name", "seconds", "gain")} for one in summary["earned"]["parts"]]
    # Every start of the command counts against its time, so the two are one.
    return seen, {**told, "fit_seconds": round(seen.seconds, 2), "timings": summary["timings"]}


def _our_answers(task: Task, request: Request, folder: Path) -> tuple[Watched, dict[str, Any], Numbers | None]:
    command = [request.python, "-m", "journeyman", "predict", "run", "test.parquet", "-o", "answers.parquet"]
    seen = watched(command, folder, PREDICT_SECONDS, environment())
    if seen.exit != 0 or seen.stopped:
        return seen, {}, None
    out = pl.read_parquet(folder / "answers.parquet")
    named = [f"probability_{name}" for name in task.classes] or ["prediction"]
    # A class that our build left out, or calls otherwise, shows as a missing column: no answer at all.
    found = out.select(pl.col(name).cast(pl.Float64, strict=False) for name in named).to_numpy()
    one = watched([request.python, "-P", str(script("one_row.py")), str(folder)], folder, 300, environment())
    told = told_in(folder) if one.exit == 0 else {}
    return seen, {"predict_seconds": round(seen.seconds, 4), **told}, found.astype(np.float64)
