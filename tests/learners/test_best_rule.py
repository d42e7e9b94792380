from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from journeyman.learners.best_rule import BestRule
from journeyman.plan.target import Target
from journeyman.table.columns import Columns, Strings


@pytest.fixture
def random() -> np.random.Generator:
    return np.random.default_rng(5)


def table(random: np.random.Generator, rows: int = 400) -> Columns:
    numbers = random.normal(size=(rows, 2))
    numbers[::10, 1] = np.nan
    words = Strings.of([("red", "green", "blue")[place] for place in random.integers(0, 3, rows)])
    return Columns.of(rows=rows, numbers=numbers, number_names=("a", "b"), words=[words], word_names=("colour",))


def test_finds_the_number_and_its_threshold(random: np.random.Generator) -> None:
    columns = table(random)
    values = (columns.numbers[:, 0] > 0.5).astype(float)
    rule = BestRule(smoothing=0.0)
    state = rule.fit(columns, Target(task="binary", values=values, classes=("no", "yes")))
    column, threshold = rule.sentence(state).split(" <= ")
    assert column == "a"
    assert float(threshold) == pytest.approx(0.5, abs=0.15)
    answers = rule.apply(state, columns).numbers[:, 0]
    assert np.mean((answers > 0.5) == (values > 0.5)) > 0.95


def test_finds_the_level_that_matters(random: np.random.Generator) -> None:
    columns = table(random)
    values = np.where(columns.words[0].cells() == "green", 10.0, 0.0) + random.normal(size=400)
    rule = BestRule()
    state = rule.fit(columns, Target(task="regression", values=values))
    assert rule.sentence(state) == "colour = green"


def test_texts_are_not_asked(random: np.random.Generator) -> None:
    columns = replace(table(random), text_names=("colour",))
    values = np.where(columns.words[0].cells() == "green", 10.0, 0.0)
    rule = BestRule()
    assert "colour" not in rule.sentence(rule.fit(columns, Target(task="regression", values=values)))


def test_missing_numbers_have_an_answer_of_their_own(random: np.random.Generator) -> None:
    columns = table(random)
    missing = np.isnan(columns.numbers[:, 1])
    values = np.where(missing, 7.0, np.where(columns.numbers[:, 1] <= 0, 0.0, 20.0))
    rule = BestRule(smoothing=0.0)
    state = rule.fit(columns, Target(task="regression", values=values))
    np.testing.assert_allclose(rule.apply(state, columns).numbers[missing, 0], 7.0)


def test_where_nothing_can_be_asked_it_gives_the_mean() -> None:
    columns = Columns.of(rows=6, numbers=np.full((6, 1), np.nan), number_names=("empty",))
    rule = BestRule()
    state = rule.fit(columns, Target(task="regression", values=np.arange(6.0)))
    assert rule.sentence(state) == "no column helps"
    np.testing.assert_allclose(rule.apply(state, columns).numbers, 2.5)
