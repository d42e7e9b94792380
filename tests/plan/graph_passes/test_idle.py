from __future__ import annotations

import numpy as np

from journeyman.plan.graph_passes import idle as under_test


def held(graph, wire, low, high):
    """Between two numbers; missing stays missing."""
    top, bottom = graph.constant(high), graph.constant(low)
    wire = graph.add("Where", graph.add("Greater", wire, top), top, wire)
    return graph.add("Where", graph.add("Less", wire, bottom), bottom, wire)


def filled(graph, wire):
    return graph.add("Where", graph.add("IsNaN", wire), graph.constant(0.0), wire)


def test_bounds_that_may_be_reached_stay(bench) -> None:
    found = bench(under_test.rewrite, lambda graph, start: held(graph, start.numbers, -2.0, 2.0))
    assert found.is_same
    assert found.operators == {"Where": 2, "Greater": 1, "Less": 1}


def test_bounds_beyond_bounds_are_left_out_and_missing_stays_missing(bench) -> None:
    found = bench(
        under_test.rewrite, lambda graph, start: held(graph, held(graph, start.numbers, -2.0, 2.0), -3.0, 2.0)
    )
    assert found.is_same
    assert found.operators == {"Where": 2, "Greater": 1, "Less": 1}


def test_where_nothing_is_missing_bounds_are_a_clip(bench) -> None:
    found = bench(under_test.rewrite, lambda graph, start: held(graph, filled(graph, start.numbers), -2.0, 2.0))
    assert found.is_same
    assert found.operators == {"IsNaN": 1, "Where": 1, "Clip": 1}


def test_nobody_looks_twice_for_missing_numbers(bench) -> None:
    found = bench(under_test.rewrite, lambda graph, start: filled(graph, filled(graph, start.numbers)))
    assert found.is_same
    assert found.operators == {"IsNaN": 1, "Where": 1}


def test_clips_are_one_or_none(bench) -> None:
    def draw(graph, start):
        bounds = [graph.constant(one) for one in (-5.0, 5.0, -1.0, 7.0, -9.0, 9.0)]
        wire = filled(graph, start.numbers)
        for low, high in zip(bounds[::2], bounds[1::2], strict=True):
            wire = graph.add("Clip", wire, low, high)
        return graph.add("Max", graph.add("Min", wire, graph.constant([5.0])), graph.constant([-1.0]))

    found = bench(under_test.rewrite, draw)
    assert found.is_same
    assert found.operators == {"IsNaN": 1, "Where": 1, "Clip": 1}


def test_what_may_overflow_is_still_looked_at(bench) -> None:
    def draw(graph, start):
        wire = graph.add(
            "Mul", graph.add("Clip", filled(graph, start.numbers), *map(graph.constant, (-1e200, 1e200))), "big"
        )
        return graph.add("Where", graph.add("Less", graph.add("Abs", wire), graph.constant(1e300)), wire, "gone")

    def with_numbers(graph, start):
        graph.constants |= {"big": np.array(1e200), "gone": np.array(np.nan)}
        return draw(graph, start)

    found = bench(under_test.rewrite, with_numbers)
    assert found.is_same
    assert {"Less", "Abs"} <= set(found.operators)
    assert np.isnan(found.after).any()


def test_a_bound_before_a_sigmoid_stays_idle_or_not(bench) -> None:
    """onnxruntime before 1.31 has no x · sigmoid(x) for doubles, and takes one for the other."""

    def silu(graph, start):
        near = graph.add("Clip", filled(graph, start.numbers), graph.constant(-3.0), graph.constant(3.0))
        bound = graph.add("Clip", near, graph.constant(-80.0), graph.constant(80.0))
        return graph.add("Mul", near, graph.add("Sigmoid", bound))

    found = bench(under_test.rewrite, silu)
    assert found.is_same
    assert found.operators == {"IsNaN": 1, "Where": 1, "Clip": 2, "Sigmoid": 1, "Mul": 1}
