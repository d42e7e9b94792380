from __future__ import annotations

import numpy as np
import pytest

from journeyman.statistics.folds import Folds, make_folds
from journeyman.statistics.label_rule import certain, labels
from journeyman.statistics.metrics.named import metric_named
from journeyman.statistics.naming import Naming, named_in_folds

ROWS = 300


def uneven(rows: int = ROWS) -> tuple[np.ndarray, Folds]:
    """Classes of which the first folds hold most positives."""
    folds = make_folds("random", 3, rows=rows)
    shares = np.array([0.4, 0.2, 0.1])[folds.number]
    return (np.random.default_rng(0).random(rows) < shares).astype(np.int64), folds


def naming_of(metric: str, codes: np.ndarray, folds: Folds, classes: int = 2) -> Naming:
    found = Naming.of(metric_named(metric), codes, None, classes, folds)
    assert found is not None
    return found


@pytest.mark.parametrize("metric", ["f1", "balanced_accuracy"])
@pytest.mark.parametrize("classes", [2, 3])
def test_what_is_always_the_same_answer_names_one_class(metric: str, classes: int) -> None:
    codes, folds = uneven()
    codes = codes if classes == 2 else codes + (np.arange(ROWS) % 7 == 0) * (codes == 0) * 2
    shares = [np.bincount(codes[folds.training(fold)], minlength=classes) for fold in range(3)]
    answer = np.array([one / one.sum() for one in shares])[folds.number]
    naming = naming_of(metric, codes, folds, classes)
    named = labels(named_in_folds(naming, answer[:, 1:] if classes == 2 else answer, np.ones(ROWS), folds.number))
    assert len(np.unique(named)) == 1
    score = metric_named("balanced_accuracy").score(codes.astype(float), certain(named, 1 if classes == 2 else classes))
    assert score == pytest.approx(1 / classes)


def test_a_fold_is_named_as_a_model_of_all_rows_would_name_it() -> None:
    codes, folds = uneven(30_000)
    signal = np.random.default_rng(1).normal(codes, 1.0)
    # The log-odds of two normal distributions of one spread are linear, at the level of whatever was learnt from.
    means = np.array([codes[folds.training(fold)].mean() for fold in range(3)])

    def answer(share: np.ndarray) -> np.ndarray:
        return (1 / (1 + np.exp(-(np.log(share / (1 - share)) + signal - 0.5))))[:, None]

    naming = naming_of("balanced_accuracy", codes, folds)
    own, whole = answer(means[folds.number]), answer(np.full(30_000, codes.mean()))
    rule = naming.rule(own, np.ones(30_000), folds.number)
    assert rule is not None
    assert rule.least_chance == pytest.approx(codes.mean(), abs=0.005)
    named = labels(named_in_folds(naming, own, np.ones(30_000), folds.number))
    assert (named == labels(whole, rule)).mean() > 0.999


def test_forward_in_time_a_fold_is_named_by_what_was_known_then() -> None:
    random = np.random.default_rng(np.random.PCG64(3))
    answer, number = random.uniform(0, 0.4, (ROWS, 1)), np.arange(ROWS) // 60 - 1
    codes = (random.random(ROWS) < 0.2).astype(np.int64)
    naming = naming_of("f1", codes, Folds("forward", 4, number))
    scored = np.flatnonzero(number >= 0)
    given = answer[scored], np.ones(len(scored)), number[scored]
    later = answer.copy()
    later[240:] = 0.9
    then, now = (named_in_folds(naming, one[scored], *given[1:]) for one in (answer, later))
    assert (then[:180] == now[:180]).all()
    assert naming.rules(*given)[1] != naming.rules(*given)[3]
    # Rows without a weight are as good as not there.
    weights = np.where(number[scored] == 0, 0.0, 1.0)
    assert np.isfinite(named_in_folds(naming, answer[scored], weights, number[scored])).all()


def test_without_a_rule_answers_stay() -> None:
    codes, folds = uneven()
    assert Naming.of(metric_named("log_loss"), codes, None, 2, folds) is None
    answer = np.full((ROWS, 1), 0.3)
    assert named_in_folds(None, answer, np.ones(ROWS), folds.number) is answer
    holes = np.full((ROWS, 1), np.nan)
    assert named_in_folds(naming_of("f1", codes, folds), holes, np.ones(ROWS), folds.number) is holes
