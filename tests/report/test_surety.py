from __future__ import annotations

from collections.abc import Callable
from typing import Any

from journeyman.report.surety import surety

Summary = Callable[..., dict[str, Any]]


def test_bounds_are_told_with_their_width(bounds: Callable[..., dict[str, Any]]) -> None:
    found = surety({"uncertainty": bounds()})
    assert found is not None
    assert found.opening == "Each row comes with bounds, low and high."
    assert found.told == (
        "Promised: 90 % of new rows lie between low and high, while rows are exchangeable.",
        "Measured: 90.6 % [89.7 %, 91.4 %] of 4,177 rows were held, by what other rounds had shown.",
        "Half of the bounds are at most 5.92 wide; bounds that need no model are 10 wide, so these are 41 % narrower.",
        (
            "No group is shown to be held less; least, of 3 groups looked at, where “sex” is “I” (1,342 rows):"
            " 88.0 % [85.0 %, 90.2 %]."
        ),
    )
    assert (found.warning, found.levels) == ("", "3")


def test_a_group_is_a_warning_only_if_its_upper_end_is_below_what_is_promised(
    bounds: Callable[..., dict[str, Any]],
) -> None:
    told = bounds()
    told["worst"]["high"] = 0.899
    found = surety({"uncertainty": told})
    assert found is not None
    assert found.warning == (
        "Where “sex” is “I” (1,342 rows), only 88.0 % [85.0 %, 89.9 %] are held,"
        " less than the 90 % promised for all rows."
    )
    assert len(found.told) == 3


def test_sets_are_told_with_their_labels(bounds: Callable[..., dict[str, Any]], made_up: Summary) -> None:
    sets = {"labels": 1.3176, "labels_without_model": 2.0, "single": {"share": 0.682, "right": 0.858}}
    found = surety(made_up(uncertainty=bounds(kind="set", worst=None) | sets))
    assert found is not None
    assert found.told[2] == (
        "A set holds 1.32 of 2 labels on average; without a model it would take 2."
        " For 68 % of the rows it is a single label, right for 86 % of them."
    )
    assert (found.warning, found.levels, len(found.told)) == ("", "", 3)


def test_what_could_not_be_measured_is_said(bounds: Callable[..., dict[str, Any]]) -> None:
    found = surety({"uncertainty": bounds(coverage={"value": None, "rows": 0}, median_width=None, worst=None)})
    assert found is not None
    assert "could not be measured" in found.told[1]
    none = surety({"uncertainty": {"kind": "none", "nominal": 0.9, "promise": "no bounds are given: 9 rows"}})
    assert none is not None
    assert (none.opening, none.told) == ("No bounds are given: 9 rows.", ())
    assert surety({}) is None
