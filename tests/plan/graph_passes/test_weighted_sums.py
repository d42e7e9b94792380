from __future__ import annotations

import numpy as np
import pytest

from journeyman.plan.graph_passes import weighted_sums as under_test


def chance(graph, start, place):
    column = graph.pick(start.numbers, place, 4)
    return graph.add("Sigmoid", graph.add("Where", graph.add("IsNaN", column), graph.constant(0.0), column))


@pytest.mark.parametrize("width", [1, 2])
def test_a_mean_of_members_is_one_product(bench, width: int) -> None:
    def draw(graph, start):
        total = ""
        for place, weight in enumerate((0.5, 0.3, 0.2)):
            part = graph.add("Mul", chance(graph, start, list(range(place, place + width))), graph.constant(weight))
            total = graph.add("Add", total, part) if total else part
        return total

    found = bench(under_test.rewrite, draw)
    assert np.allclose(found.before, found.after, rtol=1e-14)
    assert found.operators["MatMul"] == 1
    assert "Add" not in found.operators
    assert "Mul" not in found.operators


def test_what_may_be_missing_is_not_multiplied_by_nothing(bench) -> None:
    def draw(graph, start):
        parts = [graph.add("Mul", graph.pick(start.numbers, some, 4), graph.constant(0.5)) for some in ([0, 1], [2, 3])]
        return graph.add("Add", *parts)

    found = bench(under_test.rewrite, draw)
    assert found.is_same
    assert not found.changed


def test_whole_numbers_are_divided_as_they_are(bench) -> None:
    def draw(graph, start):
        days = graph.add("Mod", start.dates, graph.constant([1000], np.int64))
        parts = [graph.add(operator, days, graph.constant([3], np.int64)) for operator in ("Div", "Mul")]
        return graph.add("Cast", graph.add("Add", *parts), to=11)

    found = bench(under_test.rewrite, draw)
    assert found.is_same
    assert not found.changed


def test_a_mean_that_is_divided_and_weighted_has_other_weights(bench) -> None:
    def draw(graph, start):
        thirds = [graph.add("Div", chance(graph, start, [place]), graph.constant(3.0)) for place in range(3)]
        total = graph.add("Add", graph.add("Add", *thirds[:2]), thirds[2])
        return graph.add("Mul", total, graph.constant(0.25))

    found = bench(under_test.rewrite, draw)
    assert np.allclose(found.before, found.after, rtol=1e-14)
    assert not {"Add", "Div"} & set(found.operators)
