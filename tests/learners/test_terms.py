from __future__ import annotations

import numpy as np
import onnxruntime
import pytest

from journeyman.learners.terms import Term, Terms, cells_along
from journeyman.plan.graph import Graph
from journeyman.table.columns import Columns

STRANGE = np.array([np.nan, -1e308, -1.0, 0.0, np.nextafter(0.0, 1), 1.0, 2.5, 3.0, 1e308])


def terms(outputs: int) -> Terms:
    random = np.random.default_rng(2)

    def term(columns: tuple[int, ...], *cuts: list[float]) -> Term:
        cells = int(np.prod([len(one) + 2 for one in cuts]))
        values = random.normal(size=(cells, outputs))
        arrays = tuple(np.array(one) for one in cuts)
        return Term(columns=columns, cuts=arrays, values=values, spread=np.abs(values), rows=np.ones(cells))

    return Terms(
        terms=(term((0,), [-1.0, 0.0, 1.0, 2.5]), term((1,), []), term((0, 1), [0.0], [0.5, 2.0, 2.5])),
        intercept=np.arange(outputs, dtype=float),
    )


def test_cells_are_up_to_each_cut_beyond_the_last_and_missing() -> None:
    found = cells_along(np.array([0.0, 1.0]), np.array([-5.0, 0.0, 0.5, 1.0, 1.1, np.nan]))
    assert found.tolist() == [0, 0, 1, 1, 2, 3]


def test_a_pair_runs_fastest_along_its_second_column() -> None:
    pair = terms(1).terms[2]
    assert pair.sizes == (3, 5)
    assert pair.cells(np.array([[0.0, 0.5], [1.0, 0.6], [np.nan, np.nan]])).tolist() == [0, 6, 14]


@pytest.mark.parametrize("outputs", [1, 3])
def test_the_trees_of_the_graph_give_what_looking_up_gives(outputs: int) -> None:
    numbers = np.stack(np.meshgrid(STRANGE, STRANGE), axis=-1).reshape(-1, 2)
    columns = Columns.of(rows=len(numbers), numbers=numbers, number_names=("a", "b"))
    graph = Graph()
    wires = graph.inputs(columns)
    model = graph.finish(wires, terms(outputs).express(graph, wires.numbers))
    (got,) = onnxruntime.InferenceSession(model).run(None, {"numbers": numbers})
    np.testing.assert_allclose(got, terms(outputs).score(numbers), rtol=0, atol=1e-12)


@pytest.mark.parametrize("outputs", [1, 3])
def test_terms_come_back_from_their_state(outputs: int) -> None:
    before, after = terms(outputs), Terms.of(terms(outputs).state())
    numbers = np.random.default_rng(0).normal(size=(50, 2))
    np.testing.assert_array_equal(before.score(numbers), after.score(numbers))
    assert [one.columns for one in after.terms] == [(0,), (1,), (0, 1)]
    np.testing.assert_array_equal(before.terms[2].spread, after.terms[2].spread)


def test_without_terms_there_is_the_intercept() -> None:
    nothing = Terms.of(Terms(terms=(), intercept=np.array([2.0])).state())
    assert nothing.score(np.zeros((3, 1))).tolist() == [[2.0]] * 3
