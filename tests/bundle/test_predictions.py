from __future__ import annotations

import numpy as np

from journeyman.bundle.predictions import Predictions


def predictions(rows: int) -> Predictions:
    p = np.linspace(0.1, 0.9, rows)
    return Predictions(
        "binary",
        ("no", "yes"),
        np.array(["yes" if one >= 0.5 else "no" for one in p], dtype=object),
        np.column_stack([1 - p, p]),
        np.array(["call"] * rows, dtype=object),
        np.array(["ok"] * (rows - 1) + ["unusual"], dtype=object),
    )


def test_columns_are_those_of_the_design() -> None:
    columns = predictions(4).as_columns()
    assert list(columns) == ["prediction", "probability_no", "probability_yes", "decision", "status"]
    assert all(len(column) == 4 for column in columns.values())


def test_numbers_have_no_probabilities_and_no_decision() -> None:
    value = Predictions("regression", (), np.array([1.5]), None, None, np.array(["ok"], dtype=object))
    assert list(value.as_columns()) == ["prediction", "status"]
    assert list(value) == [{"prediction": 1.5, "status": "ok"}]


def test_rows_are_plain_values() -> None:
    first = next(iter(predictions(3)))
    assert first["prediction"] == "no"
    assert type(first["probability_yes"]) is float
    assert len(list(predictions(3))) == len(predictions(3)) == 3


def test_it_shows_what_it_holds() -> None:
    text = repr(predictions(5))
    assert text.startswith("Predictions for 5 rows (4 ok, 1 unusual)")
    assert text.count("\n") == 4
    assert "probability_yes 0.1" in text
