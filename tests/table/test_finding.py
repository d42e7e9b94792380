"""What a check saw, as data."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError

import pytest

from journeyman.table.finding import Finding, Remedy, Skip


def test_a_finding_is_json() -> None:
    finding = Finding(
        code="duplicate_rows",
        severity="info",
        message="2 rows are equal",
        rows=(1, 4),
        numbers={"share": 0.5},
        remedy=Remedy(action="group", words="they are kept on one side"),
    )
    back = json.loads(json.dumps(finding.as_data()))
    assert back["rows"] == [2, 5]
    assert back["remedy"] == {"action": "group", "value": "", "words": "they are kept on one side"}
    assert set(back) == {"code", "severity", "message", "columns", "rows", "numbers", "remedy", "cost"}


def test_values_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        Skip("no").reason = "yes"  # type: ignore[misc]
