"""Main directions."""

from __future__ import annotations

import numpy as np
import onnxruntime
import pytest

from journeyman.plan.graph import OUTPUT, Graph
from journeyman.plan.target import Target
from journeyman.preparation.reduce.principal import Principal
from journeyman.table.columns import Columns

TARGET = Target(task="regression", values=np.zeros(1))
RANDOM = np.random.default_rng(np.random.PCG64(6))


def columns(numbers: np.ndarray, codes: tuple[str, ...] = ()) -> Columns:
    names = [f"n{place}" for place in range(numbers.shape[1])]
    return Columns.of(rows=len(numbers), numbers=numbers, number_names=names, code_names=codes)


def of_rank(rank: int, rows: int, width: int, noise: float = 0.0) -> np.ndarray:
    turned = (RANDOM.normal(size=(rows, rank)) * 2.0 ** -np.arange(rank)) @ RANDOM.normal(size=(rank, width))
    return turned + noise * RANDOM.normal(size=(rows, width))


@pytest.mark.parametrize(("rows", "width"), [(300, 20), (90, 500), (450, 450)])
def test_places_are_those_of_a_singular_value_decomposition(rows: int, width: int) -> None:
    numbers = of_rank(4, rows, width, noise=0.001)
    _, done = Principal(share=0.9999).fit_apply(columns(numbers), TARGET)
    left, sizes, _ = np.linalg.svd(numbers - numbers.mean(axis=0), full_matrices=False)
    assert done.number_names[:4] == ("direction 1", "direction 2", "direction 3", "direction 4")
    for place in range(4):
        wanted, got = left[:, place] * sizes[place], done.numbers[:, place]
        # The search at random, and the rounding, are near enough for any learner.
        assert min(np.abs(wanted - got).max(), np.abs(wanted + got).max()) < 2e-3 * np.abs(wanted).max()


def test_as_many_directions_as_hold_the_share() -> None:
    numbers = of_rank(3, 200, 10)
    variance = np.linalg.svd(numbers - numbers.mean(axis=0))[1] ** 2
    for share in (0.5, 0.9, 0.99):
        wanted = int((np.cumsum(variance) / variance.sum() < share).sum()) + 1
        assert Principal(share=share).fit(columns(numbers), TARGET)["weights"].shape[1] == wanted
    assert Principal(most=2, share=1.0).fit(columns(numbers), TARGET)["weights"].shape[1] == 2


def test_signs_do_not_depend_on_the_order_of_rows() -> None:
    numbers = of_rank(3, 200, 10)
    first, again = (Principal().fit(columns(one), TARGET)["weights"] for one in (numbers, numbers[::-1]))
    assert np.abs(first - again).max() <= 4  # steps of the grid
    assert (first[np.abs(first).argmax(axis=0), range(first.shape[1])] > 0).all()


def test_the_graph_gives_the_same_bits_however_rows_are_batched() -> None:
    numbers = of_rank(30, 400, 700, noise=0.1)
    step = Principal()
    state = step.fit(columns(numbers[:300]), TARGET)
    wanted = step.apply(state, columns(numbers)).numbers
    assert np.array_equal(step.apply(state, columns(numbers[5:6])).numbers, wanted[5:6])
    graph = Graph()
    wires = graph.inputs(columns(numbers))
    session = onnxruntime.InferenceSession(graph.finish(wires, step.express(state, graph, wires).numbers))
    assert np.array_equal(session.run([OUTPUT], {"numbers": numbers})[0], wanted)
    assert np.array_equal(session.run([OUTPUT], {"numbers": numbers[7:8]})[0], wanted[7:8])


def test_level_codes_stay_in_front_and_what_does_not_vary_has_no_direction() -> None:
    numbers = np.column_stack([np.full(50, 3.0), np.arange(50.0), RANDOM.normal(size=50)])
    _, done = Principal().fit_apply(columns(numbers, codes=("n1",)), TARGET)
    assert done.names == ("n1", "direction 1")
    assert done.code_names == ("n1",)
    assert Principal().fit_apply(columns(numbers[:, :1]), TARGET)[1].names == ()


def test_far_and_missing_numbers_are_held() -> None:
    step = Principal()
    state = step.fit(columns(of_rank(2, 100, 5)), TARGET)
    done = step.apply(state, columns(np.array([[1e308] * 5, [-1e308] * 5, [np.nan] * 5, [0.0] * 5]))).numbers
    assert np.isfinite(done).all()
    assert np.array_equal(done[2], done[3])
    for size in (1.7e308, 1e-310, 5e-324):
        extreme = columns(size * np.sign(RANDOM.normal(size=(40, 3))))
        assert np.isfinite(step.fit_apply(extreme, TARGET)[1].numbers).all()
