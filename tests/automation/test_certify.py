from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from journeyman.automation.answers import Answers
from journeyman.automation.certify import automated, certify, error_of, p_value, thresholds_of
from journeyman.errors import BriefError

Draw = Callable[..., Answers]


def test_the_promise_is_broken_in_at_most_one_of_twenty_logs_where_a_naive_threshold_breaks_it_in_many(
    answers: Draw,
) -> None:
    fresh = answers(40_000, 10_000)
    broken = naive = 0
    for seed in range(60):
        plan, test = answers(80, 2 * seed), answers(400, 2 * seed + 1)
        used = automated(fresh, thresholds_of(certify(plan, test, {"": 0.1}), fresh.classes))
        broken += bool(used.any()) and fresh.wrong[used].mean() > 0.1
        order = np.argsort(-test.chance)
        errors = np.cumsum(test.wrong[order]) / np.arange(1, 401)
        least = test.chance[order[np.flatnonzero(errors <= 0.1)[-1]]]
        naive += fresh.wrong[fresh.chance >= least].mean() > 0.1
    assert broken <= 3
    assert naive >= 15


def test_enough_cases_let_most_of_what_is_possible_pass(answers: Draw) -> None:
    (found,) = certify(answers(1000, 1), answers(4000, 2), {"": 0.1})
    assert found.threshold is not None
    assert found.reachable > 0.5
    assert found.needed == 0
    chosen = next(one for one in found.steps if one.threshold == found.threshold)
    assert chosen.tested
    assert chosen.p_value <= 0.05
    assert [one.threshold for one in found.steps] == sorted((one.threshold for one in found.steps), reverse=True)


def test_too_few_cases_let_nothing_pass_and_say_how_many_would(answers: Draw) -> None:
    (found,) = certify(answers(40, 1), answers(160, 2), {"": 0.02})
    assert found.threshold is None
    assert found.needed
    assert 0 < found.reachable <= 0.6
    more = found.needed + 160
    later = [certify(answers(more // 4, 9 + seed), answers(more, 99 + seed), {"": 0.02})[0] for seed in range(10)]
    assert sum(one.threshold is not None for one in later) >= 5, "as many as were asked for are mostly enough"


def test_where_newer_cases_are_harder_than_those_that_planned_a_smaller_share_still_passes(answers: Draw) -> None:
    found = []
    for seed in range(12):
        test = answers(2000, 100 + seed)
        turned = np.random.default_rng(seed).random(2000) < 0.04
        harder = replace(test, truth=np.where(turned, 1 - test.truth, test.truth))
        found.append(certify(answers(500, seed), harder, {"": 0.1})[0].threshold is not None)
    assert sum(found) >= 11


def test_decisions_that_are_coins_need_no_more_cases(answers: Draw) -> None:
    (found,) = certify(answers(400, 1, spread=0.01), answers(1600, 2, spread=0.01), {"": 0.02})
    assert (found.threshold, found.needed) == (None, None)
    assert found.floor > 0.3


def test_each_decision_has_its_own_limit_and_the_level_is_shared(answers: Draw) -> None:
    plan, test = answers(1000, 1), answers(4000, 2)
    strict, lax = certify(plan, test, {"approve": 0.05, "reject": 0.2})
    assert (strict.label, lax.label) == ("approve", "reject")
    assert strict.level == lax.level == 0.025
    assert strict.threshold is not None
    assert lax.threshold is not None
    assert strict.threshold > lax.threshold
    least = thresholds_of((strict, lax), test.classes)
    assert least == (lax.threshold, strict.threshold)
    used = automated(test, least)
    assert error_of(test, used & (test.place == 1), 0.05)[1] <= 0.05 * (used & (test.place == 1)).sum()
    only = certify(plan, test, {"approve": 0.02})
    assert thresholds_of(only, test.classes)[0] is None
    with pytest.raises(BriefError, match="aprove"):
        certify(plan, test, {"aprove": 0.1})


def test_unusual_cases_are_never_automated(answers: Draw) -> None:
    test = answers(400, 1)
    odd = replace(test, usual=np.arange(400) % 2 == 0)
    used = automated(odd, (0.0, 0.0))
    assert used.sum() == 200
    (found,) = certify(answers(80, 2), replace(test, usual=np.zeros(400, np.bool_)), {"": 0.1})
    assert found.threshold is None


def test_cases_that_belong_together_prove_less(answers: Draw) -> None:
    test = answers(200, 1)
    rows = np.repeat(np.arange(200), 5)
    copied = replace(test.take(rows), units=rows)
    used = copied.chance >= 0.9
    assert p_value(copied, used, 0.1) > p_value(replace(copied, units=np.arange(1000)), used, 0.1)
