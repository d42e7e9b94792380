from __future__ import annotations

import json

import numpy as np
import pytest

from journeyman.deployment.compare import FEWEST, Answers, compare


def pair(rows: int, better: float, seed: int = 0) -> tuple[Answers, Answers]:
    random = np.random.default_rng(seed)
    truth = random.integers(0, 2, rows).astype(float)
    chance = np.clip(np.where(truth == 1, 0.7, 0.3) + random.normal(0, 0.1, rows), 0.05, 0.95)
    moved = np.clip(chance + better * (2 * truth - 1) + random.normal(0, 0.05, rows), 0.02, 0.98)
    one, other = (np.column_stack([1 - p, p]) for p in (chance, moved))
    return Answers(one, truth), Answers(other, truth)


def test_a_better_challenger_passes_and_a_worse_one_does_not() -> None:
    better = compare("binary", "log_loss", *pair(500, 0.05), np.arange(500))
    assert better.passes
    assert better.challenger < better.champion
    assert better.gain == pytest.approx(better.champion - better.challenger)
    worse = compare("binary", "log_loss", *pair(500, -0.05), np.arange(500))
    assert not worse.passes
    assert "a loss of 0." in worse.sentence
    equal = compare("binary", "log_loss", *pair(500, 0.0), np.arange(500))
    assert "which may be none" in equal.sentence


def test_equals_pass_rarely() -> None:
    passed = 0
    for seed in range(40):
        one, other = pair(300, 0.0, seed)
        passed += compare("binary", "log_loss", one, other, np.arange(300)).passes
    assert passed <= 4


def test_few_rows_or_few_independent_ones_are_no_test() -> None:
    few = compare("binary", "log_loss", *pair(FEWEST - 1, 0.2), np.arange(FEWEST - 1))
    assert not few.passes
    assert "too few" in few.sentence
    units = compare("binary", "log_loss", *pair(600, 0.2), np.arange(600) // 10)
    assert units.units == 60
    assert not units.passes
    none = compare("binary", "log_loss", *pair(0, 0.2), np.arange(0))
    assert not none.passes
    assert json.dumps(none.as_data(), allow_nan=False)


def test_money_decides_where_there_is_some() -> None:
    one, other = pair(400, 0.05)
    paid = Answers(one.given, one.truth, np.full(400, 5.0)), Answers(other.given, other.truth, np.full(400, 4.0))
    found = compare("binary", "log_loss", *paid, np.arange(400))
    assert found.by == "payoff"
    assert (found.champion, found.challenger, found.gain) == (5000, 4000, -1000)
    assert not found.passes


def test_a_class_that_one_of_them_does_not_know_costs_it_most() -> None:
    one, other = pair(300, 0.0)
    blind = Answers(one.given, np.where(np.arange(300) < 150, np.nan, one.truth))
    found = compare("binary", "log_loss", blind, other, np.arange(300))
    assert found.rows == 300
    assert found.passes


def test_refused_rows_are_left_out_and_counted_and_numbers_go_by_their_metric() -> None:
    truth = np.arange(200.0)
    given = truth[:, None] + 2.0
    holes = given.copy()
    holes[:20] = np.nan
    for metric, by, loss in (("mae", "absolute_error", 2.0), ("rmse", "squared_error", 4.0)):
        found = compare("regression", metric, Answers(holes, truth), Answers(truth[:, None], truth), np.arange(200))
        assert (found.by, found.champion, found.challenger, found.left_out) == (by, loss, 0.0, 20)
        assert found.passes
