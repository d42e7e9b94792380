"""Small bundles made by hand, and a child process that scores graphs, so that a crash of native code is seen."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from journeyman.bundle.decision import DecisionRule
from journeyman.bundle.known import Known, learn_known
from journeyman.bundle.reader import Reader
from journeyman.bundle.write import write_bundle
from journeyman.plan.graph import Graph, Wires
from journeyman.plan.step import State, Step
from journeyman.plan.target import Target
from journeyman.table.columns import Columns
from journeyman.table.schema import Column, Schema

COLUMNS = (
    Column(name="age", kind="number", low=18.0, high=90.0),
    Column(name="income", kind="number", low=0.0, high=100_000.0),
    Column(name="since", kind="date", low=0, high=10**15, date_format="d.m.y"),
    Column(name="city", kind="category", levels=("Oslo", "Bergen", "Tromsø")),
)
DAY = 86_400_000_000


class Scores(Step):
    """Scores from numbers, the week of a date and a city: one probability, one for each class, or a value."""

    task: str = "binary"

    def fit(self, columns: Columns, target: object) -> State:
        """No learning: the numbers are made up."""
        outputs = 3 if self.task == "multiclass" else 1
        random = np.random.default_rng(5)
        return {
            "weights": random.normal(size=(2, outputs)) / [[50.0], [50_000.0]],
            "cities": random.normal(size=(4, outputs)),
            "weeks": random.normal(size=(7, outputs)),
        }

    def apply(self, state: State, columns: Columns) -> Columns:
        """The same as the graph, in numpy."""
        cities = {word: place for place, word in enumerate(COLUMNS[3].levels)}
        codes = [cities.get(word, 3) for word in columns.words[0].cells()]
        days = (columns.dates[:, 0] // DAY) % 7
        score = np.nan_to_num(columns.numbers) @ state["weights"] + state["cities"][codes]
        score = score + np.where(columns.dates_missing, 0.0, state["weeks"][days])
        if self.task == "binary":
            score = 1 / (1 + np.exp(-score))
        if self.task == "multiclass":
            score = np.exp(score - score.max(axis=1, keepdims=True))
            score = score / score.sum(axis=1, keepdims=True)
        return Columns.of(rows=columns.rows, numbers=score, number_names=[f"answer.{n}" for n in range(score.shape[1])])

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """The graph."""
        filled = graph.add("Where", graph.add("IsNaN", wires.numbers), graph.constant(0.0), wires.numbers)
        score = graph.add("MatMul", filled, graph.constant(state["weights"]))
        score = graph.add("Add", score, graph.lookup(wires.words, COLUMNS[3].levels, state["cities"]))
        # Floor division: whole numbers are truncated by the graph, so dates are moved above 0 first.
        days = graph.add("Add", wires.dates, graph.constant([7 * 10**6 * DAY], np.int64))
        days = graph.add("Mod", graph.add("Div", days, graph.constant([DAY], np.int64)), graph.constant([7], np.int64))
        flat = graph.add("Reshape", days, graph.constant([-1], np.int64))
        week = graph.add("Gather", graph.constant(state["weeks"]), flat, axis=0)
        week = graph.add("Where", wires.dates_missing, graph.constant(0.0), week)
        score = graph.add("Add", score, week)
        if self.task == "binary":
            score = graph.add("Sigmoid", score)
        if self.task == "multiclass":
            score = graph.add("Softmax", score, axis=1)
        return Wires(score, ("answer.0",), "", "", (), "", ())


def table(rows: int, seed: int = 1) -> dict[str, Any]:
    random = np.random.default_rng(seed)
    age = random.uniform(18, 90, rows)
    age[random.random(rows) < 0.1] = np.nan
    return {
        "age": age,
        "income": random.uniform(0, 1e5, rows),
        "since": random.integers(0, 10**15, rows).astype("datetime64[us]"),
        "city": random.choice(["Oslo", "Bergen", "Tromsø", "Paris"], rows).astype(object),
    }


def write(folder: Path, task: str = "binary", **changes: Any) -> Path:
    classes = {"binary": ("no", "yes"), "multiclass": ("a", "b", "c"), "regression": ()}[task]
    check = Reader(COLUMNS).batch(table(50), 50).columns
    plan = Scores(task=task)
    state = plan.fit(check, None)
    given: dict[str, Any] = {
        "plan": plan,
        "state": state,
        "schema": Schema(COLUMNS),
        "task": task,
        "target": "bought",
        "classes": classes,
        "positive": "yes" if task == "binary" else "",
        "metric": "log_loss",
        "rule": DecisionRule({"call": {"yes": 300.0, "no": -200.0}}) if task == "binary" else None,
        "check": check,
        "expected": plan.apply(state, check).numbers,
        "facts": {"rows": 50, "log_loss": 0.5},
    }
    return write_bundle(folder, **{**given, **changes})


@pytest.fixture
def make_table() -> Callable[..., dict[str, Any]]:
    return table


@pytest.fixture
def make_bundle() -> Callable[..., Path]:
    return write


@pytest.fixture
def scores() -> type[Step]:
    return Scores


@pytest.fixture
def columns() -> tuple[Column, ...]:
    return COLUMNS


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A bundle for each task, written once; not to be changed."""
    folders: dict[str, Path] = {}

    def give(task: str = "binary") -> Path:
        if task not in folders:
            folders[task] = write(tmp_path_factory.mktemp(task) / "bundle", task)
        return folders[task]

    return give


