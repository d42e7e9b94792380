from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

TABLE = {
    "x": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0],
    "after": [9.0] * 6,
    "key": ["a", "b", "c", "d", "e", "f"],
    "house": ["p", "p", "q", "q", None, None],
    "y": ["no", "yes", "no", None, "yes", "no"],
}
TEST = [False, False, False, True, True, True]


def read(place: Path, table: dict[str, Any], **card: Any) -> Any:
    whole = {"target": "y", "task": "binary", "metric": "roc_auc", "metric_direction": "max", **card}
    (place / "card.json").write_text(json.dumps(whole))
    pl.DataFrame(table).write_parquet(place / "table.parquet")
    pl.DataFrame({"test": TEST}).write_parquet(place / "split.parquet")
    return import_module("peers_tasks").read_task(place)


def test_leaks_identifiers_and_rows_without_a_target_are_left_out(tmp_path: Path) -> None:
    task = read(tmp_path, TABLE, leak=["after", "gone"], ids=["key"], group="house")
    assert task.train.columns == ["x", "house", "y"]
    assert task.test.columns == ["x", "house"]
    assert task.test["x"].to_list() == [5, 6]
    assert task.truth.tolist() == [1, 0]
    # Two rows of no house belong with none.
    assert len(set(task.units.tolist())) == 2
    assert task.trivial == 0.5


def test_what_the_split_kept_together_is_one_unit(tmp_path: Path) -> None:
    table = TABLE | {"y": ["no", "yes", "no", "yes", "yes", "no"], "x": [1.0, 2.0, 3.0, 5.0, 5.0, 6.0]}
    for rule, units in (
        ("25% of the groups of x, after (no group on both sides)", 2),
        ("25% of the groups of gone (no group on both sides)", 3),
        ("25% of the groups of identical feature rows (no group on both sides)", 3),
        ("random 25%", 3),
    ):
        assert len(set(read(tmp_path, table, split_rule=rule).units.tolist())) == units


def test_rows_of_one_stretch_of_time_are_one_unit(tmp_path: Path) -> None:
    table = TABLE | {"y": ["no", "yes", "no", "yes", "yes", "no"], "day": ["2020-01-01"] * 4 + ["2020-02-01"] * 2}
    for rule, units in (
        ("later part: day from 2020-01-01 00:00:00 on (rows with no date stay in training)", 2),
        ("later part: x from 4.0 on (rows with no date stay in training)", 3),
        ("last 50% of the rows in file order (time order)", 3),
        ("later part: gone from 4.0 on", 3),
    ):
        assert len(set(read(tmp_path, table, split_rule=rule, group="key").units.tolist())) == units
    later = {"x": [1.0] * 3 + [100 - one / 7 for one in range(500)], "y": ["yes", "no"] * 251 + ["no"]}
    (tmp_path / "card.json").write_text(
        json.dumps({"target": "y", "task": "binary", "metric": "roc_auc", "split_rule": "later part: x from 2 on"})
    )
    pl.DataFrame(later).write_parquet(tmp_path / "table.parquet")
    pl.DataFrame({"test": [False] * 3 + [True] * 500}).write_parquet(tmp_path / "split.parquet")
    units = import_module("peers_tasks").read_task(tmp_path).units
    assert len(set(units.tolist())) == 40
    assert (np.diff(units) <= 0).all()


def test_the_positive_class_is_the_last(tmp_path: Path) -> None:
    assert read(tmp_path, TABLE, positive="no").classes == ["yes", "no"]
    assert read(tmp_path, TABLE | {"y": [True, False, True, True, False, True]}, positive=False).classes == [
        "true",
        "false",
    ]
    assert read(tmp_path, TABLE | {"y": [1.0, 0.0, 1.0, 1.0, 0.0, 1.0]}).classes == ["0", "1"]


def test_a_class_that_training_did_not_hold_has_hardly_a_chance(tmp_path: Path) -> None:
    task = read(tmp_path, TABLE | {"y": ["a", "b", "c", "a", "b", "new"]}, task="multiclass", metric="log_loss")
    assert task.truth.tolist() == [0, 1, 3]
    tasks = import_module("peers_tasks")
    answers = tasks.answers_of(task, np.full((3, 3), 1 / 3))
    assert answers.shape == (3, 4)
    assert task.metric.score(task.truth, answers) == pytest.approx(task.trivial)
    assert task.trivial > 10


def test_a_row_without_an_answer_gets_a_middling_one(tmp_path: Path) -> None:
    tasks = import_module("peers_tasks")
    numbers = TABLE | {"y": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]}
    task = read(tmp_path, numbers, task="regression", metric="rmse")
    assert tasks.answers_of(task, np.array([4.0, np.nan, 6.0])).tolist() == [[4], [5], [6]]
    binary = read(tmp_path, TABLE)
    assert tasks.answers_of(binary, np.array([[0.2, 0.8], [np.nan, np.nan]])).tolist() == [[0.8], [0.5]]


def test_poisson_answers_are_above_nothing(tmp_path: Path) -> None:
    numbers = TABLE | {"y": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]}
    task = read(tmp_path, numbers, task="regression", metric="poisson_deviance")
    found = import_module("peers_tasks").answers_of(task, np.array([-1.0, 0.0, 6.0]))
    assert found[:, 0] == pytest.approx([0.02, 0.02, 6])


@pytest.mark.parametrize("shape", [(2,), (3, 1), (3, 3)])
def test_answers_of_another_shape_are_none(tmp_path: Path, shape: tuple[int, ...]) -> None:
    task = read(tmp_path, TABLE | {"y": ["no", "yes", "no", "yes", "yes", "no"]})
    with pytest.raises(ValueError, match="answers of shape"):
        import_module("peers_tasks").answers_of(task, np.zeros(shape))
