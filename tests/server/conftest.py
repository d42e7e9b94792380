"""Small bundles with all that a bundle can know, a way to ask an application without a network, and a real server."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from journeyman.bundle.decision import DecisionRule
from journeyman.bundle.expression import Expression
from journeyman.bundle.known import learn_known
from journeyman.bundle.reader import Reader
from journeyman.bundle.uncertainty import SetRule, Spread
from journeyman.bundle.write import write_bundle
from journeyman.plan.graph import Graph, Wires
from journeyman.plan.step import State, Step
from journeyman.plan.target import Target
from journeyman.server.application import Application
from journeyman.server.deployed import Deployed, deploy
from journeyman.server.guard import Guard
from journeyman.server.limits import Limits
from journeyman.table.columns import Columns
from journeyman.table.schema import Column, Schema

COLUMNS = (
    Column(name="age", kind="number", low=18.0, high=90.0, unit="years"),
    Column(name="income", kind="number", low=0.0, high=100_000.0),
    Column(name="member", kind="flag", true_words=("yes",), false_words=("no",)),
    Column(name="since", kind="date", low=0, high=10**15, date_format="d.m.y"),
    Column(name="city", kind="category", levels=("Oslo", "Bergen", "Tromsø")),
    Column(name="note", kind="text"),
)


class Weights(Step):
    """Made-up weights for numbers and for the levels of the first category: a chance, chances, or a value."""

    task: str = "binary"
    levels: tuple[str, ...] = ()

    def fit(self, columns: Columns, target: object) -> State:
        """No learning: numbers are scaled so that each matters, the first most."""
        outputs = 3 if self.task == "multiclass" else 1
        random = np.random.default_rng(5)
        size = np.nanmax(np.abs(columns.numbers), axis=0) if columns.rows else np.ones(len(columns.number_names))
        order = 3.0 / (1.0 + np.arange(len(size)))
        weights = random.choice([-1.0, 1.0], (len(size), outputs)) * (order / np.maximum(size, 1e-9))[:, None]
        return {"weights": weights, "words": random.normal(size=(len(self.levels) + 1, outputs))}

    def apply(self, state: State, columns: Columns) -> Columns:
        """The same as the graph, in numpy."""
        score = np.nan_to_num(columns.numbers) @ state["weights"]
        if self.levels:
            places = {word: place for place, word in enumerate(self.levels)}
            score = score + state["words"][[places.get(one, len(self.levels)) for one in columns.words[0].cells()]]
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
        if self.levels:
            first = graph.add("Gather", wires.words, graph.constant([0], np.int64), axis=1)
            score = graph.add("Add", score, graph.lookup(first, self.levels, state["words"]))
        if self.task == "binary":
            score = graph.add("Sigmoid", score)
        if self.task == "multiclass":
            score = graph.add("Softmax", score, axis=1)
        return Wires(score, ("answer.0",), "", "", (), "", ())


def rows_of(columns: Sequence[Column], count: int, seed: int = 1) -> dict[str, Any]:
    """Cells of made-up rows by column name."""
    random = np.random.default_rng(seed)
    cells: dict[str, Any] = {}
    for one in columns:
        low, high = (0.0 if one.low is None else one.low), (1.0 if one.high is None else one.high)
        if one.kind == "number":
            cells[one.name] = np.round(random.uniform(low, high, count))
        elif one.kind == "flag":
            cells[one.name] = random.integers(0, 2, count).astype(object)
        elif one.kind == "date":
            days = random.integers(0, int(high // 86_400_000_000), count)
            cells[one.name] = days.astype("datetime64[D]").astype("datetime64[us]")
        elif one.kind == "category":
            cells[one.name] = random.choice(np.array(one.levels, dtype=object), count)
        else:
            cells[one.name] = random.choice(np.array(["very good", "not so good", "fine"], dtype=object), count)
    return cells


def write(folder: Path, columns: Sequence[Column] = COLUMNS, task: str = "binary", **changes: Any) -> Path:
    """A bundle in a run's folder."""
    classes = {"binary": ("no", "yes"), "multiclass": ("a", "b", "c"), "regression": ()}[task]
    classes = changes.pop("classes", classes)
    keeps = changes.pop("keeps_cases", False)
    schema = Schema(tuple(columns))
    read = Reader(schema.features).batch(rows_of(columns, 200), 200).columns
    first = next((one.levels for one in schema.features if one.kind == "category"), ())
    has_words = bool(read.words) and schema.features[-1].kind in ("category", "text") and bool(first)
    plan = Weights(task=task, levels=tuple(first) if has_words else ())
    state = plan.fit(read, None)
    answers = plan.apply(state, read).numbers
    places = answers.argmax(axis=1) if task == "multiclass" else (answers[:, 0] >= 0.5)
    values = answers[:, 0] if task == "regression" else places.astype(np.float64)
    target = Target(task=task, values=values, classes=classes)
    certain = Spread(0.9, (), (-1.0,), (2.0,)) if task == "regression" else SetRule(0.9, (0.3,) * len(classes))
    given: dict[str, Any] = {
        "plan": plan,
        "state": state,
        "schema": schema,
        "task": task,
        "target": "bought",
        "classes": classes,
        "positive": classes[1] if task == "binary" else "",
        "metric": "rmse" if task == "regression" else "log_loss",
        "rule": DecisionRule({"call": {classes[1]: 300.0, classes[0]: -200.0}}) if task == "binary" else None,
        "check": read,
        "expected": answers,
        "facts": {"rows": 200},
        "uncertainty": certain,
        "known": learn_known(read, schema.features, seed=1, cases_of=target if keeps else None),
    }
    folder.mkdir(parents=True, exist_ok=True)
    return write_bundle(folder / "bundle", **{**given, **changes}).parent


