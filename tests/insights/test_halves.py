from __future__ import annotations

import numpy as np

from journeyman.insights.halves import split_rows, split_stretches


def test_rows_are_split_at_random_and_none_is_in_both() -> None:
    halves = split_rows(101, seed=0)
    assert sorted([*halves.first, *halves.second]) == list(range(101))
    assert abs(len(halves.first) - len(halves.second)) == 1
    assert split_rows(101, seed=1).first.tolist() != halves.first.tolist()
    assert split_rows(101, seed=0).first.tolist() == halves.first.tolist()


def test_later_rows_confirm() -> None:
    order = np.random.default_rng(0).integers(0, 50, size=400)
    halves = split_rows(400, seed=0, order=order)
    assert order[halves.first].max() < order[halves.second].min()
    assert "later" in halves.words


def test_a_time_that_cannot_be_split_in_two_is_not_split_by() -> None:
    assert "random" in split_rows(100, seed=0, order=np.zeros(100, np.int64)).words


def test_whole_groups_are_on_one_side() -> None:
    groups = np.random.default_rng(0).integers(0, 30, size=500)
    halves = split_rows(500, seed=0, groups=groups)
    assert not set(groups[halves.first]) & set(groups[halves.second])
    assert 200 <= len(halves.first) <= 300


def test_stretches_of_time_alternate_over_all_of_it() -> None:
    at = np.append(np.arange(800.0), np.nan)
    halves = split_stretches(at, seed=0)
    assert 800 not in [*halves.first, *halves.second]
    assert sorted([*halves.first, *halves.second]) == list(range(800))
    for rows in (halves.first, halves.second):
        assert rows.min() < 60
        assert rows.max() > 740
        assert (np.diff(rows) == 1).mean() > 0.9
