"""The process that a hostile bundle is given to: it says what became of it, or dies.

python benchmarks/hostile_child.py load FOLDER       load it; onnxruntime ends the process when it is asked for anything
python benchmarks/hostile_child.py command ARGUMENT…  the same through a command of the program
python benchmarks/hostile_child.py score [--without-audit]   mutants, a line of JSON each, from standard input
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
import traceback
from dataclasses import fields
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import onnxruntime

import journeyman as jm
from journeyman.bundle import model
from journeyman.bundle.audit import GraphFacts
from journeyman.errors import JourneymanError

#: The exit code where onnxruntime was asked for something, which no refused bundle may come to.
TOUCHED = 9
#: Rows that go together where nobody looked at the graph.
TOGETHER = 8
#: What no bundle makes a process do; the hook ends it.
FORBIDDEN = {"pickle.find_class": 21, "os.system": 22, "subprocess.Popen": 23, "socket.connect": 24, "os.exec": 25}


def main(arguments: list[str]) -> int:
    """Do what is asked for, and give the exit code."""
    match arguments:
        case ["load", folder]:
            _arm()
            try:
                jm.load(folder)
            except JourneymanError as error:
                _say(error.as_data())
                return error.exit_code
            return 0
        case ["command", *given]:
            from journeyman.cli.main import main as program

            _arm()
            sys.argv = ["journeyman", *given]
            return program(given)
        case ["score", *flags]:
            return _score("--without-audit" in flags)
    return 64


def _arm() -> None:
    """From here on, the process ends where onnxruntime is touched or code of others would run."""

    def touched(*given: Any, **named: Any) -> NoReturn:
        os._exit(TOUCHED)

    def hook(event: str, given: Any) -> None:
        if event in FORBIDDEN:
            os._exit(FORBIDDEN[event])

    onnxruntime.InferenceSession = touched  # type: ignore[misc,assignment]  # for this process alone
    sys.addaudithook(hook)


def _score(without_audit: bool) -> int:
    """Load and ask mutants one by one; which one it is, is said before it starts."""
    if without_audit:
        facts = GraphFacts(**{one.name: TOGETHER if one.name == "together" else 1 for one in fields(GraphFacts)})
        model.audit_graph = lambda content, manifest: facts  # type: ignore[assignment]
    for line in sys.stdin:
        task = json.loads(line)
        _say({"start": task["name"]})
        began, clock = time.process_time(), time.monotonic()
        told = _one(Path(task["folder"]), task["of"], task["rows"])
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        told |= {
            "name": task["name"],
            "seconds": round(time.process_time() - began, 3),
            "clock": round(time.monotonic() - clock, 3),
            "peak_mb": round(peak * (1024 if sys.platform == "linux" else 1) / 1e6, 1),
        }
        _say(told)
    return 0


def _say(data: Any) -> None:
    sys.stdout.write(json.dumps(data) + "\n")
    sys.stdout.flush()


def _one(folder: Path, of: str, rows: dict[str, list[Any]]) -> dict[str, Any]:
    try:
        loaded = _of_graph(folder) if of == "graph" else jm.load(folder)
        answers = [_asked(loaded, rows)]
        if of != "graph":
            _asked_more(loaded, rows)
    except JourneymanError as error:
        is_ours = error.exit_code == 2 and bool(error.because or error.remedy) and "\n" not in str(error)
        return {"end": "refused" if is_ours else "fault", "because": f"{error.happened}: {error.because}"[:300]}
    except Exception:  # noqa: BLE001 - the border: what this is about is what else can go wrong
        return {"end": "fault", "because": traceback.format_exc()[-600:]}
    return {"end": "scored", "finite": all(answers)}


def _of_graph(folder: Path) -> Any:
    """A model of a graph that passed the audit, also where it answers its golden rows otherwise than the good one."""
    whole = model.Model.check_golden
    model.Model.check_golden = lambda self: None  # type: ignore[method-assign]  # for this call
    try:
        found = jm.load(folder)
    finally:
        model.Model.check_golden = whole  # type: ignore[method-assign]
    found.predict({name: list(cells) for name, cells in found.manifest.golden_cells.items()})
    return found


def _asked(loaded: Any, rows: dict[str, list[Any]]) -> bool:
    """Many rows, then each alone; whether all that is not refused is finite."""
    there = {column.name for column in loaded.columns}
    beside = [one.name for one in loaded.manifest.rule_columns if one.name not in there]
    count = len(next(iter(rows.values())))
    cells = {name: rows.get(name, [None] * count) for name in (*there, *beside)}
    found = loaded.predict(cells)
    refused = np.asarray(found.status == "refused")
    numbers = np.asarray(found.prediction, np.float64) if loaded.task == "regression" else found.probabilities
    for row in range(min(count, 4)):
        loaded.predict_one({name: one[row] for name, one in cells.items()})
    return bool(np.isfinite(numbers[~refused]).all())


def _asked_more(loaded: Any, rows: dict[str, list[Any]]) -> None:
    """Reasons, what if and similar cases of one row; that a row is refused is an answer, too."""
    row = {column.name: rows.get(column.name, [None])[0] for column in loaded.columns}
    loaded.explain({name: [cell] for name, cell in row.items()})
    try:
        for column in loaded.columns:
            if column.kind != "text":
                loaded.what_if(row, column.name)
        loaded.similar(row)
    except JourneymanError as error:
        if error.exit_code != 2:
            raise
    repr(loaded)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
