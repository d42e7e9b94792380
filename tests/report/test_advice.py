from __future__ import annotations

from collections.abc import Callable
from typing import Any

from journeyman.report.advice import advice

Summary = Callable[..., dict[str, Any]]


def named(summary: dict[str, Any]) -> dict[str, str]:
    return {one.what: one.change for one in advice(summary)}


def test_candidates_without_time_ask_for_more(made_up: Summary) -> None:
    assert named(made_up())["Give more time"] == "--time 3m"
    assert "Give more time" not in named(made_up(brief={"trials": 6}))


def test_findings_to_be_looked_at_come_first(made_up: Summary) -> None:
    remedy = {"action": "review", "words": "look at it"}
    findings = [{"severity": "warning", "message": "'x' tells the target", "remedy": remedy}]
    first = advice(made_up(findings=findings))[0]
    assert (first.what, first.how) == ("Settle a finding", "'x' tells the target. Look at it.")


def test_without_a_gain_it_is_asked_for(made_up: Summary) -> None:
    assert named(made_up(payoff_rule=None))["Say what a decision is worth"] == "--gain"
    assert "Say what a decision is worth" not in named(made_up())


def test_columns_that_are_hardly_used_may_go_and_are_quoted(made_up: Summary) -> None:
    shares = [("a", 0.9), ("b; rm -rf", 0.001), ("c", 0.099)]
    uses = {"columns": [{"name": name, "share": share, "change": share} for name, share in shares]}
    assert named(made_up(uses=uses))["Build a leaner model"] == "--ignore 'b; rm -rf'"
    # A comma within a name would be two names.
    uses["columns"][1]["name"] = "b,d"
    assert named(made_up(uses=uses))["Build a leaner model"] == ""


def test_dates_and_ids_that_return_are_offered_unless_used(made_up: Summary) -> None:
    schema = [{"name": "day", "kind": "date"}, {"name": "who", "kind": "id"}, {"name": "row", "kind": "id"}]
    profile = [
        {"name": "who", "rows": 100, "missing": 0, "distinct": 20},
        {"name": "row", "rows": 100, "missing": 0, "distinct": 100},
    ]
    told = named(made_up(schema=schema, profile=profile))
    assert told["Judge on the future"] == "--when day"
    assert told["Keep together what belongs together"] == "--entity who"
    used = named(made_up(schema=schema, profile=profile, brief={"when": "day", "entity": "who"}))
    assert not {"Judge on the future", "Keep together what belongs together"} & used.keys()


def test_an_empty_summary_has_no_advice() -> None:
    assert advice({}) == []
