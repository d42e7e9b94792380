"""How long the answer to one row takes, measured with a clock.

It is the median of many answers of `Model.predict_one`, in process, on this machine: reading the row's cells, the
graph, whether the row is unusual, the decision. Of candidates that are not deployed only the graph is measured.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from journeyman.bundle.audit import audit_ports
from journeyman.bundle.background import Background, TypedCell
from journeyman.bundle.golden import date_text, golden_cells
from journeyman.bundle.reader import Reader
from journeyman.bundle.session import Session
from journeyman.table.columns import Columns
from journeyman.table.schema import Column

if TYPE_CHECKING:
    from journeyman.bundle.model import Model

#: Answers in a round; the median of a round is looked at, and of all rounds the one at the lower quarter: others run
#: beside us, and what they take can only make a round slower.
ANSWERS, QUARTER = 30, 0.25
#: For so many seconds a model is measured, and a graph; each has at least so many rounds.
FOR_A_MODEL, FOR_A_GRAPH, LEAST_ROUNDS = 0.4, 0.06, 2

#: The kinds of the graph's inputs.
KINDS = {"numbers": "float64", "dates": "int64", "dates_missing": "bool", "words": "object"}


def typical_rows(
    columns: Sequence[Column], background: Background | None = None, count: int = 32
) -> list[dict[str, Any]]:
    """Rows made up that hold what is usual: nothing missing, nothing strange.

    Of a column that the background holds, its cells: most numbers lie where the middle of their range does not. Of
    others, and of texts, of which it holds terms only, what the schema says.
    """
    usual = {}
    for name, (first, _, strange, *others) in golden_cells(columns).items():
        usual[name] = [first, *(one for one in others if one is not None and one != strange)]
    for column in columns:
        known = () if background is None or column.kind == "text" else background.cells.get(column.name, ())
        if told := [_as_written(cell, column) for cell in known if cell is not None]:
            usual[column.name] = told
    places = enumerate(usual.items())
    cells = {name: [some[(row + place) % len(some)] for row in range(count)] for place, (name, some) in places}
    return [{name: some[row] for name, some in cells.items()} for row in range(count)]


def answer_seconds(model: Model) -> float:
    """Seconds that a loaded model takes for one row, measured: half of all answers are given sooner."""
    beside = [one for one in model.manifest.rule_columns if one not in model.columns]
    rows = typical_rows([*model.columns, *beside], model.manifest.background)
    # Who finds a row unusual says why, which takes longer than the answer.
    usual = [row for row in rows if model.predict_one(row)["status"] == "ok"]
    return _measured(model.predict_one, usual or rows, FOR_A_MODEL)


def _as_written(cell: TypedCell, column: Column) -> Any:
    if column.kind == "date" and not isinstance(cell, str) and cell is not None:
        return date_text(cell, column.date_format)
    return bool(cell) if column.kind == "flag" else cell


def graph_seconds(graph: bytes, columns: Columns, outputs: int) -> float:
    """Seconds that a graph alone takes for one row, measured on some of the rows of ``columns``.

    Raises
    ------
    BundleError : the audit or onnxruntime does not take the graph, or it fails on these rows
    """
    reader = Reader(())
    ports = {name: (KINDS[name], feed.shape[1]) for name, feed in reader.feeds(columns.take(np.array([0]))).items()}
    facts = audit_ports(graph, ports, outputs)
    session = Session(graph, outputs, facts.cells_a_row, facts.together)
    places = np.unique(np.linspace(0, columns.rows - 1, 8).astype(np.int64))
    rows = [reader.feeds(columns.take(np.array([place]))) for place in places.tolist()]
    return _measured(session.one, rows, FOR_A_GRAPH)


def _measured(answer: Callable[[Any], object], rows: Sequence[Any], seconds: float) -> float:
    for row in rows:
        answer(row)
    medians: list[float] = []
    until = time.perf_counter() + seconds
    while len(medians) < LEAST_ROUNDS or time.perf_counter() < until:
        took = []
        for place in range(ANSWERS):
            start = time.perf_counter()
            answer(rows[place % len(rows)])
            took.append(time.perf_counter() - start)
        medians.append(statistics.median(took))
    return float(np.quantile(medians, QUARTER))
