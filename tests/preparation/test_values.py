"""Values of a number that come again, as levels."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeyman.preparation.derive.keys import Key, pack_keys, unpack_keys, value_key
from journeyman.preparation.derive.values import around, value_codes, values_that_recur
from journeyman.table.columns import Columns

TINY = float(np.finfo(np.float64).tiny)
NUMBERS = st.floats(-1e299, 1e299).filter(lambda one: one == 0 or abs(one) > 4 * TINY)


def test_values_in_two_rows_or_more_are_levels_and_the_others_are_counted() -> None:
    values, others = values_that_recur(np.array([3.0, 1.0, 3.0, 2.0, 1.0, np.nan, 7.0]))
    assert values.tolist() == [1.0, 3.0]
    assert others == 2


def test_where_hardly_any_value_comes_again_there_are_none() -> None:
    numbers = np.append(np.arange(20.0), [0.0, 1.0])
    assert not len(values_that_recur(numbers)[0])
    assert not len(values_that_recur(np.full(3, np.nan))[0])
    assert not len(values_that_recur(np.full(3, -1.7e308))[0])
    assert value_key(0, numbers) is None


def test_the_most_frequent_values_are_kept() -> None:
    numbers = np.repeat(np.arange(12_000.0), 2)
    values, others = values_that_recur(np.append(numbers, np.full(5, 11_999.0)))
    assert len(values) == 10_000
    assert others == 2000
    assert 11_999.0 in values


def test_only_the_very_value_has_its_code() -> None:
    thresholds = around(np.array([-1.0, 0.0, 0.5]))
    asked = np.array([-1.0, np.nextafter(-1.0, 0), 0.0, -0.0, 5e-324, 0.25, 0.5, np.nextafter(0.5, 1), np.nan, 9.0])
    assert value_codes(asked, thresholds).tolist() == [0, 4, 1, 1, 1, 4, 2, 4, 3, 4]


def test_a_value_in_single_precision_is_that_value_unless_another_is_as_near() -> None:
    values = np.array([0.1, 23.417, 1e300])
    single = values[:2].astype(np.float32).astype(np.float64)
    assert (single != values[:2]).all()
    assert value_codes(np.append(single, 23.41701), around(values)).tolist() == [0, 1, 4]
    near = np.array([23.417, np.nextafter(23.417, 24), 23.418])
    assert value_codes(near, around(near)).tolist() == [0, 1, 2]
    assert value_codes(near[:1].astype(np.float32).astype(np.float64), around(near)).tolist() == [4]


def test_a_value_that_single_precision_cannot_hold_is_not_that_which_it_is_there() -> None:
    assert value_codes(np.array([0.0, 8e-259, 1e-46]), around(np.array([8e-259]))).tolist() == [2, 0, 2]
    assert value_codes(np.array([np.inf, 1e300, 1e301]), around(np.array([1e300]))).tolist() == [2, 0, 2]


@settings(max_examples=200, deadline=None)
@given(st.lists(NUMBERS, min_size=1, max_size=30, unique=True), st.lists(NUMBERS, max_size=10))
def test_codes_are_those_of_equal_values_whatever_stands_beside_them(values: list[float], asked: list[float]) -> None:
    told = np.unique(np.array(values) + 0.0)
    numbers = np.array([*told.tolist(), *asked])
    places = {value: place for place, value in enumerate(told.tolist())}
    wanted = [places.get(one, len(told) + 1) for one in (numbers + 0.0).tolist()]
    found = value_codes(numbers, around(told))
    # As near as single precision goes, a number may be taken for the value.
    is_near = (np.abs(numbers[:, None] - told) <= np.abs(told) * 2.0**-24).any(axis=1)
    assert ((found == wanted) | (is_near & (np.array(wanted) > len(told)))).all()


@pytest.mark.parametrize("shift", [0.0, 1e9, -1e-3])
def test_the_graph_gives_the_same_codes(shift: float) -> None:
    import onnxruntime

    from journeyman.plan.graph import DOUBLE, OUTPUT, Graph

    random = np.random.default_rng(np.random.PCG64(4))
    numbers = np.append(np.round(random.normal(size=3000), 2) + shift, [np.nan, 0.0, -0.0, 5e-324, 1e300, -np.inf])
    key = value_key(0, numbers)
    assert key is not None
    columns = Columns.of(rows=len(numbers), numbers=numbers[:, None], number_names=("x",))
    graph = Graph()
    wires = graph.inputs(columns)
    content = graph.finish(wires, graph.add("Cast", key.express(graph, wires), to=DOUBLE))
    got = onnxruntime.InferenceSession(content).run([OUTPUT], {"numbers": columns.numbers})[0]
    assert got[:, 0].tolist() == key.codes(columns).tolist()
    assert key.codes(columns).max() == key.size - 1


def test_a_packed_key_comes_back() -> None:
    key = Key(2, None, around(np.arange(3.0)), is_value=True)
    (back,) = unpack_keys(pack_keys((key,)))
    assert (back.place, back.is_value, back.size) == (2, True, 5)
    assert back.edges.tolist() == key.edges.tolist()