@dataclass(frozen=True)
class Answered:
    """What came back from an application."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def document(self) -> Any:
        """The body as JSON, NaN refused."""

        def refuse(text: str) -> Any:
            raise AssertionError(text)

        return json.loads(self.body, parse_constant=refuse)


def ask(
    application: Application,
    path: str,
    body: Any = None,
    *,
    headers: Mapping[str, str] | None = None,
    method: str = "",
    parts: Sequence[bytes] | None = None,
) -> Answered:
    """One request, without a network; ``body`` is JSON unless it is bytes."""
    content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    given = {"host": "127.0.0.1:8000"}
    if body is not None or parts is not None:
        length = len(content) if parts is None else sum(map(len, parts))
        given |= {"content-type": "application/json", "content-length": str(length)}
    given |= headers or {}
    address, _, query = path.partition("?")
    scope = {
        "type": "http",
        "method": method or ("GET" if body is None and parts is None else "POST"),
        "path": address,
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in given.items() if value],
    }
    waiting = list(parts if parts is not None else [content])
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        if not waiting:
            await asyncio.sleep(3600)
        part = waiting.pop(0)
        return {"type": "http.request", "body": part, "more_body": bool(waiting) or parts is not None}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(application(scope, receive, send))
    told = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return Answered(sent[0]["status"], told, sent[1]["body"])


@pytest.fixture(scope="session")
def bundles(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A run's folder for each task, and "cases" with past cases, "spending" with amounts that read a column."""
    folders: dict[str, Path] = {}
    special = {
        "cases": {"keeps_cases": True},
        "spending": {
            "rule": DecisionRule({"call": {"yes": Expression.parse("`income` / 100"), "no": -200.0}}),
        },
    }

    def give(kind: str = "binary") -> Path:
        if kind not in folders:
            task = "binary" if kind in special else kind
            folders[kind] = write(tmp_path_factory.mktemp("server") / kind, task=task, **special.get(kind, {}))
        return folders[kind]

    return give


@pytest.fixture(scope="session")
def deployed(bundles: Callable[[str], Path]) -> Callable[[str], Deployed]:
    """A deployed model for each kind of bundle."""
    found: dict[str, Deployed] = {}

    def give(kind: str = "binary") -> Deployed:
        if kind not in found:
            found[kind] = deploy(bundles(kind))
        return found[kind]

    return give


@pytest.fixture
def application(deployed: Callable[[str], Deployed]) -> Callable[..., Application]:
    """An application on one of the models."""

    def give(kind: str = "binary", *, token: str = "", limits: Limits | None = None, **named: Any) -> Application:
        one = deployed(kind)
        if limits is not None:
            one = Deployed(one.model, one.name, one.version, limits)
        return Application(one, Guard("127.0.0.1", token), **named)

    return give


@pytest.fixture
def asked() -> Callable[..., Answered]:
    return ask


@pytest.fixture
def make_run() -> Callable[..., Path]:
    return write


@pytest.fixture
def row() -> dict[str, Any]:
    return {"age": 40, "income": 30_000, "member": True, "since": "2001-02-03", "city": "Oslo", "note": "very good"}


@contextmanager
def running(run: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, Any]]]:
    """A server of its own process on a free port, and what it printed when it was ready."""
    command = [sys.executable, "-m", "journeyman", "serve", str(run), "--port", "0", "--json", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            text = ""
            while process.stdout is not None and not text.endswith("}\n"):
                line = process.stdout.readline()
                if not line:
                    raise AssertionError(process.stderr.read() if process.stderr else "it ended")
                text += line if text or line.startswith("{") else ""
            yield process, json.loads(text)
        finally:
            process.kill()


@pytest.fixture
def served() -> Callable[..., Any]:
    return running
