from __future__ import annotations

from collections.abc import Callable

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.protected import look, protected_columns
from journeyman.table.table import Table

Make = Callable[..., Table]


def test_names_and_cells_say_the_ground(table_of: Make) -> None:
    cells = {
        "Age": np.arange(18.0, 78.0), "ageOfOwner": np.arange(18.0, 78.0), "Gender": ["f", "m"] * 30,
        "x1": ["male", "female", None] * 20, "status": ["male single", "female married"] * 30,
        "native_country": ["a", "b"] * 30, "x2": ["married", "single", "divorced"] * 20,
    }  # fmt: skip
    found = protected_columns(table_of(cells), Brief())
    assert found == {
        "Age": "age", "ageOfOwner": "age", "Gender": "sex", "x1": "sex", "status": "sex", "native_country": "origin",
        "x2": "family",
    }  # fmt: skip
    told = look(table_of(cells), Brief())
    assert told is not None
    assert (told.code, told.severity, told.columns) == ("protected", "info", tuple(found))


def test_ages_of_things_and_words_that_only_contain_one_are_none(table_of: Make) -> None:
    cells = {
        "car_age": np.arange(60.0), "house age": np.arange(60.0), "age": np.arange(60.0) * 90,
        "average": np.arange(60.0), "trace": np.arange(60.0),
        "colour": ["white", "black", "red"] * 20, "other": ["unknown", "other"] * 30,
        "message": ["a"] * 60, "sexton": ["a"] * 60,
    }  # fmt: skip
    assert look(table_of(cells), Brief()) is None


def test_the_target_and_what_is_left_out_are_not_looked_at(table_of: Make) -> None:
    table = table_of({"sex": ["f", "m"] * 10, "race": ["a", "b"] * 10})
    assert look(table, Brief(predict="sex", ignore=("race",))) is None
