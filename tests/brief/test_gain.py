from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from journeyman.brief.gain import find_label, gain_columns, gain_rule, parse_gain
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
        "", "=3", "act:true", ":true=3", "act:=3", "act:true=x**2", "act:true=", "act:true=2/0", "act:true=min(a",
        "act:true=eval(a)", "act:true=nan", "act:true=inf", "none:true=1", "none=1", {"": 3}, {"act:true": 10**400},
        "act:true=1, act:true=2", "act:true=1, nonsense", "act:true=1,5", {}, {"act:true": None},
        {"act:true": True}, {"act": {"true": [1]}},
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_a_remedy(gain: Any) -> None:
    with pytest.raises(BriefError) as refused:
        parse_gain(gain)
    assert refused.value.remedy


@pytest.mark.parametrize(
    ("gain", "amounts"),
    [
        ("act:true=amount-12, act:false=-5", {"act": {"true": "amount - 12", "false": -5.0}}),
        ("act:true=min(a, b), act:false=max(1,`x, y=z`)", {"act": {"true": "min(a, b)", "false": "max(1, `x, y=z`)"}}),
        ("act:a (b, c)=min(p, max(q, 2)), act:d=1", {"act": {"a (b, c)": "min(p, max(q, 2))", "d": 1.0}}),
        ("act:true=3*4-2", {"act": {"true": 10.0}}),
        ({"act:true": "amount-12"}, {"act": {"true": "amount - 12"}}),
        ("buy=actual-100, sell = -1", {"buy": {"any": "actual - 100"}, "sell": {"any": -1.0}}),
        ({"buy": "0.1*`unit price`", "sell:any": 2}, {"buy": {"any": "0.1 * `unit price`"}, "sell": {"any": 2.0}}),
    ],
)
def test_amounts_may_be_computed_and_have_one_spelling(gain: Any, amounts: dict[str, Any]) -> None:
    assert parse_gain(gain) == amounts
    assert parse_gain(amounts) == amounts


@pytest.mark.parametrize(
    ("gain", "pairs"),
    [
        ("act:true=300 act:false=-20", "act:true=300, act:false=-20"),
        ("acts:is=300; acts:is not=-20", "acts:is=300, acts:is not=-20"),
        ("act:true=amount - 12 call me:false=-20", "act:true=amount - 12, call me:false=-20"),
        ("keep:true=1, act:true=`a =b` act:false=3", "act:true=`a =b`, act:false"),
        ("buy=actual - 3 sell=2", "buy=actual - 3, sell"),
    ],
)
def test_a_forgotten_comma_is_said(gain: str, pairs: str) -> None:
    with pytest.raises(BriefError) as refused:
        parse_gain(gain)
    assert "a comma is missing before" in refused.value.because
    assert pairs in refused.value.remedy


def test_a_label_with_an_equals_sign_and_a_space_is_no_forgotten_comma() -> None:
    assert parse_gain("act:a=1 b=3") == {"act": {"a=1 b": 3.0}}
    assert parse_gain("act:> 3 and x=y z=3") == {"act": {"> 3 and x=y z": 3.0}}
    assert parse_gain({"act": {"a=1 b:c": 3}}) == {"act": {"a=1 b:c": 3.0}}


def test_what_is_wrong_in_an_expression_is_told_with_its_place() -> None:
    with pytest.raises(BriefError, match="the amount of act:true is 'amount -', because it ends at character 9"):
        parse_gain("act:true=amount -, act:false=3")


def test_the_columns_of_a_gain_are_known() -> None:
    assert gain_columns(parse_gain("act:true=a-`b c`, act:false=-a, no:true=3")) == ("a", "b c")
    assert gain_columns({}) == ()


def test_a_number_is_judged_whatever_comes() -> None:
    rule = gain_rule("buy=actual - price, keep:any=1", (), "")
    assert (rule.is_for_numbers, rule.columns, rule.names) == (True, ("price",), ("none", "buy", "keep"))
    values = {"price": np.array([5.0, 9.5])}
    assert rule.decide_numbers(np.array([10.0, 10.0]), values)[0].tolist() == ["buy", "keep"]


def test_an_expression_of_false_counts_for_every_other_class() -> None:
    rule = gain_rule("act:true=w, act:false=-w", ("a", "b", "c"), "b")
    assert rule.amounts(("a", "b", "c"), {"w": np.array([3.0])})[0, 1].tolist() == [-3.0, 3.0, -3.0]


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
        ("act:true=1", (), "", "no classes"),
        ("act=1", ("no", "yes"), "yes", "names no outcome"),
        ("act:true=actual", ("no", "yes"), "yes", "number is predicted"),
        ("act:true=prediction*2", ("a", "b", "c"), "b", "number is predicted"),
    ],
)
def test_a_gain_that_does_not_fit_the_classes_is_refused(
    gain: str, classes: tuple[str, ...], positive: str, words: str
) -> None:
    with pytest.raises(BriefError, match=words):
        gain_rule(gain, classes, positive)
