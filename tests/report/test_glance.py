from __future__ import annotations

from collections.abc import Callable
from typing import Any

from journeyman.report import glance
from journeyman.report.charts import uses

Summary = Callable[..., dict[str, Any]]


def test_the_target_comes_first_then_what_is_used_then_the_rest(made_up: Summary) -> None:
    summary = made_up()
    lines = glance.lines(summary, uses.facts(summary))
    assert [one.name for one in lines] == ["default payment", "LIMIT_BAL", "currency"]
    target, limit, currency = lines
    assert target.use == "what is predicted"
    assert target.holds == "0 78 %, 1 22 %"
    assert (limit.use, limit.missing, limit.unit) == ("90 %", "none", "NT$")
    assert limit.holds == "10,000 to 1,000,000, half up to 140,000"
    assert "<svg" in limit.picture
    assert (currency.use, currency.missing, currency.is_missing) == ("not used", "0.1 %", True)


def test_a_model_that_uses_nothing_says_so(made_up: Summary) -> None:
    summary = made_up(uses={"columns": [{"name": "LIMIT_BAL", "change": 0.0, "share": 0.0}]})
    lines = {one.name: one for one in glance.lines(summary, uses.facts(summary))}
    assert lines["LIMIT_BAL"].use == "moves no answer"


def test_few_numbers_are_told_one_by_one_and_years_have_no_commas() -> None:
    base = {"rows": 10, "missing": 0}
    profile = [
        {
            **base,
            "name": "few",
            "distinct": 2,
            "low": 0.0,
            "median": 1.0,
            "high": 1.0,
            "edges": [0, 1],
            "counts": [4, 6],
        },
        {**base, "name": "year", "distinct": 9, "low": 1990.0, "median": 2001.0, "high": 2010.0},
        {**base, "name": "same", "distinct": 1, "low": 3.0, "median": 3.0, "high": 3.0},
        {**base, "name": "who", "distinct": 9},
    ]
    schema = [{"name": one["name"], "kind": "number", "role": "feature"} for one in profile]
    held = {one.name: one.holds for one in glance.lines({"schema": schema, "profile": profile}, None)}
    assert held == {
        "few": "1: 60 %, 0: 40 %",
        "year": "1990 to 2010, half up to 2001",
        "same": "always 3",
        "who": "9 different values",
    }


def test_columns_without_a_profile_have_a_line(made_up: Summary) -> None:
    lines = glance.lines(made_up(profile=[], uses=None), None)
    assert len(lines) == 3
    assert not any(one.missing or one.picture for one in lines)
