from __future__ import annotations

import copy
import json
import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from journeyman.server.answering import Wishes, answer_row, answer_rows
from journeyman.server.deployed import Deployed

TASKS = ("binary", "multiclass", "regression")


def some_rows(row: dict[str, Any], count: int) -> list[Any]:
    return [{**row, "age": 18 + place % 70, "city": ["Oslo", "Bergen", "Tromsø"][place % 3]} for place in range(count)]


@pytest.mark.parametrize("task", TASKS)
def test_a_row_alone_is_answered_as_among_others_and_as_in_python(
    deployed: Callable[..., Deployed], row: dict[str, Any], task: str
) -> None:
    one = deployed(task)
    rows = [*some_rows(row, 20), {**row, "age": 5000}, {**row, "city": "Atlantis"}, {**row, "age": "x"}, {"age": 3}]
    together = answer_rows(one, rows)
    assert together == [answer_row(one, row) for row in rows]
    for given, answer in zip(rows, together, strict=True):
        said = one.model.predict_one(given)
        assert answer["status"] == said["status"]
        if answer["status"] != "refused":
            assert answer["prediction"] == said["prediction"]
        for label, chance in answer.get("probabilities", {}).items():
            expected = said[f"probability_{label}"]
            assert chance == (None if math.isnan(expected) else expected)
    json.dumps(together, allow_nan=False)


def test_a_bad_row_is_refused_cell_by_cell_and_the_others_are_answered(
    deployed: Callable[..., Deployed], row: dict[str, Any]
) -> None:
    bad = {**row, "age": "forty", "since": "yesterday"}
    answers = answer_rows(deployed(), [row, bad, 5, None, [row], {}, row])
    assert [one["status"] for one in answers] == ["ok", "refused", "refused", "refused", "refused", "refused", "ok"]
    assert {one["column"]: one["value"] for one in answers[1]["troubles"]} == {"age": "forty", "since": "yesterday"}
    assert answers[1]["prediction"] is None
    assert "object of column names" in answers[2]["troubles"][0]["because"]
    assert "none of the model's columns" in answers[5]["troubles"][0]["because"]
    assert answers[0] == answers[6]


def test_a_column_of_bad_cells_refuses_rows_and_not_the_request(
    deployed: Callable[..., Deployed], row: dict[str, Any]
) -> None:
    answers = answer_rows(deployed(), [{**one, "age": "x"} for one in some_rows(row, 30)] + [row])
    assert [one["status"] for one in answers] == ["refused"] * 30 + ["ok"]


@pytest.mark.parametrize("cell", [[1], {"a": 1}, [[]], {}])
def test_a_cell_that_is_no_cell_is_refused(deployed: Callable[..., Deployed], row: dict[str, Any], cell: Any) -> None:
    for name in row:
        answer = answer_row(deployed(), {**row, name: cell})
        assert (answer["status"], answer["troubles"][0]["column"]) == ("refused", name)


def test_unknown_columns_are_refused_with_near_names_unless_they_may_stay(
    deployed: Callable[..., Deployed], row: dict[str, Any]
) -> None:
    answer = answer_row(deployed(), {**row, "agee": 1, "customer": "x"})
    assert [one["column"] for one in answer["troubles"]] == ["agee", "customer"]
    assert "did you mean 'age'?" in answer["troubles"][0]["because"]
    left = answer_rows(deployed(), [{**row, "customer": "x"}, row], Wishes(leaves_unknown=True))
    assert left[0] == left[1]
    misspelt = {name: cell for name, cell in row.items() if name != "income"} | {"incomes": 3}
    refused = answer_row(deployed(), misspelt, Wishes(leaves_unknown=True))
    assert "'incomes'" in refused["troubles"][0]["because"]


def test_columns_of_the_training_table_that_nothing_reads_may_stay(
    deployed: Callable[..., Deployed], row: dict[str, Any]
) -> None:
    one = deployed()
    manifest = replace(one.model.manifest, facts={**one.model.manifest.facts, "unread": ["customer", 7, "churn"]})
    model = copy.copy(one.model)
    model.manifest = manifest
    known = Deployed(model, one.name, one.version)
    given = {**row, "customer": "A-1", "churn": ""}
    assert answer_rows(known, [given, given, row])[:2] == [answer_row(known, row)] * 2
    assert known.schema["unread"] == ["churn", "customer"]
    assert answer_row(known, {**given, "custommer": 1})["status"] == "refused"


def test_columns_that_are_not_there_make_a_row_unusual(deployed: Callable[..., Deployed], row: dict[str, Any]) -> None:
    row.pop("age")
    answer = answer_row(deployed(), row)
    assert answer["status"] == "unusual"
    assert {"column": "age", "value": "", "because": "the row does not have this column"} in answer["troubles"]


def test_reasons_and_amounts_come_when_they_are_asked_for(
    deployed: Callable[..., Deployed], row: dict[str, Any]
) -> None:
    answers = answer_rows(deployed(), [row, {**row, "age": "x"}, row], Wishes(reasons=2, amounts=True))
    assert [reason["columns"] for reason in answers[0]["reasons"]] == [
        reason["columns"] for reason in answers[2]["reasons"]
    ]
    assert 1 <= len(answers[0]["reasons"]) <= 2
    assert all({"text", "effect", "direction"} <= set(reason) for reason in answers[0]["reasons"])
    assert "reasons" not in answers[1]
    assert set(answers[0]["amounts"]) == {"none", "call"}
    json.dumps(answers, allow_nan=False)


def test_numbers_come_with_bounds_and_classes_with_sets(deployed: Callable[..., Deployed], row: dict[str, Any]) -> None:
    number = answer_row(deployed("regression"), row)
    assert number["low"] < number["prediction"] < number["high"]
    labels = answer_row(deployed("multiclass"), row)
    assert labels["prediction"] in labels["prediction_set"]
    assert sum(labels["probabilities"].values()) == pytest.approx(1)
