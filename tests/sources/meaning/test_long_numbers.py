from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from journeyman.sources.meaning import Meaning, understand
from journeyman.table.columns import Strings

Mean = Callable[..., Meaning]
LONG = [10**18 + number for number in range(40)]


@pytest.mark.parametrize("is_typed", [False, True])
@pytest.mark.parametrize(("repeats", "kind"), [(0, "id"), (1, "id"), (40, "category")])
def test_names_longer_than_a_number_holds_lose_no_digit(mean: Mean, repeats: int, kind: str, is_typed: bool) -> None:
    cells = [*LONG, *LONG[:repeats]]
    found = understand("user", np.array(cells)) if is_typed else mean(cells)
    assert found.column.kind == kind
    assert isinstance(found.read.values, Strings)
    assert [found.read.values.levels[code] for code in found.read.values.codes] == list(map(str, cells))


def test_amounts_that_are_large_and_round_stay_amounts(mean: Mean) -> None:
    assert mean([number // 2 * 10**17 for number in range(2, 60)], name="wealth").column.kind == "number"
    assert mean([f"{number}e20" for number in range(1, 60)], name="mass").column.kind == "number"


@pytest.mark.parametrize("hole", ["0", "-1"])
def test_seconds_with_some_that_stand_for_none_are_times(mean: Mean, hole: str) -> None:
    cells = [*(str(1_700_000_000 + 86_399 * day) for day in range(60)), *[hole] * 3]
    found = mean(cells, name="created_at")
    assert (found.column.kind, [one.code for one in found.findings]) == ("date", ["sentinel"])
    assert found.findings[0].numbers["count"] == 3
    typed = understand("created_at", np.array(cells, np.int64))
    assert (typed.column.kind, [one.code for one in typed.findings]) == ("date", ["sentinel"])


@pytest.mark.parametrize("hole", ["99991231", "0", "99999999"])
def test_days_as_eight_digits_with_some_that_stand_for_none_are_days(mean: Mean, hole: str) -> None:
    cells = [*(str(20240100 + day) for day in range(1, 31)), *[hole] * 3]
    found = mean(cells)
    assert (found.column.kind, [one.code for one in found.findings]) == ("date", ["sentinel"])
    assert found.column.high < 2e15  # type: ignore[operator]  # in this century
    typed = understand("x", np.array(cells, np.int64))
    assert typed.column.kind == "date"
    assert typed.findings[0].numbers["count"] == 3
