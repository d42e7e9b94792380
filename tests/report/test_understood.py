from __future__ import annotations

from collections.abc import Callable
from typing import Any

from journeyman.report.understood import understood

Summary = Callable[..., dict[str, Any]]


def changes(summary: dict[str, Any]) -> set[str]:
    return {one.change for one in understood(summary)} - {""}


def test_what_was_not_said_is_assumed_and_says_what_changes_it(made_up: Summary) -> None:
    assert changes(made_up()) == {"--task", "--positive", "--metric", "--when", "--entity"}
    assert "--gain" in changes(made_up(payoff_rule=None))


def test_what_was_said_is_no_assumption(made_up: Summary) -> None:
    brief = {"task": "binary", "positive": "1", "metric": "log_loss", "when": "day", "entity": "customer"}
    summary = made_up(brief=brief, folds={"time": "'day'", "entity": "customer"})
    assert changes(summary) == set()
    told = {one.what: one.how for one in understood(summary)}
    assert told["rows"] == "those of one “customer” may be in the past and in the future, because 'day' decides"
    assert told["time"].endswith("by 'day'")


def test_what_was_found_is_told_and_can_be_changed(made_up: Summary) -> None:
    summary = made_up(folds={"kind": "forward", "time": "'day'"})
    told = {one.what: one for one in understood(summary)}
    assert told["time"].how.startswith("learn from the past")
    assert told["time"].change == "--when"


def test_rows_of_one_are_said_to_be_kept_together_only_where_they_are(made_up: Summary) -> None:
    told = {
        one.what: one.how for one in understood(made_up(folds={"kind": "entity", "time": "", "entity": "customer"}))
    }
    assert told["rows"] == "those of one “customer” are kept together"


def test_limits_and_rows_are_told(made_up: Summary) -> None:
    brief = {"seconds": 90.0, "trials": 6, "memory_bytes": 2**31, "ignore": ["a", "b"], "weight": "w"}
    told = {one.what: one.how for one in understood(made_up(brief=brief))}
    assert told["time limit"] == "1 min 30 s, of which 44.2 s were taken"
    assert "time to build" not in told
    assert told["candidates besides the floors"] == "at most 6"
    assert told["memory"] == "2.0 GiB"
    assert told["left out as asked"] == "“a”, “b”"
    assert told["rows in the table"] == "30,000 read, 30,000 used"


def test_many_classes_are_counted(made_up: Summary) -> None:
    summary = made_up(task="multiclass", classes=[str(one) for one in range(30)])
    assert any(one.how.endswith("11 and 18 more") for one in understood(summary))


def test_an_empty_summary_has_points_too() -> None:
    assert understood({})


def test_capacity_and_incumbent_are_told_back(made_up: Summary) -> None:
    def told(**brief: Any) -> dict[str, str]:
        return {one.what: one.how for one in understood(made_up(brief=brief))}

    assert told(capacity=50.0, volume=2000.0)["there is room to act"] == "for 50 of 2,000 cases a period"
    assert told(capacity=50.0, current="old score")["today it is decided by"] == "“old score”"
    assert "--volume" in changes(made_up(brief={"capacity": 50.0}))
    assert "--volume" not in changes(made_up(brief={"capacity": 50.0, "volume": 60.0}))


def test_wishes_of_what_models_are_like_are_told_back(made_up: Summary) -> None:
    told = {
        one.what: one.how for one in understood(made_up(brief={"interpretable": True, "monotone": ["age+", "debt-"]}))
    }
    assert "one can read" in told["models are"]
    assert told["with “age”"].endswith("only rise")
    assert told["with “debt”"].endswith("only fall")
