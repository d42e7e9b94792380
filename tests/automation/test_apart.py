from __future__ import annotations

import numpy as np
import pytest

from journeyman.automation.apart import set_apart
from journeyman.errors import InputError


def test_every_case_has_one_part_and_half_of_them_teach() -> None:
    found = set_apart(1000, seed=1)
    together = np.concatenate([found.learn, found.plan, found.test])
    assert np.array_equal(np.sort(together), np.arange(1000))
    assert (len(found.learn), len(found.plan), len(found.test)) == (500, 100, 400)
    assert not np.array_equal(found.test, set_apart(1000, seed=2).test)


def test_of_many_cases_no_more_than_enough_are_kept_for_the_test() -> None:
    found = set_apart(100_000)
    assert len(found.plan) + len(found.test) == 12_000


def test_groups_stay_whole() -> None:
    groups = np.repeat(np.arange(100), 7)
    found = set_apart(700, groups=groups)
    for one, other in ((found.learn, found.test), (found.learn, found.plan), (found.plan, found.test)):
        assert not np.intersect1d(groups[one], groups[other]).size


def test_in_time_the_test_is_newer_than_the_plan_and_that_than_what_teaches() -> None:
    order = np.random.default_rng(1).integers(0, 200, 1000)
    found = set_apart(1000, order=order)
    assert found.by_time
    assert order[found.learn].max() < order[found.plan].min()
    assert order[found.plan].max() < order[found.test].min()


def test_too_few_cases_or_groups_are_refused() -> None:
    with pytest.raises(InputError, match="too few"):
        set_apart(50)
    with pytest.raises(InputError, match="set apart"):
        set_apart(200, groups=np.zeros(200, np.int64))
