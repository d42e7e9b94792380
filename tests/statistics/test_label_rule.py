from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeyman.statistics.label_rule import LabelRule, certain, chances_of, label_rule_from_data, labels
from journeyman.statistics.metrics.metric import Metric
from journeyman.statistics.metrics.named import metrics

RULE = LabelRule((1.0, 4.0, 2.0), (0.0, 0.5, 0.25))
QUICK = settings(max_examples=60, deadline=None)
RULED = [one for one in metrics().values() if one.label_rule is not None]


def expected(metric: Metric, answer: np.ndarray, named: np.ndarray) -> float:
    """The score if probabilities come true: every row is there once a class, weighted by its chance."""
    chances = chances_of(answer)
    rows, classes = chances.shape
    truth = np.tile(np.arange(classes), rows).astype(float)
    sure = certain(np.repeat(named, classes), answer.shape[1])
    return metric.score(truth, sure, chances.ravel())


@pytest.mark.parametrize("metric", RULED, ids=lambda one: one.name)
@QUICK
@given(seed=st.integers(0, 10_000), level=st.floats(-4, 4))
def test_of_two_classes_no_threshold_is_expected_to_be_better(metric: Metric, seed: int, level: float) -> None:
    scores = np.random.default_rng(seed).normal(level, 1.5, 60)
    answer = (1 / (1 + np.exp(-scores)))[:, None]
    rule = metric.rule_of(answer)
    assert rule is not None
    best = max(expected(metric, answer, (answer[:, 0] >= cut).astype(int)) for cut in [*answer[:, 0], 2.0])
    assert expected(metric, answer, labels(answer, rule)) >= best - 1e-9


@pytest.mark.parametrize("metric", RULED, ids=lambda one: one.name)
@QUICK
@given(seed=st.integers(0, 10_000), classes=st.integers(3, 6))
def test_of_several_classes_the_likeliest_is_not_expected_to_be_better(metric: Metric, seed: int, classes: int) -> None:
    random = np.random.default_rng(seed)
    answer = random.dirichlet(random.uniform(0.05, 2.0, classes), 80)
    rule = metric.rule_of(answer)
    assert rule is not None
    assert expected(metric, answer, labels(answer, rule)) >= expected(metric, answer, labels(answer)) - 1e-9


@pytest.mark.parametrize("metric", RULED, ids=lambda one: one.name)
def test_weights_are_rows_and_what_is_never_expected_is_never_named(metric: Metric) -> None:
    random = np.random.default_rng(2)
    for answer in (random.uniform(0, 0.4, (50, 1)), random.dirichlet([3.0, 1.0, 0.5, 0.2], 50)):
        counts = random.integers(0, 4, 50)
        weighed, repeated = metric.rule_of(answer, counts.astype(float)), metric.rule_of(answer.repeat(counts, axis=0))
        assert weighed is not None
        assert repeated is not None
        np.testing.assert_allclose(weighed.scale, repeated.scale)
        np.testing.assert_allclose(weighed.shift, repeated.shift)
    without = np.insert(random.dirichlet([3.0, 1.0, 0.5], 50), 1, 0.0, axis=1)
    assert 1 not in labels(without, metric.rule_of(without))
    never = np.zeros((20, 1))
    assert not labels(never, metric.rule_of(never)).any()


def test_where_there_is_no_rule_the_likeliest_is_named() -> None:
    answer = np.array([[0.5], [0.49]])
    assert labels(answer).tolist() == [1, 0]
    assert labels(np.array([[0.4, 0.4, 0.2]])).tolist() == [0]
    assert metrics()["accuracy"].rule_of(answer) is None
    assert metrics()["accuracy"].named(answer) is answer
    f1 = metrics()["f1"]
    assert f1.rule_of(np.array([[np.nan], [0.2]])) is None
    assert f1.rule_of(np.empty((0, 1))) is None


@QUICK
@given(
    chances=st.lists(st.floats(0, 1), min_size=3, max_size=3),
    scale=st.lists(st.floats(0, 1e6), min_size=3, max_size=3),
    shift=st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3),
    classes=st.integers(2, 3),
)
def test_one_row_is_named_as_among_many(
    chances: list[float], scale: list[float], shift: list[float], classes: int
) -> None:
    rule = LabelRule(tuple(scale[:classes]), tuple(shift[:classes]))
    assert rule.one(chances[:classes]) == rule.named(np.array([chances[:classes]]))[0]


@QUICK
@given(least=st.floats(0, 1), chance=st.floats(0, 1))
def test_from_a_chance_on_is_exactly_that(least: float, chance: float) -> None:
    rule = LabelRule.from_chance(least)
    assert rule.least_chance == least
    assert labels(np.array([[chance]]), rule)[0] == (chance >= least)


def test_a_rule_is_read_as_it_was_written() -> None:
    assert label_rule_from_data(json.loads(json.dumps(RULE.as_data())), 3) == RULE
    assert label_rule_from_data(None, 3) is None
    assert math.isnan(RULE.least_chance)


@pytest.mark.parametrize(
    "change",
    [
        {"scale": [1.0, 1.0]},
        {"scale": [1.0, 1.0, True]},
        {"scale": [1.0, 1.0, -0.5]},
        {"scale": [0.0, 0.0, 0.0]},
        {"shift": [0.0, 0.0, math.inf]},
        {"shift": [0.0, 0.0, 10**400]},
        {"shift": "none"},
        {"more": []},
    ],
)
def test_a_rule_that_is_none_of_ours_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="rule of labels"):
        label_rule_from_data({**RULE.as_data(), **change}, 3)


@pytest.mark.parametrize(("shares", "least"), [((0.6, 0.3, 0.08, 0.02), 0.52), ((0.9, 0.05, 0.03, 0.015, 0.005), 0.46)])
def test_rare_classes_that_are_never_the_likeliest_are_named_where_f1_gains(
    shares: tuple[float, ...], least: float
) -> None:
    random, count = np.random.default_rng(0), len(shares)
    columns, weights = random.normal(size=(5_000, 5)), np.random.default_rng(3).normal(size=(5, count))
    scores = 0.6 * columns @ weights + np.log(shares)
    answer = np.exp(scores - scores.max(axis=1, keepdims=True))
    answer /= answer.sum(axis=1, keepdims=True)
    f1 = metrics()["f1"]
    named = expected(f1, answer, labels(answer, f1.rule_of(answer)))
    assert named > least > expected(f1, answer, labels(answer)) + 0.04


def test_without_any_weight_there_is_no_rule() -> None:
    for metric in RULED:
        assert metric.rule_of(np.full((5, 1), 0.3), np.zeros(5)) is None


def test_what_never_varies_names_the_likelier_class_by_balanced_accuracy() -> None:
    metric = metrics()["balanced_accuracy"]
    for share in np.linspace(0.01, 0.49, 97):
        answer = np.full((777, 1), share)
        assert not labels(answer, metric.rule_of(answer)).any()
        assert labels(1 - answer, metric.rule_of(1 - answer)).all()
