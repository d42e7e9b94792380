from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from journeyman.server import service
from journeyman.server.deployed import Deployed
from journeyman.server.limits import Limits
from journeyman.server.refusal import Refusal


def predicted(one: Deployed, data: Any, query: bytes = b"") -> tuple[int, Any]:
    response, _ = service.predict(one, json.dumps(data).encode(), query)
    return response.status, json.loads(response.body)


def test_one_row_gives_one_answer_and_rows_give_rows(deployed: Callable[..., Deployed], row: dict[str, Any]) -> None:
    status, one = predicted(deployed(), row)
    assert status == 200
    assert one["model"] == deployed().version
    assert one["milliseconds"] >= 0
    status, many = predicted(deployed(), {"rows": [row, {**row, "age": "x"}]})
    assert status == 200
    assert many["counts"] == {"ok": 1, "unusual": 0, "refused": 1}
    assert many["rows"][0]["probabilities"] == one["probabilities"]


def test_where_no_row_is_answered_the_status_says_so(deployed: Callable[..., Deployed], row: dict[str, Any]) -> None:
    status, one = predicted(deployed(), {**row, "age": "x"})
    assert status == 422
    assert (one["status"], one["error"]) == ("refused", "the row is refused")
    assert "'age', 'x'" in one["because"]
    status, many = predicted(deployed(), {"rows": [{}, 5]})
    assert (status, many["error"], len(many["rows"])) == (422, "all 2 rows are refused", 2)


@pytest.mark.parametrize(
    ("data", "happened"),
    [
        ([{"age": 1}], "is a list"),
        (5, "neither a row nor rows"),
        (None, "neither a row nor rows"),
        ({"rows": "abc"}, "rows is no list"),
        ({"rows": None}, "rows is no list"),
        ({"rows": []}, "no rows"),
        ({"rows": [{}], "age": 1}, "'age' beside rows"),
    ],
)
def test_what_is_no_request_for_predictions_is_refused(
    deployed: Callable[..., Deployed], data: Any, happened: str
) -> None:
    with pytest.raises(Refusal) as caught:
        predicted(deployed(), data)
    assert happened in caught.value.happened
    assert (caught.value.status, bool(caught.value.remedy)) == (422, True)


@pytest.mark.parametrize(
    "query",
    [b"reasons=x", b"reasons=-1", b"reasons=11", b"reasons=1&reasons=2", b"amounts=maybe", b"unknown=what", b"x=1"],
)
def test_options_that_are_none_are_refused(
    deployed: Callable[..., Deployed], row: dict[str, Any], query: bytes
) -> None:
    with pytest.raises(Refusal) as caught:
        predicted(deployed(), row, query)
    assert caught.value.status == 422


def test_requests_are_bounded_in_rows(deployed: Callable[..., Deployed], row: dict[str, Any]) -> None:
    one = deployed()
    small = Deployed(one.model, one.name, one.version, Limits(rows=3, explained_rows=2))
    assert predicted(small, {"rows": [row] * 3})[0] == 200
    for data, query in (({"rows": [row] * 4}, b""), ({"rows": [row] * 3}, b"reasons=1")):
        with pytest.raises(Refusal) as caught:
            predicted(small, data, query)
        assert caught.value.status == 413


def test_what_if_answers_by_value(deployed: Callable[..., Deployed], row: dict[str, Any]) -> None:
    found = json.loads(service.what_if(deployed(), json.dumps({"row": row, "column": "age"}).encode()).body)
    assert len(found["values"]) == len(found["answers"]) == len(found["shown"]) > 5
    assert found["label"] == "yes"
    chance = predicted(deployed(), row)[1]["probabilities"]["yes"]
    assert found["answers"][found["place"]] == pytest.approx(chance, abs=1e-8)


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"row": {}},
        {"row": {"age": 1}, "column": 5},
        {"row": {"age": "x"}, "column": "age"},
        {"row": 5, "column": "age"},
    ],
)
def test_what_if_refuses_what_it_cannot_vary(deployed: Callable[..., Deployed], asked: Any) -> None:
    with pytest.raises(Refusal) as caught:
        service.what_if(deployed(), json.dumps(asked).encode())
    assert caught.value.status == 422


@pytest.mark.parametrize("column", ["note", "nothing"])
def test_what_if_refuses_texts_and_unknown_columns(
    deployed: Callable[..., Deployed], row: dict[str, Any], column: str
) -> None:
    with pytest.raises(Refusal) as caught:
        service.what_if(deployed(), json.dumps({"row": row, "column": column}).encode())
    assert caught.value.status == 422


def test_similar_cases_come_where_they_are_kept(deployed: Callable[..., Deployed], row: dict[str, Any]) -> None:
    found = json.loads(service.similar(deployed("cases"), json.dumps(row).encode(), b"most=2").body)
    assert len(found["cases"]) == 2
    assert found["cases"][0]["outcome"] in ("no", "yes")
    assert found["cases"][0]["distance"] <= found["cases"][1]["distance"]
    with pytest.raises(Refusal) as caught:
        service.similar(deployed(), json.dumps(row).encode(), b"")
    assert caught.value.status == 404


def test_the_example_is_answered(deployed: Callable[..., Deployed]) -> None:
    for task in ("binary", "multiclass", "regression", "spending"):
        response, answers = service.predict(deployed(task), service.example(deployed(task)).body, b"")
        assert (response.status, answers[0]["status"]) == (200, "ok")
