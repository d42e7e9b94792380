"""Is a bundle answered alike by the fitted plan, Python, Node and a browser, whatever the rows hold?

    make javascript
    python benchmarks/parity.py [--rows 500] [--only REGEX] [--keep DIR] [--out FILE]

Plans of all shapes (`parity_plans.py`) are fitted and written as bundles. Fuzzed rows (missing, infinite,
unseen, huge, of the wrong type, odd Unicode) are predicted by the fitted plan, by the bundle in Python, by the
JavaScript reader with onnxruntime-node, and by the same reader with onnxruntime-web in a headless Chromium whose files
come from 127.0.0.1. Compared are numbers (relative to max(1, |value|)), and everything else literally: statuses,
troubles, labels, sets, decisions, routes. The first rows are predicted alone as well.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import importlib.util
import json
import math
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from machine import machine
from parity_plans import Built, built

import journeyman as jm
from journeyman.bundle.reader import Reader

ROOT = Path(__file__).parents[1]
JAVASCRIPT = ROOT / "tests" / "bundle" / "javascript"
INSTALLED = ROOT / ".venv-javascript"
TOLERANCE = 1e-6
#: Rows that are predicted alone as well.
ALONE = 20
#: What Debian, Fedora and macOS call it.
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PAGE = "<!doctype html><meta charset=utf-8><title>parity</title><link rel=icon href=data:,>"
#: What the page does: everything that it loads comes from its own server.
SCRIPT = """async ([names, number, alone]) => {
  const ort = await import('/node_modules/onnxruntime-web/dist/ort.wasm.min.mjs');
  Object.assign(ort.env.wasm, { numThreads: 1, proxy: false, wasmPaths: '/node_modules/onnxruntime-web/dist/' });
  const { scored } = await import('/tests/bundle/javascript/scored.mjs');
  const files = {};
  for (const name of names) {
    files[name] = new Uint8Array(await (await fetch(`/bundles/${number}/${name}`)).arrayBuffer());
  }
  const rows = await (await fetch(`/bundles/${number}.json`)).json();
  return await scored(ort, files, rows, alone);
}"""


# ---- the four that answer --------------------------------------------------------------------------------------------


def by_plan(one: Built, rows: list[dict[str, Any]]) -> np.ndarray[Any, Any]:
    """What the fitted plan answers, (rows, outputs)."""
    columns = jm.load(one.folder).columns
    cells = {column.name: [row.get(column.name) for row in rows] for column in columns}
    return np.asarray(one.plan.apply(one.state, Reader(columns).batch(cells, len(rows)).columns).numbers)


def by_python(folder: Path, rows: list[dict[str, Any]], told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the bundle predicts in Python, as the reader in JavaScript names it."""
    model = jm.load(folder)
    found = model.predict(rows)
    troubles: list[list[dict[str, Any]]] = [[] for _ in rows]
    for one in found.troubles:
        troubles[one.row].append({"column": one.column, "value": one.value, "because": one.because})
    answers = []
    for row, (cells, p_value) in enumerate(zip(found, found.novelty, strict=True)):
        chances = {label: cells.pop(f"probability_{label}") for label in model.classes}
        if "prediction_set" in cells:
            labels = cells.pop("prediction_set")
            cells["predictionSet"] = None if labels is None else list(labels)
        one = {**cells, "probabilities": chances or None, "novelty": float(p_value)}
        one["answers"] = _answers(model.task, cells["prediction"], chances)
        answers.append({**one, "troubles": [shown(trouble, told[row]) for trouble in troubles[row]]})
    return answers


def _answers(task: str, prediction: Any, chances: dict[str, float]) -> list[float]:
    every = list(chances.values())
    return [prediction] if task == "regression" else every[1:] if task == "binary" else every


