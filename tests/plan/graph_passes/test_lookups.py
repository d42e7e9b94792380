from __future__ import annotations

import numpy as np

from journeyman.plan.graph_passes import lookups as under_test


def places(graph, start, size=3):
    """Whole numbers from 0 to size, (N, 3)."""
    levels = ["a", "b", "c"][:size]
    return graph.add(
        "LabelEncoder",
        start.words,
        domain="ai.onnx.ml",
        keys_strings=levels,
        values_int64s=list(range(size)),
        default_int64=size,
    )


def test_a_table_behind_a_table_is_one(bench) -> None:
    def draw(graph, start):
        inner = graph.add("Gather", graph.constant([2, 0, 1, 2], np.int64), places(graph, start), axis=0)
        return graph.add("Gather", graph.constant([0.5, -1.0, np.nan]), inner, axis=0)

    found = bench(under_test.rewrite, draw)
    assert found.is_same
    assert found.operators == {"LabelEncoder": 1, "Gather": 1}


def test_tables_side_by_side_are_one(bench) -> None:
    def draw(graph, start):
        found = places(graph, start)
        parts = []
        for column in range(3):
            table = graph.constant(np.arange(4.0 + column) * (column + 1))
            parts.append(graph.add("Gather", table, graph.pick(found, [column], 3), axis=0))
        return graph.join(*parts)

    found = bench(under_test.rewrite, draw)
    assert found.is_same
    assert sum(found.operators.values()) < 8
    assert found.operators["Add"] == 1


def test_a_place_that_may_lie_beyond_its_table_keeps_it(bench) -> None:
    def draw(graph, start):
        found = places(graph, start)
        days = graph.add("Mod", start.dates, graph.constant([4], np.int64))
        parts = [graph.add("Gather", graph.constant(np.arange(4.0)), graph.pick(found, [0], 3), axis=0)]
        parts.append(graph.add("Gather", graph.constant(np.arange(4.0)), days, axis=0))
        return graph.join(*parts)

    found = bench(under_test.rewrite, draw)
    assert found.is_same
    assert not found.changed
