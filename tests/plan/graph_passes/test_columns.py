from __future__ import annotations

import numpy as np
import pytest

from journeyman.plan.graph_passes import columns as under_test


def test_picks_of_picks_and_of_joined_blocks_are_one(bench) -> None:
    def draw(graph, start):
        first = graph.pick(start.numbers, [3, 1, 0], 4)
        both = graph.join(first, graph.add("Neg", start.numbers))
        return graph.pick(graph.pick(both, [2, 0], 7), [1, 0, 0], 2)

    found = bench(under_test.rewrite, draw)
    assert found.is_same
    assert found.operators == {"Gather": 1}


def test_all_columns_in_order_are_the_block_itself(bench) -> None:
    def draw(graph, start):
        halves = [graph.pick(start.numbers, some, 4) for some in ([0, 1], [2, 3])]
        return graph.add("Neg", graph.join(*halves))

    found = bench(under_test.rewrite, draw)
    assert found.is_same
    assert found.operators == {"Neg": 1}


def test_parts_that_nothing_is_picked_of_are_not_joined(bench) -> None:
    def draw(graph, start):
        blocks = [graph.add(operator, start.numbers) for operator in ("Neg", "Abs", "Floor")]
        return graph.pick(graph.join(*blocks), [9, 1, 8], 12)

    found = bench(under_test.rewrite, draw)
    assert found.is_same
    assert found.operators == {"Neg": 1, "Floor": 1, "Concat": 1, "Gather": 1}


def test_a_product_takes_all_columns_with_weights_of_nothing(bench) -> None:
    def draw(graph, start):
        held = graph.add("Sigmoid", graph.add("Where", graph.add("IsNaN", start.numbers), "zero", start.numbers))
        return graph.add("MatMul", graph.pick(held, [2, 0, 2], 4), graph.constant(np.arange(6.0).reshape(3, 2)))

    def with_zero(graph, start):
        graph.constants["zero"] = np.array(0.0)
        return draw(graph, start)

    found = bench(under_test.rewrite, with_zero)
    assert "Gather" not in found.operators
    assert np.allclose(found.before, found.after, rtol=1e-14)


def test_no_weights_are_put_beside_numbers_that_may_be_missing(bench) -> None:
    def draw(graph, start):
        return graph.add("MatMul", graph.pick(start.numbers, [2, 0], 4), graph.constant(np.ones((2, 1))))

    found = bench(under_test.rewrite, draw)
    assert found.operators == {"Gather": 1, "MatMul": 1}
    assert not found.changed


@pytest.mark.parametrize("operator", ["Exp", "Sigmoid"])
def test_columns_are_repeated_in_the_matrix_and_not_by_a_node(bench, operator: str) -> None:
    def draw(graph, start):
        held = graph.add("Clip", start.numbers, graph.constant(-1.0), graph.constant(1.0))
        score = graph.add("MatMul", held, graph.constant(np.arange(8.0).reshape(4, 2) / 10))
        score = graph.add("Add", score, graph.constant([0.5, 0.25]))
        return graph.add(operator, graph.pick(score, [0, 1, 0, 0, 0, 0, 0, 0], 2))

    found = bench(under_test.rewrite, draw)
    assert "Gather" not in found.operators
    assert np.allclose(found.before, found.after, rtol=1e-14, equal_nan=True)
