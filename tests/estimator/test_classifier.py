from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from journeyman.bundle.model import load
from journeyman.estimator import JourneymanClassifier

QUICK: dict[str, Any] = {"trials": 1, "workers": 0}
NUMBERS = np.random.default_rng(0).normal(size=(90, 2))


@pytest.mark.parametrize(
    "classes",
    [
        np.array(["b", "a", "c"], dtype=object),
        np.array(["no", "yes"]),
        np.array([3, -1]),
        np.array([0.0, 1.0, 2.0]),
        np.array([False, True]),
    ],
    ids=str,
)
def test_classes_come_back_as_they_were_given(classes: Any) -> None:
    bins = np.digitize(NUMBERS[:, 0], [0.0] if len(classes) == 2 else [-0.5, 0.5])
    answers = classes[bins]
    model = JourneymanClassifier(**QUICK).fit(NUMBERS, answers)
    assert model.classes_.tolist() == sorted(classes.tolist())
    assert model.predict(NUMBERS).dtype == answers.dtype
    assert model.score(NUMBERS, answers) > 0.8
    chances = model.predict_proba(NUMBERS)
    np.testing.assert_allclose(chances.sum(axis=1), 1)
    assert np.array_equal(model.classes_[chances.argmax(axis=1)], model.predict(NUMBERS))


def test_series_and_categories_are_answers_too() -> None:
    answers = pd.Series(np.where(NUMBERS[:, 0] > 0, "up", "down"), dtype="category", name="way")
    assert JourneymanClassifier(**QUICK).fit(NUMBERS, answers).classes_.tolist() == ["down", "up"]


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        (np.ones(90), "one class only"),
        (NUMBERS[:, 1], "continuous"),
        ([None if place % 2 else "a" for place in range(90)], "several types|Unknown label type|NaN"),
        (["a"] + ["b"] * 89, "cannot be split by class"),
    ],
    ids=["one class", "numbers", "missing", "one row of a class"],
)
def test_answers_that_are_no_classes_are_refused(answers: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        JourneymanClassifier(**QUICK).fit(NUMBERS, answers)


def test_decisions_follow_the_gain(classifier: JourneymanClassifier, churn: Callable[..., Any]) -> None:
    frame = churn()[0]
    chances = classifier.predict_proba(frame)[:, 1]
    worth = chances * 50 - (1 - chances) * 10
    assert classifier.decide(frame).tolist() == np.where(worth > 0, "call", "none").tolist()
    assert classifier.evaluation_.has_payoff
    with pytest.raises(ValueError, match="nothing can be decided"):
        JourneymanClassifier(**QUICK).fit(NUMBERS, NUMBERS[:, 0] > 0).decide(NUMBERS)


def test_a_gain_of_no_class_is_refused() -> None:
    with pytest.raises(ValueError, match="perhaps"):
        JourneymanClassifier(**QUICK, gain={"call:perhaps": 3}).fit(NUMBERS, NUMBERS[:, 0] > 0)


def test_a_gain_over_columns_is_for_builds() -> None:
    with pytest.raises(ValueError, match=r"reads the column 'x0'.*journeyman\.build"):
        JourneymanClassifier(**QUICK, gain={"call:true": "x0 - 3"}).fit(NUMBERS, NUMBERS[:, 0] > 0)


def test_a_rare_class_is_named_as_the_metric_asks_here_and_in_the_bundle(tmp_path: Path) -> None:
    random = np.random.default_rng(0)
    numbers = random.normal(size=(600, 3))
    answers = np.where(random.random(600) < 1 / (1 + np.exp(3.5 - 1.5 * numbers[:, 0])), "rare", "common")
    model = JourneymanClassifier(**QUICK, metric="f1").fit(numbers, answers)
    rule, chances = model.evaluation_.label_rule, model.predict_proba(numbers)[:, 1]
    assert rule is not None
    assert rule.least_chance < 0.5
    named = model.predict(numbers)
    assert named.tolist() == np.where(chances >= rule.least_chance, "rare", "common").tolist()
    bundle = load(model.save(tmp_path / "bundle"))
    columns = {f"x{place}": column for place, column in enumerate(numbers.T)}
    assert bundle.predict(columns).prediction.tolist() == named.tolist()