#: Scores every graph of a folder; says the name of each before it starts, so that the parent knows which one killed it.
CHILD = """
import json, resource, sys
from pathlib import Path
import numpy as np
from journeyman.bundle.session import Session
from journeyman.errors import BundleError
folder = Path(sys.argv[1])
random = np.random.default_rng(3)
for line in (folder / "list.jsonl").read_text().splitlines():
    one = json.loads(line)
    print("start", one["name"], flush=True)
    feeds = {}
    for name, (kind, width) in one["blocks"].items():
        if kind == "object":
            words = ["a", "b", "", "\\x1fmissing", "x\\x00y", "Oslo", "yes", "no"]
            feeds[name] = random.choice(np.array(words, dtype=object), (24, width))
        elif kind == "bool":
            feeds[name] = random.random((24, width)) < 0.3
        elif kind == "int64":
            feeds[name] = random.integers(-(2**63), 2**63 - 1, (24, width))
            feeds[name][:6] = np.array([-(2**63), 2**63 - 1, 0, -1, 1, 10**15])[:, None]
        else:
            feeds[name] = random.normal(size=(24, width)) * 10.0 ** random.integers(-300, 300, (24, width))
            feeds[name][:5] = np.array([np.nan, 0, 1e308, -1e308, 3])[:, None]
    try:
        answers = Session((folder / one["name"]).read_bytes(), one["outputs"], one["cells"]).run(feeds, 24)
        print("scored", one["name"], answers.shape == (24, one["outputs"]), flush=True)
    except BundleError as error:
        print("refused", one["name"], str(error).count("\\n") == 0, flush=True)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print("end", peak // 1024 if sys.platform == "linux" else peak >> 20, flush=True)
"""


def score(folder: Path, graphs: list[tuple[bytes, dict[str, tuple[str, int]], int, int]]) -> tuple[int, list[str]]:
    """Score graphs in one child process; its exit code and what it said."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = []
    for number, (content, blocks, outputs, cells) in enumerate(graphs):
        (folder / f"{number}.onnx").write_bytes(content)
        lines.append(json.dumps({"name": f"{number}.onnx", "blocks": blocks, "outputs": outputs, "cells": cells}))
    (folder / "list.jsonl").write_text("\n".join(lines))
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(folder)], capture_output=True, text=True, timeout=120, check=False
    )
    return done.returncode, done.stdout.splitlines()


@pytest.fixture
def score_in_child() -> Callable[..., tuple[int, list[str]]]:
    return score


def known_of(task: str, *, cases: bool = True) -> Known:
    """What is known of 400 rows, with their outcomes."""
    rows = Reader(COLUMNS).batch(table(400, seed=2), 400).columns
    answers = Scores(task=task).apply(Scores(task=task).fit(rows, None), rows).numbers
    classes = {"binary": ("no", "yes"), "multiclass": ("a", "b", "c"), "regression": ()}[task]
    values = {"binary": np.round(answers[:, 0]), "multiclass": answers.argmax(axis=1), "regression": answers[:, 0]}
    target = Target(task=task, values=values[task].astype(np.float64), classes=classes)  # type: ignore[arg-type]  # one of three
    return learn_known(rows, COLUMNS, seed=0, cases_of=target if cases else None)


@pytest.fixture
def known() -> Callable[..., Known]:
    return known_of


@pytest.fixture
def known_bundle(tmp_path: Path) -> Path:
    return write(tmp_path / "known", known=known_of("binary"))


@pytest.fixture
def without() -> Callable[..., Any]:
    """A frozen value with some fields changed."""
    return replace
