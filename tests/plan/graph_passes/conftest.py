"""A table, and what a pass makes of a graph over it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import onnxruntime
import pytest

from journeyman.plan.graph import Graph, Wires
from journeyman.plan.rewriting import Rule, rewritten
from journeyman.table.columns import MISSING_WORD, Columns, Strings

ROWS = 40


def columns() -> Columns:
    """Numbers with missing and huge ones, dates, words with missing and unknown ones, a text."""
    random = np.random.default_rng(5)
    numbers = random.normal(size=(ROWS, 4)) * [1.0, 10.0, 1e6, 1.0]
    numbers[random.random(numbers.shape) < 0.2] = np.nan
    numbers[0], numbers[1] = 1e300, -1e300
    words = [random.choice(["a", "b", "c", "other", MISSING_WORD], ROWS).tolist() for _ in range(3)]
    return Columns.of(
        rows=ROWS,
        numbers=numbers,
        number_names=("n", "m", "k", "z"),
        dates=random.integers(-(10**15), 10**15, (ROWS, 1)),
        date_names=("d",),
        words=tuple(Strings.of(one) for one in words),
        word_names=("u", "v", "w"),
    )


@dataclass(frozen=True)
class Bench:
    """A graph's answers before and after a pass, and the operators that it is left with."""

    before: np.ndarray
    after: np.ndarray
    operators: Counter[str]
    changed: bool

    @property
    def is_same(self) -> bool:
        """The same bits."""
        return self.before.tobytes() == self.after.tobytes()


def answers(graph: Graph, start: Wires, answer: str) -> np.ndarray:
    """What a graph gives for the table."""
    rows = columns()
    feeds: dict[str, Any] = {"numbers": rows.numbers, "dates": rows.dates, "dates_missing": rows.dates_missing}
    feeds["words"] = np.column_stack([one.cells() for one in rows.words])
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    found: np.ndarray = onnxruntime.InferenceSession(graph.finish(start, answer), options).run(None, feeds)[0]
    return found


@pytest.fixture(scope="session")
def bench() -> Callable[[Rule, Callable[[Graph, Wires], str]], Bench]:
    """From a pass and a way to draw a graph, to what the pass makes of it."""

    def run(rule: Rule, draw: Callable[[Graph, Wires], str]) -> Bench:
        graph = Graph()
        start = graph.inputs(columns())
        answer = draw(graph, start)
        made, its_answer, changed = rewritten(graph, start, answer, rule)
        left, last, _ = rewritten(made, start, its_answer, lambda node, new: None)
        operators = Counter(node.operator for node in left.nodes)
        return Bench(answers(graph, start, answer), answers(left, start, last), operators, changed)

    return run
