from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from journeyman.brief.gain import find_label, gain_rule, parse_gain
from journeyman.errors import BriefError


@pytest.mark.parametrize(
    "gain",
    [
        "act:true=300, act:false=-20",
        " act : true = 300 ,act:false=-2e1",
        {"act:true": 300, "act:false": "-20"},
        {"act": {"true": 300, False: -20}},
    ],
)
def test_all_spellings_mean_the_same(gain: Any) -> None:
    assert parse_gain(gain) == {"act": {"true": 300.0, "false": -20.0}}


def test_a_label_may_hold_commas_colons_and_equals_signs() -> None:
    assert parse_gain("call:a, b=3, call:x=y:z=-1") == {"call": {"a, b": 3.0, "x=y:z": -1.0}}


@pytest.mark.parametrize(
    "gain",
    [
        "", "act=3", "act:true", ":true=3", "act:=3", "act:true=x*2", "act:true=nan", "act:true=inf", "none:true=1",
        "act:true=1, act:true=2", "act:true=1, nonsense", "act:true=1,5", {}, {"act": 3}, {"act:true": None},
        {"act:true": True}, {"act": {"true": [1]}},
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_a_remedy(gain: Any) -> None:
    with pytest.raises(BriefError) as refused:
        parse_gain(gain)
    assert refused.value.remedy


def test_an_expression_is_told_to_be_for_later() -> None:
    with pytest.raises(BriefError, match="not in this version"):
        parse_gain("act:true=0.2*balance")


def decided(rule: Any, classes: tuple[str, ...], *probabilities: float) -> Any:
    return rule.decide(np.array([probabilities]), classes)[0][0]


def test_true_is_the_positive_class_and_false_every_other() -> None:
    rule = gain_rule("act:true=300, act:false=-20", ("no", "yes"), "yes")
    assert decided(rule, ("no", "yes"), 0.9, 0.1) == "act"
    assert decided(rule, ("no", "yes"), 0.95, 0.05) == "none"
    three = gain_rule("act:true=10, act:false=-1", ("a", "b", "c"), "b")
    assert three.payoff(np.array(["act"] * 3, dtype=object), np.array([0, 1, 2]), ("a", "b", "c")).tolist() == [
        -1,
        10,
        -1,
    ]


def test_a_class_of_the_very_name_comes_before_the_meaning_of_true() -> None:
    rule = gain_rule("act:true=5", ("True", "False"), "False")
    assert rule.payoff(np.array(["act", "act"], dtype=object), np.array([0, 1]), ("True", "False")).tolist() == [5, 0]


def test_labels_are_found_by_number_and_by_case_only_when_they_are_alone() -> None:
    assert find_label("1.0", ("0", "1")) == "1"
    assert find_label("YES", ("No", "Yes")) == "Yes"
    assert find_label("a", ("A", "a")) == "a"
    assert find_label("yes", ("YES", "Yes")) is None


@pytest.mark.parametrize(
    ("gain", "classes", "positive", "words"),
    [
        ("act:maybe=1", ("no", "yes"), "yes", "no class"),
        ("act:true=1, act:yes=2", ("no", "yes"), "yes", "twice"),
        ("act:true=1", ("a", "b", "c"), "", "positive"),
        ("act:true=1", (), "", "not in this version"),
    ],
)
def test_a_gain_that_does_not_fit_the_classes_is_refused(
    gain: str, classes: tuple[str, ...], positive: str, words: str
) -> None:
    with pytest.raises(BriefError, match=words):
        gain_rule(gain, classes, positive)
