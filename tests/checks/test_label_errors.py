from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from journeyman.brief.brief import Brief
from journeyman.checks.label_errors import look
from journeyman.table.finding import Finding, Skip
from journeyman.table.table import Table

Make = Callable[..., Table]
BRIEF = Brief(predict="y")
RANDOM = np.random.default_rng(0)
NUMBERS = RANDOM.normal(size=(800, 3))
TRUTH = NUMBERS[:, 0] + NUMBERS[:, 1] > 0


def table_with(table_of: Make, y: Any, **more: Any) -> Table:
    return table_of({**dict(zip("abc", NUMBERS.T, strict=True)), **more, "y": y})


def test_wrong_labels_are_told_with_what_is_likelier(table_of: Make) -> None:
    wrong = RANDOM.uniform(size=800) < 0.05
    found = look(table_with(table_of, np.where(TRUTH ^ wrong, "yes", "no")), BRIEF)
    assert isinstance(found, Finding)
    assert (found.code, found.severity, found.remedy.action, found.columns) == (
        "label_errors",
        "info",
        "review",
        ("y",),
    )
    assert wrong[list(found.rows)].mean() > 0.8
    assert len(found.rows) == found.numbers["doubted"]
    first = found.numbers["reasons"][0]
    assert first["row"] == found.rows[0] + 1
    assert {first["recorded"], first["likelier"]} == {"yes", "no"}


def test_numbers_far_from_what_the_row_lets_expect_are_told(table_of: Make) -> None:
    values = 10 * NUMBERS[:, 0] + RANDOM.normal(size=800)
    values[[5, 50, 500]] += 500
    found = look(table_with(table_of, values), BRIEF)
    assert isinstance(found, Finding)
    assert set(found.rows[:3]) == {5, 50, 500}
    assert found.numbers["reasons"] == []
    heavy = 10 * NUMBERS[:, 0] + np.where(RANDOM.uniform(size=800) < 0.05, 60.0, 1.0) * RANDOM.normal(size=800)
    assert look(table_with(table_of, heavy), BRIEF) is None


@pytest.mark.parametrize("share", [0.08, 0.5])
def test_where_nothing_tells_the_classes_apart_no_label_is_doubted(table_of: Make, share: float) -> None:
    y = np.where(RANDOM.uniform(size=800) < share, "yes", "no")
    assert look(table_with(table_of, y), BRIEF) is None


def test_right_labels_are_left_alone(table_of: Make) -> None:
    assert look(table_with(table_of, np.where(TRUTH, "yes", "no")), BRIEF) is None


def test_what_cannot_be_judged_is_skipped(table_of: Make) -> None:
    assert isinstance(look(table_with(table_of, TRUTH.astype(float)), Brief()), Skip)
    assert isinstance(look(table_of({"a": NUMBERS[:50, 0], "y": TRUTH[:50].astype(float)}), BRIEF), Skip)
    assert isinstance(look(table_of({"y": np.where(TRUTH, "yes", "no")}), BRIEF), Skip)
    assert isinstance(look(table_with(table_of, np.ones(800)), BRIEF), Skip)
    days = np.datetime64("2024-01-01") + np.arange(800)
    assert isinstance(look(table_with(table_of, days), BRIEF), Skip)
    gaps = [None if place < 700 else "yes" for place in range(800)]
    assert isinstance(look(table_with(table_of, gaps), BRIEF), Skip)
