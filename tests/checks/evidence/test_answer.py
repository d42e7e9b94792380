"""The target on a sample, asked by many checks."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from journeyman.brief.brief import Brief
from journeyman.checks.evidence.answer import (
    Answer,
    answer_of,
    area_under,
    bins_of,
    error_of,
    out_of_fold,
    ranks_of,
    score_of,
)
from journeyman.table.finding import Skip
from journeyman.table.table import Table

Make = Callable[..., Table]
RANDOM = np.random.default_rng(3)


def test_of_two_classes_the_later_one_is_looked_at(table_of: Make) -> None:
    table = table_of({"x": list(range(100)), "y": ["no", "yes"] * 50})
    answer = answer_of(table, Brief(predict="y"))
    assert isinstance(answer, Answer)
    assert answer.rows.tolist() == list(range(100))
    assert answer.values[:, 0].tolist() == [0.0, 1.0] * 50
    assert not answer.is_number
    assert sorted(np.bincount(answer.folds)) == [20] * 5
    assert answer_of(table, Brief(predict="y")) is answer


def test_numbers_are_ranks(table_of: Make) -> None:
    table = table_of({"x": [1] * 60, "y": [float(value) for value in range(60)]})
    answer = answer_of(table, Brief(predict="y"))
    assert isinstance(answer, Answer)
    assert answer.is_number
    assert np.allclose(answer.values[:, 0], (np.arange(60) + 1) / 60)


@pytest.mark.parametrize("target", ["", "few", "same"])
def test_what_cannot_be_asked_is_skipped(table_of: Make, target: str) -> None:
    rows = 40 if target == "few" else 90
    table = table_of({"few": list(range(rows)), "same": ["a"] * (rows - 1) + ["b"]})
    assert isinstance(answer_of(table, Brief(predict=target)), Skip)


def test_bins_say_what_they_know_out_of_fold() -> None:
    truth = (RANDOM.uniform(size=600) < 0.5).astype(np.float64)
    answer = Answer(np.arange(600), truth[:, None], np.arange(600) % 5, is_number=False)
    no_gap = np.zeros(600, np.bool_)
    noise = score_of(out_of_fold(bins_of(RANDOM.normal(size=600), no_gap), answer), answer)
    told = score_of(out_of_fold(bins_of(truth + 0.1 * RANDOM.normal(size=600), no_gap), answer), answer)
    assert abs(noise - 0.5) < 0.08
    assert told > 0.99
    assert 0 < error_of(told, answer) < error_of(noise, answer)
    assert len(np.unique(bins_of(np.array([1.0, 2.0, np.nan]), np.array([False, False, True])))) == 3


def test_ties_count_half() -> None:
    assert area_under(np.array([0.0, 1.0]), np.array([5.0, 5.0])) == 0.5
    assert ranks_of(np.array([2.0, 1.0, 1.0])).tolist() == [1.0, 0.5, 0.5]
