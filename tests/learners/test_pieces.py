from __future__ import annotations

import numpy as np

from journeyman.learners.pieces import HELD, in_pieces, learn_pieces


def test_a_number_goes_through_its_pieces_one_after_another() -> None:
    numbers = np.linspace(0, 4, 401)[:, None]
    state = learn_pieces(numbers, most=4, most_in_all=100)
    got = in_pieces(state, np.array([[-1.0], [0.5], [2.0], [9.0]]))
    np.testing.assert_allclose(got[:, 0], [-1.0, 0.5, 2.0, 9.0])
    np.testing.assert_allclose(got[0, 1:], -0.5)
    np.testing.assert_allclose(got[1, 1:], [0.0, -0.5, -0.5, -0.5], atol=1e-12)
    np.testing.assert_allclose(got[2, 1:], [0.5, 0.5, -0.5, -0.5], atol=1e-12)
    np.testing.assert_allclose(got[3, 1:], 0.5)


def test_few_values_have_a_piece_between_each_two_and_two_values_have_none() -> None:
    numbers = np.column_stack([np.arange(12) % 3, np.arange(12) % 2, np.ones(12)]).astype(float)
    state = learn_pieces(numbers, most=8, most_in_all=100)
    assert state["source"].tolist() == [0, 0]
    assert state["low"].tolist() == [0.0, 1.0]


def test_a_wide_table_gets_fewer_pieces() -> None:
    numbers = np.random.default_rng(0).normal(size=(200, 50))
    assert len(learn_pieces(numbers, most=32, most_in_all=200)["source"]) == 200
    assert len(learn_pieces(numbers, most=32, most_in_all=60)["source"]) == 0


def test_missing_is_0_and_far_numbers_are_held() -> None:
    state = learn_pieces(np.arange(10.0)[:, None], most=4, most_in_all=100)
    got = in_pieces(state, np.array([[np.nan], [1e308], [-1e308], [0.0]]))
    assert np.array_equal(got[0], got[3])
    assert got[:, 0].tolist() == [0.0, HELD, -HELD, 0.0]
