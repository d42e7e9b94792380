from __future__ import annotations

from collections.abc import Callable

import pytest

from journeyman.sources.meaning import Meaning

Mean = Callable[..., Meaning]
Codes = Callable[[Meaning], list[str]]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (["1,5", "2", "0,25"], ["decimal_comma"]),
        (["1,234", "12,345.5", "1"], ["number_format"]),
        (["1.234,50 €", "2,00 €"], ["number_format"]),
        (["EUR 5", "EUR 7"], ["number_format"]),
        (["5%", "12.5%"], ["number_format"]),
        (["(3.5)", "4", "5"], ["number_format"]),
        (["\u22123", "４", "5"], ["number_format"]),
        (["5 kg", "300 g", "2 kg"], ["units"]),
        (["1.234,5 kg", "300 g", "2.000,0 kg"], ["number_format", "units"]),
        (["12,5", "12.5", "13,5", "13.25"], ["decimal_ambiguous"]),
        (["6' 2\"", "5' 1\""], ["number_format"]),
        (["$1.5M", "$2M"], ["units"]),
        ([" 5", "6 ", "+7", "8e3"], []),
        (["1", "2", ""], []),
    ],
)
def test_what_is_rewritten_is_told(mean: Mean, codes: Codes, cells: list[str], told: list[str]) -> None:
    assert sorted(codes(mean(cells))) == told


def test_rewritten_cells_are_counted_and_shown(mean: Mean) -> None:
    found = mean(["(3.5)", "4", "(3.5)", "(5)", ""]).findings[0]
    assert found.severity == "info"
    assert (found.numbers["count"], found.numbers["examples"]) == (3, [[1, "(3.5)", "-3.5"], [4, "(5)", "-5"]])
    assert "3 cells" in found.message
    assert "--column x:" in found.remedy.words


def test_marks_that_contradict_each_other_are_a_warning(mean: Mean) -> None:
    found = mean(["12,5", "12.5", "13,5", "13.25", "7"]).findings[0]
    assert (found.code, found.severity, found.numbers["with_comma"], found.numbers["with_point"]) == (
        "decimal_ambiguous",
        "warning",
        2,
        2,
    )
    assert found.rows == (0, 2)
