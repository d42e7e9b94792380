from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.curation.grounds import Times
from journeyman.curation.no_time import why_not_by_time
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