def shown(trouble: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    """A trouble without its value where that is a number: how numbers are shown is the language's own."""
    cell = row.get(trouble["column"])
    kept = cell is None or isinstance(cell, str | bool)
    return {name: one for name, one in trouble.items() if name != "value" or kept}


def by_node(which: str, folder: Path, rows: Path) -> dict[str, Any]:
    """What the reader in JavaScript predicts in Node, with one of the runtimes."""
    out = rows.with_suffix(f".{which}.out")
    command = [
        str(shutil.which("node")),
        str(JAVASCRIPT / "score.mjs"),
        which,
        str(folder),
        str(rows),
        str(out),
        str(ALONE),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"node failed on {folder.name}: {done.stderr.strip()[-2000:]}")
    return dict(json.loads(out.read_text("utf-8")))


class Browser:
    """A headless Chromium on a page whose files come from 127.0.0.1; it asks nobody else."""

    def __init__(self, page: Any, asked: list[str], version: str) -> None:
        self._page, self.asked, self.version = page, asked, version

    def __call__(self, folder: Path) -> dict[str, Any]:
        """What the reader in JavaScript predicts in the browser."""
        names = sorted(path.name for path in folder.iterdir())
        return dict(json.loads(self._page.evaluate(SCRIPT, [names, folder.name, ALONE])))


@contextmanager
def browser(bundles: Path) -> Iterator[Browser]:
    """Open the page; bundles lie in a folder."""
    from playwright.sync_api import sync_playwright

    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        raise SystemExit("there is no Chromium on this machine")
    handler = functools.partial(Files, bundles=bundles)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    home = f"http://127.0.0.1:{server.server_address[1]}/"
    asked: list[str] = []
    try:
        with sync_playwright() as started:
            opened = started.chromium.launch(executable_path=path, args=list(QUIET))
            page = opened.new_page()
            page.on(
                "request",
                lambda request: asked.append(request.url) if not request.url.startswith((home, "data:")) else None,
            )
            page.goto(home)
            yield Browser(page, asked, opened.version)
            opened.close()
    finally:
        server.shutdown()


#: Browsers take modules and WebAssembly by these names only.
_TYPES = {".mjs": "text/javascript", ".js": "text/javascript", ".wasm": "application/wasm"}


class Files(http.server.SimpleHTTPRequestHandler):
    """Serves the page, the reader, the runtime and the bundles, and nothing else."""

    def __init__(self, *given: Any, bundles: Path) -> None:
        self._places = {
            "bundles": bundles,
            "journeyman": ROOT / "journeyman",
            "tests": ROOT / "tests",
            "node_modules": INSTALLED / "node_modules",
        }
        super().__init__(*given, directory=str(bundles))

    def do_GET(self) -> None:
        """One file."""
        if self.path == "/":
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(PAGE.encode())
            return
        super().do_GET()

    def translate_path(self, path: str) -> str:
        """A path within one of the places."""
        _, top, *rest = path.partition("?")[0].split("/")
        safe = [part for part in rest if part not in ("", ".", "..")]
        return str(self._places.get(top, Path("nowhere")).joinpath(*safe))

    def guess_type(self, path: Any) -> str:
        """The type of a file."""
        return _TYPES.get(Path(path).suffix, "application/octet-stream")

    def log_message(self, *given: Any) -> None:
        """Nothing."""


# ---- comparing -------------------------------------------------------------------------------------------------------


class Compared:
    """What differs between two that answered the same rows."""

    def __init__(self) -> None:
        self.rows, self.values, self.largest, self.novelty = 0, 0, 0.0, 0.0
        self.differ: Counter[str] = Counter()
        self.example: dict[str, Any] = {}

    def add(self, wanted: list[dict[str, Any]], got: list[dict[str, Any]], told: list[dict[str, Any]]) -> None:
        """Compare rows, in their order."""
        if len(wanted) != len(got):
            self.differ["rows"] += abs(len(wanted) - len(got))
        for one, other, row in zip(wanted, got, told, strict=False):
            self.rows += 1
            self._row(one, {**other, "troubles": [shown(trouble, row) for trouble in other["troubles"]]}, row)

    def _row(self, one: dict[str, Any], other: dict[str, Any], row: dict[str, Any]) -> None:
        if set(one) != set(other):
            self._differs("names", one, other, row)
        for name in set(one) & set(other):
            gap = gap_of(one[name], other[name])
            if name == "novelty":
                self.novelty = max(self.novelty, gap)
            elif gap < math.inf:
                self.values += 1
                self.largest = max(self.largest, gap)
            if gap > TOLERANCE:
                self._differs(name, one[name], other[name], row)

    def _differs(self, name: str, one: Any, other: Any, row: dict[str, Any]) -> None:
        self.differ[name] += 1
        self.example.setdefault(name, {"wanted": one, "got": other, "row": row})

    def as_data(self) -> dict[str, Any]:
        """The comparison as JSON holds it."""
        return {
            "rows": self.rows,
            "largest_difference": self.largest,
            "largest_difference_of_p_values": self.novelty,
            "differ": dict(self.differ),
        }


def gap_of(one: Any, other: Any) -> float:
    """The largest difference relative to max(1, |value|); infinite where anything but numbers differs."""
    if isinstance(one, float | int) and not isinstance(one, bool):
        if not math.isfinite(one) or other is None:
            return 0.0 if not math.isfinite(one) and other is None else math.inf
        return abs(one - other) / max(1.0, abs(one)) if isinstance(other, float | int) else math.inf
    if isinstance(one, dict) and isinstance(other, dict) and list(one) == list(other):
        return max((gap_of(one[name], other[name]) for name in one), default=0.0)
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return max(map(gap_of, one, other), default=0.0)
    return 0.0 if one == other else math.inf


def plan_gap(answers: np.ndarray[Any, Any], predictions: list[dict[str, Any]]) -> float:
    """The largest relative difference between the fitted plan and the bundle, over rows that were answered."""
    found = np.array([row["answers"] for row in predictions], np.float64)
    there = np.array([row["status"] != "refused" for row in predictions])
    gaps = np.abs(answers - found)[there] / np.maximum(1.0, np.abs(answers[there]))
    return float(gaps.max()) if gaps.size else 0.0


# ---- all of it -------------------------------------------------------------------------------------------------------


def vectors_module() -> ModuleType:
    """How cells stand in JSON is told where the shared vectors are written."""
    path = ROOT / "tests" / "bundle" / "vectors" / "write.py"
    spec = importlib.util.spec_from_file_location("vectors", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is not there")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def versions() -> dict[str, str]:
    """Versions of the runtimes in JavaScript, and of Node."""
    lock = json.loads((INSTALLED / "package.json").read_text("utf-8"))
    node = subprocess.run([str(shutil.which("node")), "--version"], capture_output=True, text=True, check=True)
    return {**lock["dependencies"], "node": node.stdout.strip()}


def measure(given: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Build, predict and compare; progress goes to standard error."""
    cell_of = vectors_module().cell_of
    compared = {name: Compared() for name in ("node", "web_in_node", "browser", "alone_in_node", "alone_in_browser")}
    plans, statuses = [], Counter[str]()
    largest = 0.0
    with browser(folder) as page:
        for one in built(folder, given.rows):
            if not re.search(given.only, one.shape.name):
                continue
            rows = [{name: cell_of(cell) for name, cell in row.items()} for row in one.rows]
            path = folder / f"{one.folder.name}.json"
            path.write_text(json.dumps(one.rows), "utf-8")
            wanted = by_python(one.folder, rows, one.rows)
            gap = plan_gap(by_plan(one, rows), wanted)
            node, web, seen = by_node("node", one.folder, path), by_node("web", one.folder, path), page(one.folder)
            for name, found in (("node", node), ("web_in_node", web), ("browser", seen)):
                compared[name].add(wanted, found["predictions"], one.rows)
            alone = [rows_alone(one, rows, place) for place in range(min(ALONE, len(rows)))] if given.alone else []
            if alone:
                compared["alone_in_node"].add(alone, node["single"], one.rows)
                compared["alone_in_browser"].add(alone, seen["single"], one.rows)
            here = Counter(row["status"] for row in wanted)
            statuses += here
            largest = max(largest, gap)
            plans.append(
                {
                    "plan": one.shape.name,
                    "task": one.shape.task,
                    "columns": len(jm.load(one.folder).columns),
                    "graph_bytes": (one.folder / "model.onnx").stat().st_size,
                    "rows": len(rows),
                    "statuses": dict(here),
                    "plan_to_python": gap,
                    "seconds_in_node": round(node["seconds"], 3),
                    "seconds_in_browser": round(seen["seconds"], 3),
                }
            )
            sys.stderr.write(json.dumps(plans[-1]) + "\n")
        asked, chromium = page.asked, page.version
    for name, one in compared.items():
        for what, example in one.example.items():
            sys.stderr.write(f"{name} differs in {what}: {json.dumps(example, default=str)[:1500]}\n")
    return {
        "measured": time.strftime("%Y-%m-%d"),
        "rows": sum(one["rows"] for one in plans),
        "statuses": dict(statuses),
        "tolerance": TOLERANCE,
        "plan_to_python": largest,
        **{name: one.as_data() for name, one in compared.items()},
        "requests_to_others": len(asked),
        "javascript": {**versions(), "chromium": chromium},
        "plans": plans,
        **machine(),
    }


def rows_alone(one: Built, rows: list[dict[str, Any]], place: int) -> dict[str, Any]:
    """What Python predicts for one row alone, with every column named, as a table of one row."""
    names = {name for row in rows for name in row}
    row = {name: rows[place].get(name) for name in names}
    return by_python(one.folder, [row], [one.rows[place]])[0]


def main() -> None:
    """Measure, and write the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=500, help="of each plan")
    parser.add_argument("--only", default="", help="plans whose names match")
    parser.add_argument("--keep", type=Path, help="a folder for the bundles; else they go when all is done")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "parity.json")
    parser.add_argument("--no-alone", dest="alone", action="store_false", help="predict no row alone")
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as made:
        folder = given.keep or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        found = measure(given, folder)
    given.out.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    sys.stdout.write(
        json.dumps({name: found[name] for name in ("rows", "plan_to_python", "node", "browser")}, indent=1) + "\n"
    )


if __name__ == "__main__":
    main()
