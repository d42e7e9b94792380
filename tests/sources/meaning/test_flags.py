from __future__ import annotations

from collections.abc import Callable

import pytest

from journeyman.sources.meaning import Meaning

Mean = Callable[..., Meaning]
Codes = Callable[[Meaning], list[str]]


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["yes", "no", "YES"], [1, 0, 1]),
        (["ja", "nein"], [1, 0]),
        (["Oui", "Non", "Oui"], [1, 0, 1]),
        (["да", "нет"], [1, 0]),
        (["on", "off"], [1, 0]),
        (["Yes", "F"], [1, 0]),
        (["TRUE", "false", "y", "N", "1", "0"], [1, 0, 1, 0, 1, 0]),
    ],
)
def test_flags(mean: Mean, cells: list[str], values: list[float]) -> None:
    found = mean(cells)
    assert found.column.kind == "flag"
    assert found.read.values.tolist() == values


@pytest.mark.parametrize("cells", [["yes", "yes"], ["yes", "no", "maybe"], ["ja", "no"], ["on", "no"], ["red", "off"]])
def test_other_words_are_no_flags(mean: Mean, cells: list[str]) -> None:
    assert mean(cells).column.kind == "category"
    assert mean(cells, wishes={"kind": "flag"}).column.kind == "flag"


def test_several_spellings_are_told_and_one_of_each_is_not(mean: Mean, codes: Codes) -> None:
    assert codes(mean(["Yes", "no", "YES", "No"])) == []
    found = mean(["Yes", "no", "TRUE", "F", "1", "0", "Yes", "no"]).findings[0]
    assert (found.code, found.severity, found.numbers["count"]) == ("boolean_spellings", "info", 4)
    assert found.numbers["examples"] == [[3, "TRUE", "1"], [4, "F", "0"], [5, "1", "1"]]
