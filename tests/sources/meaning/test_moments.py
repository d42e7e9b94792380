from __future__ import annotations

from collections.abc import Callable

import pytest

from journeyman.sources.meaning import Meaning

Mean = Callable[..., Meaning]
Codes = Callable[[Meaning], list[str]]


@pytest.mark.parametrize(
    ("cells", "severity"),
    [
        (["2024-03-31T02:30:00+01:00", "2024-03-31T02:30:00Z", "2024-03-31 02:30"], "warning"),
        (["2024-03-31T02:30:00+01:00", "2024-06-30T02:30:00+02:00"], "info"),
        (["2024-03-31T02:30:00Z", "2024-06-30T02:30:00+00:00", "2024-06-30 02:30 UTC"], None),
        (["2024-03-31 02:30", "2024-06-30 02:30"], None),
        (["2024-03-31", "2024-06-30T02:30:00+02:00"], None),
    ],
)
def test_zones(mean: Mean, cells: list[str], severity: str | None) -> None:
    found = [one for one in mean(cells).findings if one.code == "time_zones"]
    assert [one.severity for one in found] == ([severity] if severity else [])


def test_dates_to_come_are_told_and_expected_under_some_names(mean: Mean) -> None:
    cells = ["2024-05-01"] * 9 + ["2199-12-31"]
    found = mean(cells, "signup").findings[0]
    assert (found.code, found.severity, found.rows, found.numbers["count"]) == ("date_future", "warning", (9,), 1)
    assert "2199-12-31" in found.message
    assert [one.severity for one in mean(cells, "contract_end").findings] == ["info"]
    assert mean(["2024-05-01", "2023-01-01"], "signup").findings == ()
