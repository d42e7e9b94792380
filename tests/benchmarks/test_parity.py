from __future__ import annotations

import math
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest


@pytest.fixture
def parity(benchmarks: Path) -> ModuleType:
    return import_module("parity")


@pytest.fixture
def plans(benchmarks: Path) -> ModuleType:
    return import_module("parity_plans")


def test_numbers_differ_by_their_size_and_all_else_literally(parity: ModuleType) -> None:
    assert parity.gap_of(1.0, 1.0 + 1e-9) == pytest.approx(1e-9, rel=1e-6)
    assert parity.gap_of(2e6, 2e6 + 2) == pytest.approx(1e-6)
    assert parity.gap_of({"a": [1.0, "x"]}, {"a": [1.5, "x"]}) == 0.5
    assert parity.gap_of(math.nan, None) == 0.0
    for one, other in (
        (math.nan, 1.0),
        (1.0, None),
        ("ok", "refused"),
        ([1.0], [1.0, 2.0]),
        ({"a": 1.0}, {"b": 1.0}),
        (True, 1.5),
    ):
        assert parity.gap_of(one, other) == math.inf, (one, other)


def row(**changes: Any) -> dict[str, Any]:
    return {"prediction": "yes", "answers": [0.9], "novelty": 0.5, "status": "ok", "troubles": [], **changes}


def test_what_differs_is_counted_by_its_name(parity: ModuleType) -> None:
    compared = parity.Compared()
    wanted = [row(), row(), row(), row(troubles=[{"column": "age", "because": "so"}])]
    got = [
        row(),
        row(answers=[0.9 + 2e-6]),
        row(status="unusual"),
        row(troubles=[{"column": "age", "value": 1, "because": "so"}]),
    ]
    compared.add(wanted, got, [{"age": 1}] * 4)
    assert compared.as_data() == {
        "rows": 4,
        "largest_difference": pytest.approx(2e-6, rel=1e-6),
        "largest_difference_of_p_values": 0.0,
        "differ": {"answers": 1, "status": 1},
    }
    compared.add([row()], [], [])
    assert compared.differ["rows"] == 1


def test_the_shapes_know_every_learner_task_and_kind_of_input(plans: ModuleType) -> None:
    assert len(plans.SHAPES) >= 20
    assert {one.task for one in plans.SHAPES} == {"binary", "multiclass", "regression"}
    assert {one.kind for one in plans.COLUMNS} == {"number", "flag", "date", "category", "text"}
    assert len({one.name for one in plans.SHAPES}) == len(plans.SHAPES)


def test_fuzzed_rows_are_the_same_each_time_and_name_every_column(plans: ModuleType) -> None:
    names = [one.name for one in plans.COLUMNS]
    rows = plans.fuzzed(names, 60, 3)
    assert rows == plans.fuzzed(names, 60, 3)
    assert set(rows[0]) == set(names)
    assert any(set(one) != set(names) for one in rows)
    strange = sum(cell in plans.STRANGE for one in rows for cell in one.values())
    assert 20 < strange < 400
