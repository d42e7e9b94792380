from __future__ import annotations

from typing import Any

import pytest

from journeyman.evaluation.looks import Odometer
from journeyman.report.looks import level, looks


def run(count: int) -> dict[str, Any]:
    return {"choice": {"share": Odometer(("",) * count).share}}


@pytest.mark.parametrize("count", [1, 2, 7, 19, 20, 60])
def test_the_level_of_intervals_tells_how_many_builds_there_were(count: int) -> None:
    assert looks(run(count)) == Odometer(tuple(map(str, range(count)))).sentence + "."


def test_the_first_build_has_nothing_to_say() -> None:
    assert looks(run(0)) == looks({}) == looks({"choice": {"share": 0.9}}) == ""


def test_the_level_is_told() -> None:
    assert [level(run(count)) for count in (0, 1, 2)] == ["95 %", "97.5 %", "99.17 %"]
    assert level({}) == "95 %"
