from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from journeyman.brief.brief import Brief
from journeyman.curation.grounds import Times
from journeyman.curation.no_time import is_late, late, why_not_by_time, without_time
from journeyman.curation.split import split
from journeyman.plan.target import Target
from journeyman.table.finding import Finding
from journeyman.table.table import Table

Make = Callable[..., Table]
DAYS = np.datetime64("2024-01-01") + np.arange(50)


def why(table: Table, times: Times | None = None, findings: Any = (), **brief: Any) -> str:
    return why_not_by_time(table, Brief(predict="y", **brief), times, findings)


def test_what_was_asked_about_is_the_reason(table_of: Make) -> None:
    table = table_of({"day": DAYS, "y": range(50)})
    asked = Finding(
        code="time_order",
        severity="info",
        message="",
        columns=("day",),
        numbers={"time": "'day'", "why": "rows are few"},
    )
    assert why(table, findings=[asked]) == "not by 'day', because rows are few"
    assert why(table, findings=[asked], when="none") == ""


def test_a_time_that_makes_no_blocks_is_told(table_of: Make) -> None:
    table = table_of({"day": DAYS, "y": range(50)})
    times = Times("'day'", "day", ("day",), np.zeros(50, np.int64), "", False)
    assert why(table, times).startswith("not by 'day', because there are too few rows")


def test_a_date_is_never_passed_over_in_silence(table_of: Make) -> None:
    table = table_of({"born on": DAYS, "who": range(50), "y": range(50)})
    assert "--when 'born on' says that it is" in why(table)
    assert why(table.with_schema(table.schema.with_role("who", "entity", ""))).endswith(
        "--entity is given and --when is not"
    )
    assert why(table_of({"x": range(50), "y": range(50)})) == ""


def late_target(share: float) -> Target:
    values = (np.arange(200) >= share * 200) * (np.arange(200) % 2.0)
    return Target(task="binary", values=values, classes=("good", "fraud"))


def test_a_class_that_begins_late_is_told_and_the_time_is_no_feature(table_of: Make) -> None:
    day = np.datetime64("2024-01-01") + np.arange(200)
    table = table_of({"day": day, "x": np.random.default_rng(0).normal(size=200)})
    times = Times("'day'", "day", ("day",), np.arange(200), "it is a date", False)
    assert is_late(times, late_target(0.95))
    assert not is_late(times, late_target(0.5))
    assert not is_late(replace(times, order=np.arange(200) // 100), late_target(0.95))
    assert not is_late(times, Target(task="regression", values=np.arange(200.0)))
    assert without_time(table.schema, times)["day"].role == "ignored"
    alone = table_of({"day": day})
    assert without_time(alone.schema, times)["day"].role == "feature"
    turned = replace(late_target(0.95), values=1 - late_target(0.95).values)
    assert late(times, turned).message.startswith("'good' begins only")
    assert "'fraud' begins only in the last tenth" in late(times, late_target(0.95)).message


@pytest.mark.parametrize(("share", "kind"), [(0.5, "forward"), (0.8, "forward"), (0.96, "stratified")])
def test_a_late_class_is_judged_forward_in_time_where_that_can_be(table_of: Make, share: float, kind: str) -> None:
    rows = 1000
    random = np.random.default_rng(0)
    values = ((np.arange(rows) >= share * rows) & (random.random(rows) < 0.5)).astype(np.float64)
    day = np.datetime64("2024-01-01") + np.arange(rows) // 3
    table = table_of({"order_date": day, "x": random.normal(size=rows)})
    target = Target(task="binary", values=values, classes=("good", "fraud"))
    found = split(table, Brief(predict="y"), target, None)
    assert found.folds.kind == kind
    if kind == "forward":
        assert len(np.unique(values[found.folds.training(0)])) == 2
    assert ("order_date" in [one.name for one in found.schema.features]) == (kind == "forward")
    assert any("begins only" in one.message for one in found.findings) == (kind != "forward")
