from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.curation.structure import structure
from journeyman.table.table import Table

Make = Callable[..., Table]


def visits(*, days: bool = False) -> dict[str, Any]:
    random = np.random.default_rng(0)
    patient = np.repeat(np.arange(80), 6)
    level = random.normal(size=80)[patient]
    cells = {
        "patient_id": [f"p{one}" for one in patient],
        "born": (patient * 7 % 61) + 0.0,
        "x": random.normal(size=480),
    }
    if days:
        cells = {"date": np.datetime64("2024-01-01") + np.arange(480), "x": cells["x"]}
    return {**cells, "y": level + random.normal(0, 0.2, 480)}


def test_whom_rows_are_about_is_told_with_the_folds_that_follow(table_of: Make) -> None:
    found = structure(table_of(visits()), Brief(predict="y"), ())
    assert [one.code for one in found] == ["groups", "folds"]
    assert found[0].columns == ("patient_id",)
    assert found[0].cost is None or found[0].cost.ignored > found[0].cost.heeded
    assert (found[1].severity, found[1].numbers["kind"], found[1].numbers["entity"]) == ("info", "entity", "patient_id")


def test_time_is_told_with_a_target_and_without(table_of: Make) -> None:
    table = table_of(visits(days=True))
    assert structure(table, Brief(predict="y"), ())[-1].numbers["kind"] == "forward"
    alone = structure(table, Brief(), ())
    assert [(one.code, one.columns) for one in alone] == [("time_order", ("date",))]


def test_independent_rows_and_what_cannot_be_learnt(table_of: Make) -> None:
    random = np.random.default_rng(1)
    table = table_of({"x": random.normal(size=200), "y": (random.random(200) < 0.5) + 0.0})
    assert [one.numbers["kind"] for one in structure(table, Brief(predict="y"), ())] == ["stratified"]
    assert structure(table, Brief(), ()) == ()
    constant = table_of({"x": range(50), "y": [1.0] * 50})
    assert structure(constant, Brief(predict="y"), ()) == ()
