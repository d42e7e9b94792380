from __future__ import annotations

import numpy as np
import pytest

from journeyman.bundle.audit import audit_ports
from journeyman.bundle.session import Session
from journeyman.bundle.together import TOGETHER
from journeyman.plan.graph import Graph
from journeyman.table.columns import Columns

ROWS = np.random.default_rng(1).normal(size=(21, 9))


def written(operator: str, width: int, **settings: int) -> bytes:
    columns = Columns.of(rows=0, numbers=np.zeros((0, 9)), number_names=[f"n{one}" for one in range(9)])
    graph = Graph()
    start = graph.inputs(columns)
    some = graph.pick(start.numbers, [one % 9 for one in range(width)], 9)
    return graph.finish(start, graph.add(operator, some, **settings))


@pytest.mark.parametrize(
    ("operator", "width", "together"),
    [("Exp", 8, 1), ("Sigmoid", 16, 1), ("Exp", 9, TOGETHER), ("Tanh", 1, TOGETHER), ("Sqrt", 3, 1), ("Neg", 9, 1)],
)
def test_a_row_goes_alone_where_nothing_rounds_by_place(operator: str, width: int, together: int) -> None:
    content = written(operator, width)
    facts = audit_ports(content, {"numbers": ("float64", 9)}, width)
    assert facts.together == together
    session = Session(content, width, facts.cells_a_row, facts.together)
    numbers = np.abs(ROWS)
    whole = session.run({"numbers": numbers}, len(numbers))
    alone = [session.one({"numbers": row[None]}) for row in numbers]
    assert np.array(alone).tobytes() == whole.tobytes()


def test_softmax_never_goes_alone() -> None:
    content = written("Softmax", 8, axis=1)
    assert audit_ports(content, {"numbers": ("float64", 9)}, 8).together == TOGETHER
