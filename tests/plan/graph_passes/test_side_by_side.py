from __future__ import annotations

import numpy as np

from journeyman.plan.graph_passes import side_by_side as under_test


def test_one_function_of_several_blocks_is_asked_once(bench) -> None:
    def draw(graph, start):
        parts = [graph.add("Abs", graph.pick(start.numbers, some, 4)) for some in ([0], [3, 1], [2])]
        return graph.join(*parts)

    found = bench(under_test.rewrite, draw)
    assert found.is_same
    assert found.operators["Abs"] == 1


def test_constants_stand_side_by_side_too(bench) -> None:
    def draw(graph, start):
        parts = [
            graph.add("Mul", graph.pick(start.numbers, some, 4), graph.constant(2.0 + len(some)))
            for some in ([0], [3, 1])
        ]
        return graph.join(*parts)

    found = bench(under_test.rewrite, draw)
    assert found.is_same
    assert found.operators["Mul"] == 1


def test_blocks_that_are_no_neighbours_come_together_and_back(bench) -> None:
    def draw(graph, start):
        parts = []
        for place in range(4):
            column = graph.pick(start.numbers, [place], 4)
            parts += [graph.add("Abs", column), graph.add("Div", column, graph.constant(3.0 + place))]
        return graph.join(*parts)

    found = bench(under_test.rewrite, draw)
    assert found.is_same
    assert found.operators["Abs"] == 1 or found.operators["Div"] == 1


def test_what_others_take_too_and_what_is_of_another_type_stays(bench) -> None:
    def draw(graph, start):
        shared = graph.add("Abs", graph.pick(start.numbers, [0], 4))
        casts = [graph.add("Cast", wire, to=11) for wire in (start.dates, start.dates_missing)]
        return graph.join(shared, shared, *casts, graph.add("Neg", shared))

    found = bench(under_test.rewrite, draw)
    assert found.is_same
    assert not found.changed


def test_small_products_are_one(bench) -> None:
    def draw(graph, start):
        held = graph.add("Where", graph.add("IsNaN", start.numbers), graph.constant(0.0), start.numbers)
        held = graph.add("Clip", held, graph.constant(-3.0), graph.constant(3.0))
        parts = []
        for size, factor in ((2, 0.5), (1, 3.0)):
            weights = graph.constant(np.full((4, size), factor))
            parts.append(graph.add("MatMul", graph.add("Mul", held, graph.constant(factor)), weights))
        return graph.join(*parts)

    found = bench(under_test.rewrite, draw)
    assert np.allclose(found.before, found.after, rtol=1e-14)
    assert found.operators["MatMul"] == 1
