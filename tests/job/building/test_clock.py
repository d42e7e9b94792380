from __future__ import annotations

import time

import pytest

from journeyman.job.building.clock import DEPLOYING_SHARE, MOST_FINISHING_SHARE, WRITING_SECONDS, Clock


def test_parts_follow_each_other_and_the_first_began_with_the_clock() -> None:
    clock = Clock(60.0, time.monotonic() - 5)
    clock.done("prepare")
    clock.done("search")
    assert clock.parts["prepare"] == pytest.approx(5, abs=0.5)
    assert clock.parts["search"] == pytest.approx(0, abs=0.5)
    assert clock.passed == pytest.approx(5, abs=0.5)


@pytest.mark.parametrize("budget", [1.0, 10.0, 60.0, 3600.0])
def test_what_comes_later_may_end_later(budget: float) -> None:
    clock = Clock(budget)
    clock.done("prepare")
    assert clock.deadline is not None
    assert clock.search_until is not None
    assert clock.choose_until is not None
    assert clock.first_until is not None
    assert clock.began < clock.search_until < clock.first_until < clock.choose_until < clock.deadline
    kept = clock.deadline - clock.search_until
    assert clock.deadline - clock.choose_until == pytest.approx(DEPLOYING_SHARE * kept)
    assert clock.write_from == pytest.approx(clock.deadline - WRITING_SECONDS)


def test_a_slow_start_keeps_more_back() -> None:
    def kept(preparing: float) -> float:
        clock = Clock(60.0, time.monotonic() - preparing)
        clock.done("prepare")
        assert clock.deadline is not None
        assert clock.search_until is not None
        return clock.deadline - clock.search_until

    assert kept(6.0) == pytest.approx(kept(0.0) + 3.0, abs=0.2)
    assert kept(40.0) == pytest.approx(kept(0.0) + MOST_FINISHING_SHARE * 60, abs=0.2)


def test_without_a_budget_nothing_ends() -> None:
    clock = Clock(None)
    clock.done("prepare")
    assert (clock.deadline, clock.search_until, clock.first_until, clock.choose_until) == (None, None, None, None)
    assert (clock.look_seconds, clock.write_from) == (None, None)
