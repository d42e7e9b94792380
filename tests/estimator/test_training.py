from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from sklearn.datasets import load_iris

from journeyman.errors import BriefError
from journeyman.estimator import JourneymanClassifier, JourneymanRegressor
from journeyman.estimator.training import rows_that_count, workers_of
from journeyman.sources.matrix import table_of_matrix
from journeyman.trials.here import Here

QUICK: dict[str, Any] = {"trials": 1, "workers": 0}


def test_rows_of_no_weight_are_left_out() -> None:
    table = table_of_matrix(np.arange(8.0).reshape(4, 2))
    rows = rows_that_count(table, np.array([1, 2, 3, 4]), [1.0, 0.0, 2.0, 0.0], ["a", "b", "a", "c"])
    assert rows.table.rows == 2
    assert rows.y.tolist() == [1, 3]
    assert rows.weights is not None
    assert rows.weights.tolist() == [1.0, 2.0]
    assert rows.groups is not None
    assert rows.groups.tolist() == ["a", "a"]


def test_a_model_with_rows_of_no_weight_is_the_model_without_them(churn: Callable[..., Any]) -> None:
    frame, answers = churn()
    weights = (np.arange(len(answers)) % 3 > 0).astype(float)
    kept = np.flatnonzero(weights)
    weighted = JourneymanClassifier(**QUICK).fit(frame, answers, sample_weight=weights)
    without = JourneymanClassifier(**QUICK).fit(frame[kept], answers[kept])
    np.testing.assert_allclose(weighted.predict_proba(frame), without.predict_proba(frame))


def test_weights_shift_the_answer() -> None:
    random = np.random.default_rng(0)
    numbers, answers = random.normal(size=(100, 2)), np.repeat([0, 1], 50)
    model = JourneymanClassifier(**QUICK).fit(numbers, answers, sample_weight=np.where(answers, 9.0, 1.0))
    assert model.predict_proba(numbers)[:, 1].mean() == pytest.approx(0.9, abs=0.05)


@pytest.mark.parametrize(
    ("weights", "words"),
    [([1, 1, 1], "shape"), ([-1, 1, 1, 1], "negative"), ([0, 0, 0, 0], "zero in every row")],
)
def test_weights_that_are_none_are_refused(weights: list[float], words: str) -> None:
    with pytest.raises(BriefError, match=words):
        rows_that_count(table_of_matrix(np.ones((4, 2))), np.ones(4), weights, None)


def test_one_number_is_the_weight_of_every_row() -> None:
    rows = rows_that_count(table_of_matrix(np.ones((4, 2))), np.ones(4), 2, None)
    assert rows.weights is not None
    assert rows.weights.tolist() == [2.0] * 4


def test_rows_of_one_group_stay_on_one_side() -> None:
    # Every group is a point of its own with a random answer: only a split through groups could learn from it.
    random = np.random.default_rng(0)
    groups = np.repeat(np.arange(60), 5)
    numbers = random.normal(size=(60, 3))[groups] + 0.01 * random.normal(size=(300, 3))
    answers = random.normal(size=60)[groups]
    together = JourneymanRegressor(**QUICK).fit(numbers, answers, groups=groups.astype(str))
    apart = JourneymanRegressor(**QUICK).fit(numbers, answers)
    assert together.evaluation_.form == "clusters"
    assert apart.evaluation_.estimates["r2"].value > 0.5 > 0.2 > together.evaluation_.estimates["r2"].value


def test_rows_that_lie_in_some_order_are_independent_unless_said_otherwise() -> None:
    numbers, answers = load_iris(return_X_y=True)
    assert (np.diff(answers) >= 0).all()
    # One row of it occurs twice, and copies do stay together.
    different = np.unique(numbers, axis=0, return_index=True)[1]
    numbers, answers = numbers[np.sort(different)], answers[np.sort(different)]
    model = JourneymanClassifier(**QUICK).fit(numbers, answers)
    assert model.evaluation_.form == "rows"
    assert model.evaluation_.estimates["accuracy"].value > 0.9


def test_a_column_that_gives_the_answer_away_is_told_and_used() -> None:
    random = np.random.default_rng(0)
    numbers = random.normal(size=(200, 3))
    model = JourneymanClassifier(**QUICK).fit(numbers, numbers[:, 1] > 0)
    assert "leak" in {finding.code for finding in model.findings_}
    assert model.score(numbers, numbers[:, 1] > 0) > 0.95


def test_words_that_name_rows_are_left_out_and_numbers_that_count_them_are_not() -> None:
    cells = [[f"C-{place:03}", place] for place in range(60)]
    model = JourneymanRegressor(**QUICK, columns={"x1": {"kind": "number"}}).fit(cells, np.arange(60) * 2.0)
    assert [column.name for column in model.schema_.features] == ["x1"]
    assert model.schema_["x0"].kind == "id"
    numbers = np.arange(60).reshape(-1, 1)
    assert JourneymanRegressor(**QUICK).fit(numbers, np.arange(60) * 2.0).score(numbers, np.arange(60) * 2.0) > 0.99


def test_names_that_are_taken_are_no_trouble() -> None:
    import polars as pl

    random = np.random.default_rng(0)
    frame = pl.DataFrame(random.normal(size=(60, 3)), schema=["target", "weight", "group"])
    answers = frame["target"].to_numpy() * 2
    model = JourneymanRegressor(**QUICK).fit(frame, answers, sample_weight=np.ones(60), groups=np.arange(60))
    assert [column.name for column in model.schema_.features] == ["target", "weight", "group"]
    assert model.score(frame, answers) > 0.9


def test_no_workers_means_here_and_any_number_so_many() -> None:
    with workers_of(0, None) as none:
        assert isinstance(none, Here)
    with workers_of(np.int64(2), None) as two:
        assert two.size == 2
    with pytest.raises(BriefError, match="'many' workers"), workers_of("many", None):
        pass
