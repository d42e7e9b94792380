from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from journeyman.automation.answers import Answers
from journeyman.automation.policy import policy_of

Draw = Callable[..., Answers]


def test_a_policy_says_what_share_with_what_error_and_for_each_decision(answers: Draw) -> None:
    test = answers(4000, 2)
    found = policy_of(answers(1000, 1), test, {"": 0.1}, audit_share=0.5)
    assert found.automates
    assert found.low < found.share < found.high
    assert found.unattended[0] == found.share / 2
    assert sum(one.cases for one in found.by_decision) == found.cases
    assert sum(one.wrong for one in found.by_decision) == found.wrong
    for one in found.by_decision:
        assert one.low < one.wrong / one.cases < one.high
        assert sum(count for _, count in one.instead) == one.wrong
    assert "can run unattended with at most 10 % wrong at 95 % confidence" in found.answer
    assert "4,000 cases" in found.guarantee
    json.dumps(found.as_data(), allow_nan=False)


def test_bounds_hold_what_fresh_cases_show(answers: Draw) -> None:
    fresh = answers(50_000, 77)
    held = []
    for seed in range(40):
        found = policy_of(answers(150, 3 * seed), answers(600, 3 * seed + 1), {"": 0.1})
        for one in found.by_decision:
            mine = (fresh.place == fresh.classes.index(one.label)) & (fresh.chance >= (one.threshold or 2))
            held.append(one.low <= fresh.wrong[mine].mean() <= one.high)
    assert len(held) > 30
    assert np.mean(held) >= 0.95


def test_where_nothing_passes_the_answer_says_what_it_takes(answers: Draw) -> None:
    few = policy_of(answers(40, 1), answers(160, 2), {"": 0.02}, test_share=0.4)
    assert not few.automates
    assert few.share == few.high == 0
    assert few.needed
    assert few.needed * 0.4 >= (few.certified[0].needed or 0) * 0.99
    assert f"about {few.needed:,} more labelled cases" in few.answer
    assert few.guarantee.startswith("Nothing is automated")
    coins = policy_of(answers(400, 1, spread=0.01), answers(1600, 2, spread=0.01), {"": 0.02})
    assert coins.needed is None
    assert "more cases alone would not help" in coins.answer


def test_limits_for_each_decision_are_named(answers: Draw) -> None:
    found = policy_of(answers(1000, 1), answers(4000, 2), {"approve": 0.05, "reject": 0.0001})
    assert "at most 5 % of 'approve', at most 0.01 % of 'reject' wrong" in found.answer
    assert "'reject'" not in found.guarantee
    assert [one.label for one in found.by_decision] == ["approve"]


def test_with_groups_intervals_are_wider(answers: Draw) -> None:
    rows = np.repeat(np.arange(800), 5)
    test = answers(800, 2).take(rows)
    alone = policy_of(answers(1000, 1), replace(test, units=np.arange(4000)), {"": 0.2})
    grouped = policy_of(answers(1000, 1), replace(test, units=rows), {"": 0.2})
    assert grouped.certified[0].reachable <= alone.certified[0].reachable
