from __future__ import annotations

from collections.abc import Callable

from journeyman.sources.meaning import Meaning

Mean = Callable[..., Meaning]


def test_formats_are_counted_and_shown(mean: Mean) -> None:
    told = mean(["2024-05-06", "13/02/2024", "2024-01-01", "14/02/2024", "2024-05-07"]).findings[0]
    assert (told.code, told.numbers["count"], told.numbers["iso"], told.numbers["d/m/y"]) == ("date_formats", 2, 3, 2)
    assert told.numbers["examples"] == [[2, "13/02/2024", "2024-02-13"], [4, "14/02/2024", "2024-02-14"]]


def test_an_open_order_is_told_with_both_flags(mean: Mean) -> None:
    told = mean(["02/03/2024", "01/03/2024"], "when").findings[0]
    assert (told.code, told.severity, told.columns) == ("date_ambiguous", "warning", ("when",))
    assert "--column when:date_format=m/d/y or d/m/y" in told.remedy.words
    assert mean(["2024-01-02"]).findings == ()
