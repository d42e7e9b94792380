from __future__ import annotations

import lightgbm
import numpy as np

from journeyman.learners.tree_text import read_text, write_text
from journeyman.learners.trees import Trees


def grown(rounds: int = 12) -> tuple[lightgbm.Booster, np.ndarray]:
    random = np.random.default_rng(5)
    numbers = np.column_stack([random.integers(0, 90, 900), random.integers(0, 40, 900), random.normal(size=900)]) + 0.0
    numbers[::7, 2] = np.nan
    values = np.isin(numbers[:, 0], [3, 64, 88]) * 2.0 + np.isin(numbers[:, 1], [1, 33]) + np.nan_to_num(numbers[:, 2])
    settings = {"num_leaves": 9, "verbosity": -1, "cat_smooth": 1, "min_data_in_leaf": 3, "num_threads": 1}
    return lightgbm.train(settings, lightgbm.Dataset(numbers, values, categorical_feature=[0, 1]), rounds), numbers


def test_what_is_written_is_read_again() -> None:
    booster, numbers = grown()
    first = read_text(booster.model_to_string(), numbers)
    assert first["is_set"].any()
    assert not first["is_set"].all()
    text = write_text(Trees(**first), 3)
    # LightGBM writes what training rows passed each split; without, both sides weigh alike.
    again = read_text(lightgbm.Booster(model_str=text).model_to_string(), numbers)
    for name, array in first.items():
        if name != "missing_left":
            np.testing.assert_array_equal(again[name], array, err_msg=name)


def test_trees_of_one_leaf_stand_between_others() -> None:
    booster, numbers = grown()
    whole = booster.model_to_string()
    flat = lightgbm.train(
        {"min_data_in_leaf": 10_000, "verbosity": -1}, lightgbm.Dataset(numbers, np.arange(900.0)), 2
    ).model_to_string()
    one_leaf = flat[flat.index("Tree=0") : flat.index("end of trees")]
    assert "num_leaves=1" in one_leaf
    second = whole.index("\nTree=1\n") + 1
    arrays = read_text(whole[:second] + one_leaf + whole[second:], numbers)
    plain = read_text(whole, numbers)
    assert len(arrays["root"]) == len(plain["root"]) + 1
    assert arrays["root"][1] < 0
    shift = arrays["leaf_value"][-1 - arrays["root"][1]]
    trees = Trees(**arrays)
    np.testing.assert_allclose(trees.score(numbers), Trees(**plain).score(numbers) + shift, rtol=0, atol=1e-12)


def test_only_trees_of_one_leaf() -> None:
    data = lightgbm.Dataset(np.zeros((50, 1)), np.arange(50.0))
    arrays = read_text(lightgbm.train({"verbosity": -1}, data, 3).model_to_string(), np.zeros((50, 1)))
    assert (arrays["root"] < 0).all()
    assert not len(arrays["feature"])
