from __future__ import annotations

import numpy as np
import pytest

from journeyman.bundle.session import TOGETHER, Session, agree
from journeyman.errors import BundleError
from journeyman.plan.graph import Graph
from journeyman.table.columns import Columns, Strings

RANDOM = np.random.default_rng(0)
NUMBERS = RANDOM.normal(size=(50, 7))


def rows(numbers: np.ndarray) -> Columns:
    return Columns.of(rows=len(numbers), numbers=numbers, number_names=[f"n{place}" for place in range(7)])


def feeds(columns: Columns) -> dict[str, np.ndarray]:
    return {"numbers": columns.numbers}


@pytest.fixture(scope="module")
def session() -> Session:
    graph = Graph()
    start = graph.inputs(rows(NUMBERS))
    score = graph.add("MatMul", start.numbers, graph.constant(RANDOM.normal(size=(7, 5))))
    content = graph.finish(start, graph.add("Softmax", score, axis=1))
    return Session(content, 5, 20)


def test_the_runtime_is_told_the_format_and_does_not_guess_it() -> None:
    """By its fifth byte this would be a format that nobody audits."""
    with pytest.raises(BundleError) as told:
        Session(b"\x08\x0a\x12\x04ORTM" + bytes(100), 1, 1)
    assert "ORT model" not in told.value.because
    assert "INVALID_PROTOBUF" in told.value.because or "INVALID_ARGUMENT" in told.value.because


def test_a_factor_beside_a_product_keeps_all_its_digits() -> None:
    graph, weights = Graph(), RANDOM.normal(size=(7, 5))
    start = graph.inputs(rows(NUMBERS))
    score = graph.add("MatMul", start.numbers, graph.constant(weights))
    content = graph.finish(start, graph.add("Mul", score, graph.constant(1 / 3)))
    answers = Session(content, 5, 20).score(feeds, rows(NUMBERS))
    np.testing.assert_allclose(answers, NUMBERS @ weights / 3, rtol=1e-12)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 9, 31])
def test_a_row_gives_the_same_bits_in_any_batch(session: Session, size: int) -> None:
    whole = session.score(feeds, rows(NUMBERS))
    parts = [
        session.run({"numbers": NUMBERS[at : at + size]}, len(NUMBERS[at : at + size])) for at in range(0, 50, size)
    ]
    assert np.concatenate(parts).tobytes() == whole.tobytes()


def test_many_rows_go_in_parts(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = session.score(feeds, rows(NUMBERS))
    monkeypatch.setattr(session, "rows_at_a_time", TOGETHER)
    assert session.score(feeds, rows(NUMBERS)).tobytes() == whole.tobytes()


@pytest.mark.parametrize("rows_there", [1, 2047, 2049, 10_001])
def test_several_threads_give_the_same_bits_in_the_same_order(session: Session, rows_there: int) -> None:
    numbers = np.random.default_rng(1).normal(size=(rows_there, 7))
    alone = session.score(feeds, rows(numbers))
    assert session.score(feeds, rows(numbers), threads=3).tobytes() == alone.tobytes()


def test_no_rows_give_no_answers(session: Session) -> None:
    assert session.score(feeds, rows(NUMBERS[:0])).shape == (0, 5)
    assert session.score(feeds, rows(NUMBERS[:0]), threads=4).shape == (0, 5)


def test_wide_graphs_take_fewer_rows_at_a_time(session: Session) -> None:
    assert session.rows_at_a_time > 1000
    graph = Graph()
    start = graph.inputs(rows(NUMBERS))
    assert Session(graph.finish(start, start.numbers), 7, 1 << 24).rows_at_a_time == TOGETHER


def test_what_onnxruntime_does_not_take_is_one_line() -> None:
    with pytest.raises(BundleError) as caught:
        Session(b"no graph", 1, 1)
    assert "\n" not in str(caught.value)


def test_what_fails_while_it_runs_is_one_line(session: Session) -> None:
    with pytest.raises(BundleError) as caught:
        session.run({"numbers": NUMBERS[:, :3]}, 50)
    assert "\n" not in str(caught.value)


def test_half_a_surrogate_pair_is_an_unknown_word() -> None:
    words = Columns.of(rows=0, words=[Strings.of([])], word_names=["w"])
    graph = Graph()
    start = graph.inputs(words)
    content = graph.finish(start, graph.lookup(start.words, ["a"], np.array([[1.0], [9.0]])))
    made = Session(content, 1, 5)
    found = made.run({"words": np.array([["a"], ["\ud800"], ["a\x00"]], dtype=object)}, 3)
    assert found.ravel().tolist() == [1.0, 9.0, 9.0]


def test_agreement_is_relative_and_finite() -> None:
    one = np.array([[1.0], [1e9]])
    assert agree(one + np.array([[1e-7], [100.0]]), one)
    assert not agree(one + np.array([[1e-5], [0.0]]), one)
    assert not agree(np.array([[np.nan], [1e9]]), np.array([[np.nan], [1e9]]))
    assert not agree(one[:1], one)
