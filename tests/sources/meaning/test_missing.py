from __future__ import annotations

from collections.abc import Callable

from journeyman.bundle.cells import fold
from journeyman.sources.meaning import Meaning
from journeyman.sources.meaning.missing import IN_NUMBERS, IN_TARGET, IN_WORDS, KNOWN

Mean = Callable[..., Meaning]
Codes = Callable[[Meaning], list[str]]


def test_nine_spellings_are_missing_and_told(mean: Mean) -> None:
    cells = ["?", "N/A", "n.a.", "null", "-", "none", "#N/A", "NaN", ".", "  ", ""]
    found = mean([*(str(place % 9) for place in range(40)), *cells])
    assert (found.column.kind, found.read.refused.any()) == ("number", False)
    told = found.findings[0]
    assert (told.code, told.severity, told.numbers["count"]) == ("missing_tokens", "info", 10)
    assert told.numbers["examples"][0] == [41, "?", ""]


def test_names_of_people_are_not_missing(mean: Mean) -> None:
    assert "nan" not in mean(["Nan", "Nat", "Ada", "Ada", "NULL"]).column.missing
    assert "null" in mean(["Nan", "Nat", "Ada", "Ada", "NULL"]).column.missing
    assert "nan" in mean(["nan", "Ada", "Bo"]).column.missing
    many = [f"name {place}" for place in range(4000)]
    assert "nat" not in mean([*many, "Nat", "Nan"]).column.missing


def test_in_a_target_few_words_are_missing(mean: Mean) -> None:
    assert mean(["-", "+", "none", "NA"], is_target=True).column.levels == ("+", "-", "none")


def test_what_the_user_calls_missing_is_told_too_and_what_he_keeps_is_not(mean: Mean, codes: Codes) -> None:
    assert codes(mean(["red", "blue", "unknown"], wishes={"missing": "unknown"})) == ["missing_tokens"]
    kept = mean(["DE", "NA", "NA", "FR"], wishes={"keep": "na"})
    assert (kept.findings, kept.column.levels) == ((), ("NA", "DE", "FR"))


def test_spellings_are_written_as_they_are_compared() -> None:
    assert all(fold(word) == word for word in (*IN_WORDS, *IN_NUMBERS, *IN_TARGET))
    assert set(IN_WORDS) < set(IN_NUMBERS) <= KNOWN
