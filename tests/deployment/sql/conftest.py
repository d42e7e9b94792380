"""Terms, graphs and bundles said in SQL and run in databases, beside what numpy and onnxruntime make of them."""

from __future__ import annotations

import math
import sqlite3
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import onnxruntime
import pytest

from journeyman.bundle.onnx_file import read_onnx
from journeyman.deployment.sql.compile import compiled
from journeyman.deployment.sql.dialect import Dialect, dialects
from journeyman.deployment.sql.layout import laid_out
from journeyman.deployment.sql.reading import Reading
from journeyman.deployment.sql.term import Book, Term
from journeyman.plan.graph import Graph, Wires
from journeyman.table.columns import MISSING_WORD, Columns, Strings
from journeyman.table.schema import Column


def _of(room: str) -> Any:
    path = Path(__file__).parents[2] / room / "conftest.py"
    spec = spec_from_file_location(f"{room}_conftest", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look there for their module
    spec.loader.exec_module(module)
    return module


_SOURCES, BUNDLES = _of("sources"), _of("bundle")
postgresql_server, postgresql = _SOURCES.postgresql_server, _SOURCES.postgresql
HARD = [0.0, -0.0, 1.0, -2.5, 0.1, 1e308, -1e308, 5e-324, -1e-200, 1e155, 2.0**53 + 2, 0.5, 1.5, 2.5, -0.5, 30.0, None]


def run(dialect: str, sql: str, script: str = "") -> tuple[list[str], list[tuple[Any, ...]]]:
    """Run SQL in memory; the names of its columns and its rows."""
    statement = sql.strip().rstrip(";")
    if dialect == "sqlite":
        connection = sqlite3.connect(":memory:")
        connection.executescript(script)
        cursor = connection.execute(statement)
        found = [one[0] for one in cursor.description], cursor.fetchall()
        connection.close()
        return found
    other = duckdb.connect()
    other.execute("SET threads = 1; PRAGMA disable_optimizer")  # plans of long SELECTs take long
    if script:
        other.execute(script)
    result = other.execute(statement)
    names, rows = [one[0] for one in result.description], result.fetchall()
    other.close()
    return names, rows


def select(dialect: Dialect, terms: Sequence[tuple[str, Term]], cells: Sequence[str]) -> str:
    steps, answers = laid_out(terms, dialect, cells, "jm_")
    return dialect.statement(("rows",), steps, answers)


def table(columns: Mapping[str, Sequence[Any]], types: Mapping[str, str], dialect: Dialect) -> str:
    """A script that makes the table ``rows``."""
    names = ", ".join(f"{dialect.identifier(name)} {types[name]}" for name in columns)
    lines = []
    for row in zip(*columns.values(), strict=True):
        lines.append(f"({', '.join(_literal(cell, dialect) for cell in row)})")
    return f"CREATE TABLE rows ({names}); INSERT INTO rows VALUES {', '.join(lines)};"  # noqa: S608 - names and literals are quoted


def _literal(cell: Any, dialect: Dialect) -> str:
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return "NULL"
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and math.isinf(cell):
        sign = "-" if cell < 0 else ""
        return f"{sign}9e999" if dialect.name == "sqlite" else f"CAST('{sign}Infinity' AS DOUBLE)"
    return dialect.threshold(cell) if isinstance(cell, float) else dialect.text(str(cell))


@pytest.fixture
def hard_numbers() -> list[float | None]:
    return HARD


@pytest.fixture(params=["duckdb", "sqlite"])
def dialect(request: pytest.FixtureRequest) -> Dialect:
    return dialects()[request.param]


@pytest.fixture
def evaluated(dialect: Dialect) -> Callable[..., list[Any]]:
    """What a database makes of a term over columns of numbers, row by row."""

    def evaluate(make: Callable[..., Term], *columns: Sequence[float | None]) -> list[Any]:
        book = Book(stops_at_small=dialect.stops_at_small)
        reading = Reading(book, dialect)
        names = [f"x{place}" for place in range(len(columns))]
        cells = [reading.column(Column(name=name, kind="number")).value for name in names]
        rows = dict(zip(names, columns, strict=True))
        script = table(rows, dict.fromkeys(names, dialect.double), dialect)
        found = run(dialect.name, select(dialect, [("found", make(book, *cells))], reading.cells), script)[1]
        return [row[-1] for row in found]

    return evaluate


Build = Callable[[Graph, Wires], str]


@pytest.fixture
def agrees(dialect: Dialect) -> Callable[..., float]:
    """The largest difference between a graph in onnxruntime and in a database, relative to max(1, |value|)."""

    def difference(build: Build, numbers: Any = None, dates: Any = None, words: Sequence[Sequence[str]] = ()) -> float:
        rows = len(numbers if numbers is not None else dates if dates is not None else words[0])
        none = np.zeros((rows, 0))
        values = none if numbers is None else np.asarray(numbers, np.float64)
        at = np.zeros((rows, 0), np.int64) if dates is None else np.asarray(dates, np.int64)
        schema = [Column(name=f"n{place}", kind="number") for place in range(values.shape[1])]
        schema += [Column(name=f"d{place}", kind="date") for place in range(at.shape[1])]
        schema += [Column(name=f"w{place}", kind="category") for place in range(len(words))]
        start = Columns.of(
            rows=rows,
            numbers=values,
            number_names=[one.name for one in schema if one.kind == "number"],
            dates=at,
            dates_missing=np.zeros(at.shape, np.bool_),
            date_names=[one.name for one in schema if one.kind == "date"],
            words=[Strings.of(list(column)) for column in words],
            word_names=[one.name for one in schema if one.kind == "category"],
        )
        graph = Graph()
        wires = graph.inputs(start)
        content = graph.finish(wires, build(graph, wires))
        feeds: dict[str, Any] = {"numbers": values} if values.shape[1] else {}
        if at.shape[1]:
            feeds |= {"dates": at, "dates_missing": start.dates_missing}
        if words:
            feeds["words"] = np.column_stack([np.array(column, object) for column in words])
        wanted = onnxruntime.InferenceSession(content).run(None, feeds)[0]
        book = Book(stops_at_small=dialect.stops_at_small)
        reading = Reading(book, dialect)
        answers = compiled(read_onnx(content), reading.inputs(schema), book)
        cells = {one.name: values[:, place].tolist() for place, one in enumerate(schema[: values.shape[1]])}
        for place in range(at.shape[1]):
            moments = at[:, place].astype("datetime64[us]").tolist()
            cells[f"d{place}"] = [one.isoformat(" ") for one in moments]
        for place, column in enumerate(words):
            cells[f"w{place}"] = [None if word == MISSING_WORD else word for word in column]
        script = table(cells, {one.name: dialect.column_types[one.kind] for one in schema}, dialect)
        told = [(f"answer {place}", answer) for place, answer in enumerate(answers)]
        found = run(dialect.name, select(dialect, told, reading.cells), script)[1]
        got = np.array([[np.nan if cell is None else float(cell) for cell in row[len(schema) :]] for row in found])
        assert (np.isnan(got) == np.isnan(wanted)).all()
        return float(np.nanmax(np.abs(got - wanted) / np.maximum(1.0, np.abs(wanted)), initial=0.0))

    return difference


@pytest.fixture(scope="session")
def bundles(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A bundle for each task, written once; not to be changed."""
    folders: dict[str, Path] = {}

    def give(task: str = "binary") -> Path:
        if task not in folders:
            folder = tmp_path_factory.mktemp(task) / "bundle"
            folders[task] = BUNDLES.write(folder, task, known=BUNDLES.known_of(task, cases=False))
        return folders[task]

    return give


def hard_rows(count: int = 150) -> dict[str, list[Any]]:
    """Rows of the bundles' table: ordinary, missing, extreme, unseen."""
    cells = BUNDLES.table(count, seed=3)
    rows = {name: list(column) if name != "since" else column.tolist() for name, column in cells.items()}
    for place, value in enumerate(HARD):
        rows["age"][place], rows["income"][place + 20] = value, value
    rows["age"][40], rows["income"][41] = math.inf, -math.inf
    rows["since"] = [None if place % 13 == 5 else one for place, one in enumerate(rows["since"])]
    rows["city"][:7] = [None, "", " Oslo\t", "OSLO", "x'); --", "\u00a0Bergen", "new\nline"]
    return {
        name: [one.item() if isinstance(one, np.generic) else one for one in column] for name, column in rows.items()
    }


@pytest.fixture
def compared() -> Callable[..., dict[str, float]]:
    """How far the columns of a result are from the predictions: the largest difference, or how many differ."""

    def compare(names: Sequence[str], rows: Sequence[Sequence[Any]], wanted: Any, before: int) -> dict[str, float]:
        found = {}
        for name, values in wanted.as_columns().items():
            got = [row[before + names[before:].index(name)] for row in rows]
            if values.dtype == object:
                found[name] = float(sum(one != other for one, other in zip(got, values.tolist(), strict=True)))
                continue
            numbers = np.array([np.nan if one is None else one for one in got], np.float64)
            assert (np.isnan(numbers) == np.isnan(values)).all(), name
            away = np.abs(numbers - values) / np.maximum(1.0, np.abs(values))
            found[name] = float(np.nanmax(away, initial=0.0))
        return found

    return compare


@pytest.fixture
def rows() -> dict[str, list[Any]]:
    return hard_rows()


@pytest.fixture
def run_in() -> Callable[..., tuple[list[str], list[tuple[Any, ...]]]]:
    return run


@pytest.fixture
def script_of() -> Callable[..., str]:
    """A script that makes the table of the bundles with some rows."""

    def write(cells: Mapping[str, Sequence[Any]], dialect: Dialect, columns: Sequence[Column]) -> str:
        types = {column.name: dialect.column_types[column.kind] for column in columns}
        texts = {name: [str(one) if hasattr(one, "isoformat") else one for one in some] for name, some in cells.items()}
        return table(texts, types, dialect)

    return write
