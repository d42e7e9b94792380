from __future__ import annotations

from collections.abc import Callable

from journeyman.sources.meaning import Meaning

Mean = Callable[..., Meaning]
CITIES = ["Oslo", "Oslo", " oslo", "OSLO ", "Orl\u00e9ans", "Orle\u0301ans", "Oslo ", "Bergen"]


def test_what_is_certainly_one_word_is_read_as_one_and_what_may_be_is_told(mean: Mean) -> None:
    found = mean(CITIES)
    assert set(found.column.levels) == {"Oslo", "oslo", "OSLO", "Orl\u00e9ans", "Bergen"}
    told = found.findings[0]
    assert (told.code, told.severity) == ("category_variants", "info")
    assert (told.numbers["count"], told.numbers["words_that_differ_in_case"]) == (2, 1)
    assert told.numbers["cells_that_differ_in_case"] == 2
    assert told.numbers["examples"] == [[6, "Orle\u0301ans", "Orl\u00e9ans"], [7, "Oslo ", "Oslo"]]
    assert "case=ignored" in told.remedy.words


def test_case_is_ignored_where_the_user_says_so(mean: Mean) -> None:
    found = mean(CITIES, wishes={"case": "ignored"})
    assert found.column.levels == ("oslo", "orl\u00e9ans", "bergen")
    assert found.findings[0].numbers["words_that_differ_in_case"] == 0


def test_words_that_are_spelled_alike_are_not_told(mean: Mean) -> None:
    assert mean(["Oslo", "Bergen", "Oslo"]).findings == ()
    assert mean([" Oslo", " Bergen", " Oslo"]).findings == ()
    assert [one.code for one in mean(["MISSING", "Oslo", ""]).findings] == []
