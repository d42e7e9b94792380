from __future__ import annotations

from dataclasses import replace

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


def test_bounds_stand_behind_the_number() -> None:
    value = Predictions(
        "regression",
        (),
        np.array([1.5, 2.5]),
        None,
        None,
        np.array(["ok", "ok"], dtype=object),
        low=np.array([1.0, 2.0]),
        high=np.array([2.0, 3.0]),
    )
    assert list(value.as_columns()) == ["prediction", "low", "high", "status"]
    assert next(iter(value)) == {"prediction": 1.5, "low": 1.0, "high": 2.0, "status": "ok"}
    refused = value.refusing([1], "of another shape")
    assert refused.low is not None
    assert refused.high is not None
    assert np.isnan([refused.low[1], refused.high[1]]).all()
    assert (refused.low[0], refused.high[0]) == (1.0, 2.0)
    assert value.low is not None
    assert value.low[1] == 2.0
    assert "low 1, high 2" in repr(value)


def test_sets_are_text_in_columns_and_labels_in_rows() -> None:
    sets = np.empty(3, dtype=object)
    sets[:] = [("no",), ("no", "yes"), ("yes",)]
    value = replace(predictions(3), prediction_set=sets)
    columns = value.as_columns()
    assert list(columns)[3:] == ["prediction_set", "decision", "status"]
    assert columns["prediction_set"].tolist() == ["no", "no | yes", "yes"]
    assert [row["prediction_set"] for row in value] == [("no",), ("no", "yes"), ("yes",)]
    refused = value.refusing([0], "of another shape")
    assert refused.as_columns()["prediction_set"].tolist() == [None, "no | yes", "yes"]
    assert sets[0] == ("no",)


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


def test_novelty_has_one_number_a_row_and_is_no_column() -> None:
    value = predictions(4)
    assert value.novelty.dtype == np.float64
    assert np.isnan(value.novelty).tolist() == [True] * 4
    told = replace(value, novelty=np.array([0.5, 0.25, 1.0, 0.001]))
    assert "novelty" not in told.as_columns()
    refused = told.refusing([1], "of another shape").novelty
    assert np.isnan(refused[1])
    assert refused[[0, 2, 3]].tolist() == [0.5, 1.0, 0.001]
    assert told.novelty[1] == 0.25
    assert "Predictions for 4 rows" in repr(told)
