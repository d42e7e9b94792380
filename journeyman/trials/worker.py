"""A worker process: fits plans on memory-mapped rows, one request a line, until its pipe closes.

Started as ``python -m journeyman.trials.worker`` (never forked, so no thread of the parent is lost and no main module
is run again). Requests and answers are lines of JSON; arrays travel as files in the folder of the shared rows. Only the
parent writes into the run directory.
"""

from __future__ import annotations

import json
import os
import queue
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections import OrderedDict
from pathlib import Path
from typing import Any, TextIO

import numpy as np

from journeyman.errors import JourneymanError, from_system
from journeyman.learners.library import Process, lightgbm, load
from journeyman.plan.combine import Chain, Halved
from journeyman.plan.data import digest, plan_of
from journeyman.plan.step import State, Step, below, parameters
from journeyman.plan.teacher import Teacher
from journeyman.table.columns import Columns, Integers
from journeyman.trials.row_time import RowTimer
from journeyman.trials.shared import TrainingData, open_shared
from journeyman.trials.unseen import allowing_for_unseen

#: ``fold`` of a request to fit on all rows, and how many rows' answers it gives back for the check of the graph.
ALL_ROWS = -1
CHECKED_ROWS = 4_000
#: How many prepared folds a worker keeps, so that plans with an equal beginning share it.
KEPT = 3
#: Why a candidate fails whose answers are missing, infinite, too many or too few.
NO_NUMBERS = "it did not give one finite number for each row and output"

Prepared = tuple[State, Columns]


class Desk:
    """What a worker has before it: the rows, and the beginnings of plans it has prepared already."""

    def __init__(self, folder: Path, data: TrainingData | None = None) -> None:
        self.folder = folder
        self.data = open_shared(folder) if data is None else data
        self.timer = RowTimer(self.data)
        self._kept: OrderedDict[tuple[str, str], Prepared] = OrderedDict()

    def fit(self, plan: Step, fold: int) -> State:
        """Fit a plan on the training rows of a fold, or on all rows."""
        rows = np.arange(self.data.columns.rows) if fold == ALL_ROWS else self.data.folds.training(fold)
        if isinstance(plan, Halved):
            # As it fits itself, but what it has in common with others is prepared once.
            rows = rows[plan.stay(self.data.target.take(rows))]
            return below(self._fit(plan.inner, rows, f"half of {fold}"), "inner")
        return self._fit(plan, rows, str(fold))

    def _fit(self, plan: Step, rows: Integers, name: str) -> State:
        """Fit a plan on some rows that have a name."""
        target = self.data.target.take(rows)
        if not isinstance(plan, Chain) or len(plan.steps) < 2:
            return plan.fit(self.data.columns.take(rows), target)
        head, last = Chain(steps=plan.steps[:-1]), plan.steps[-1]
        key = (digest(head), name)
        if key not in self._kept:
            self._kept[key] = head.fit_apply(self.data.columns.take(rows), target)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        state, columns = self._kept[key]
        return {**state, **below(last.fit(columns, target), str(len(plan.steps) - 1))}


def checked_rows(rows: int) -> np.ndarray[Any, Any]:
    """Positions of the rows whose answers the graph must give again: all, or evenly spread ones."""
    return np.unique(np.linspace(0, rows - 1, min(rows, CHECKED_ROWS)).astype(np.int64))


def fit_and_answer(desk: Desk, plan: Step, fold: int, timed: str = "") -> dict[str, np.ndarray[Any, Any]]:
    """Fit and predict: the answers to the rows of a fold; or, fitted on all rows, the state and answers to check.

    Empty where there is not one finite number for each row and output. ``timed`` says whether ``row_<fold>`` is there,
    too (`journeyman.trials.row_time`).
    """
    state = desk.fit(plan, fold)
    if fold == ALL_ROWS:
        rows = checked_rows(desk.data.columns.rows)
        answers = plan.apply(state, desk.data.columns.take(rows)).numbers
        arrays = {"checked": answers, **{f"state.{name.replace('/', '.')}": array for name, array in state.items()}}
    else:
        rows = desk.data.folds.scored(fold)
        answers = plan.apply(state, desk.data.columns.take(rows)).numbers
        answers = allowing_for_unseen(answers, desk.data.target, desk.data.folds.training(fold))
        arrays = {f"fold_{fold}": answers}
        if timed:
            arrays[f"row_{fold}"] = desk.timer.time(plan, state, timed)
    is_right = answers.shape == (len(rows), desk.data.target.outputs) and np.isfinite(answers).all()
    return arrays if is_right else {}


def answer(desk: Desk, request: dict[str, Any]) -> dict[str, Any]:
    """Do what a request asks: fit, predict, lay the arrays down beside the shared rows, say where."""
    plan, fold = plan_of(request["plan"]), int(request["fold"])
    _import_libraries(plan)
    began = time.monotonic()
    arrays = fit_and_answer(desk, plan, fold, str(request.get("timed", "")))
    if not arrays:
        return {"failed": NO_NUMBERS}
    folder = Path(tempfile.mkdtemp(dir=desk.folder))
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array, allow_pickle=False)
    return {"folder": str(folder), "seconds": time.monotonic() - began}


def _import_libraries(part: Any) -> None:
    """Import what the steps of a plan fit with: it takes its time once a worker, not once a fit."""
    if isinstance(part, Teacher):
        part.load()
    elif isinstance(part, Step):
        if part.library:
            load(part.library)
        _import_libraries(tuple(parameters(part).values()))
    elif isinstance(part, tuple):
        for one in part:
            _import_libraries(one)


def serve(requests: queue.Queue[str], replies: TextIO) -> None:
    """Answer requests until the process ends; a candidate's failure is an answer, too."""
    desk: Desk | None = None
    while True:
        request = json.loads(requests.get())
        reply: dict[str, Any]
        try:
            if request["do"] == "open":
                desk = Desk(Path(request["folder"]))
                reply = {"ready": True}
            elif desk is None:
                reply = {"failed": "the rows are not open"}
            else:
                reply = answer(desk, request)
        except JourneymanError as error:
            reply = {"failed": str(error), "error": error.as_data(), "exit_code": error.exit_code}
        except OSError as error:
            told = from_system(error, "a worker's reading or writing of temporary files")
            reply = {"failed": str(told), "error": told.as_data(), "exit_code": told.exit_code}
        except MemoryError:
            reply = {"failed": "memory is used up"}
        except Exception as error:  # noqa: BLE001  # the border: what a learner raises fails its trial, not the run
            reply = {"failed": f"{type(error).__name__}: {error}"}
        replies.write(json.dumps(reply) + "\n")
        replies.flush()


def _listen(requests: queue.Queue[str], shared: list[str]) -> None:
    """Pass lines on; when the parent is gone, so are we, at once and with what it shared with us."""
    for line in sys.stdin:
        message = json.loads(line)
        if message["do"] == "open":
            shared.append(message["folder"])
        requests.put(line)
    for folder in shared:
        shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


def main() -> None:
    """Listen on standard input, answer on standard output; whatever libraries print goes elsewhere."""
    # Only the parent ends a worker: by closing the pipe, or for good.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    replies = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    requests: queue.Queue[str] = queue.Queue()
    threading.Thread(target=_listen, args=(requests, []), daemon=True).start()
    Process.is_ours = True
    # What nearly every plan needs: better now, while the parent reads the table. The other thread imports nothing.
    lightgbm(is_alone=True)

    serve(requests, replies)


if __name__ == "__main__":
    main()
