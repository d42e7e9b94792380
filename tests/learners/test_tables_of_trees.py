from __future__ import annotations

import lightgbm
import numpy as np
import pytest

from journeyman.learners.tables_of_trees import terms_of
from journeyman.learners.trees import Trees, from_lightgbm, only_leaves


def rows(count: int = 500) -> np.ndarray:
    random = np.random.default_rng(3)
    numbers = np.column_stack(
        [random.normal(size=count), random.normal(size=count), random.integers(0, 6, count).astype(float)]
    )
    numbers[random.random(count) < 0.1, 0] = np.nan
    return numbers


def grown(numbers: np.ndarray, groups: list[list[int]], classes: int = 0, seed: int = 0) -> Trees:
    random = np.random.default_rng(seed)
    score = (
        np.nan_to_num(numbers[:, 0]) * numbers[:, 1] + np.isin(numbers[:, 2], [1, 4]) + random.normal(size=len(numbers))
    )
    labels = np.digitize(score, [-0.5, 1.0]) if classes else score
    settings = {
        "objective": "multiclass" if classes else "regression",
        "num_leaves": 6,
        "interaction_constraints": groups,
        "min_data_in_leaf": 5,
        "num_threads": 1,
        "verbosity": -1,
        **({"num_class": classes} if classes else {}),
    }
    data = lightgbm.Dataset(numbers, labels, categorical_feature=[2])
    return from_lightgbm(lightgbm.train(settings, data, 12).model_to_string(), numbers)


@pytest.mark.parametrize("classes", [0, 3])
def test_tables_give_what_the_trees_give(classes: int) -> None:
    numbers = rows()
    mains = [grown(numbers, [[0], [1], [2]], classes, seed) for seed in range(3)]
    pairs = [grown(numbers, [[0, 1], [1, 2]], classes, seed) for seed in range(3)]
    terms = terms_of(mains, pairs, numbers, np.ones(len(numbers)), [2])
    wanted = np.mean([one.score(numbers) + two.score(numbers) for one, two in zip(mains, pairs, strict=True)], axis=0)
    np.testing.assert_allclose(terms.score(numbers), wanted, atol=1e-9)


def test_a_pair_says_nothing_that_one_of_its_columns_says_alone() -> None:
    numbers, weights = rows(), np.linspace(0.5, 1.5, 500)
    terms = terms_of([grown(numbers, [[0], [1], [2]])], [grown(numbers, [[0, 1]])], numbers, weights, [2])
    pair = next(one for one in terms.terms if one.columns == (0, 1))
    counts = np.bincount(pair.cells(numbers), weights, len(pair.values)).reshape(pair.sizes)
    table = pair.values.reshape(pair.sizes)
    for axis in (0, 1):
        assert np.abs((table * counts).sum(axis=axis)).max() < 1e-4
    for one in terms.terms:
        assert np.average(one.values[one.cells(numbers), 0], weights=weights) == pytest.approx(0.0, abs=1e-6)


def test_models_that_differ_are_less_sure_and_one_alone_cannot_say() -> None:
    numbers = rows()
    models = [grown(numbers, [[0], [1], [2]], seed=seed) for seed in range(4)]
    alike = terms_of([models[0]] * 4, [], numbers, np.ones(500), [2])
    apart = terms_of(models, [], numbers, np.ones(500), [2])
    assert max(one.spread.max() for one in alike.terms) < 1e-12 < max(one.spread.max() for one in apart.terms)


def test_trees_without_splits_are_the_intercept() -> None:
    terms = terms_of([only_leaves(np.array([2.5]))], [], rows(), np.ones(500), [])
    assert terms.terms == ()
    assert terms.intercept.tolist() == [2.5]
