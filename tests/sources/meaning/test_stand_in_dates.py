from __future__ import annotations

from collections.abc import Callable

import numpy as np

from journeyman.sources.meaning import Meaning, understand
from journeyman.sources.meaning.stand_in_dates import stand_ins
from journeyman.table.table import Dates

Mean = Callable[..., Meaning]
DAYS = [f"2023-{day % 12 + 1:02}-{day % 28 + 1:02}" for day in range(60)]


def micros(days: list[str]) -> np.ndarray:  # type: ignore[type-arg]
    return np.array(days, "datetime64[us]").astype(np.int64)


def test_days_that_stand_for_none() -> None:
    assert stand_ins(micros([*DAYS, *["9999-12-31"] * 5])) == ("9999-12-31",)
    assert stand_ins(micros([*DAYS, *["9999-12-31"] * 5, *["1900-01-01"] * 5])) == ("9999-12-31", "1900-01-01")
    assert stand_ins(micros([*DAYS, "9999-12-31"])) == ()
    assert stand_ins(micros([*DAYS, *["2199-12-31"] * 5])) == ()
    assert stand_ins(micros(["1900-01-01", "1900-01-01", *(f"19{year}-05-05" for year in range(10, 40))])) == ()
    assert stand_ins(micros([])) == ()


def test_they_are_missing_in_every_format_and_can_be_kept(mean: Mean) -> None:
    texts = [day.replace("-", "/") for day in DAYS] + ["9999/12/31"] * 5
    for found in (mean(texts), understand("x", np.array([*DAYS, *["9999-12-31"] * 5], "datetime64[us]"))):
        assert isinstance(found.read.values, Dates)
        assert found.read.values.missing.tolist() == [False] * 60 + [True] * 5
        told = next(one for one in found.findings if one.code == "sentinel")
        assert (told.severity, told.numbers["count"]) == ("warning", 5)
        assert any(f"keep={last}" in told.remedy.words for last in ("9999/12/31", "9999-12-31"))
    kept = mean(texts, wishes={"keep": "9999-12-31"})
    assert [one.code for one in kept.findings] == ["date_future"]
