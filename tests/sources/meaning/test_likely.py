from __future__ import annotations

from collections.abc import Callable

import numpy as np

from journeyman.sources.meaning import Meaning, understand
from journeyman.sources.meaning.likely import kinds_of

Mean = Callable[..., Meaning]
RANDOM = np.random.default_rng(2)
ZIPS = RANDOM.choice(
    np.array([10001, 10002, 10009, 10011, 10016, 10019, 10021, 10025, 10029, 10031, 10128, 10280]), 900
)
ZIPS = np.append(ZIPS, np.arange(10300, 10330).repeat(3))
BEATS = RANDOM.choice(np.array([111, 112, 421, 422, 522, 613, 724, 731, 831, 1011, 1121, 1522, 1834, 2531]), 900)


def test_numbers_that_may_be_codes_are_told_with_the_flag_that_settles_it() -> None:
    found = understand("center_code", BEATS)
    assert (found.column.kind, found.column.sure < 0.5) == ("number", True)
    told = found.findings[0]
    assert (told.code, told.severity) == ("unsure_kind", "info")
    assert "--column center_code:kind=category" in told.remedy.words
    assert understand("center_code", BEATS, wishes={"kind": "number"}).findings == ()


def test_numbers_that_are_surely_codes_are_levels() -> None:
    found = understand("zip_code", ZIPS)
    assert (found.column.kind, found.column.numeric_spelling, found.findings) == ("category", True, ())
    assert found.column.sure >= 0.85
    assert "10001" in found.column.levels
    assert understand("zip_code", ZIPS, wishes={"kind": "number"}).column.kind == "number"
    assert understand("zip_code", ZIPS, is_target=True).column.kind == "number"


def test_amounts_years_and_few_values_raise_no_doubt() -> None:
    for name, values in (
        ("income", RANDOM.lognormal(10, 0.5, 900).round()),
        ("price", RANDOM.lognormal(4, 0.5, 900).round(2)),
        ("age", RANDOM.integers(18, 90, 900)),
        ("year", RANDOM.integers(1990, 2020, 900)),
        ("rooms", RANDOM.integers(1, 9, 900)),
    ):
        found = understand(name, values)
        assert found.column.kind == "number", name
        assert [one.code for one in found.findings] == [], name


def test_labels_speak_for_kinds_and_some_for_none() -> None:
    chances = kinds_of({"numeric": 0.3, "embedded-number": 0.1, "categorical": 0.1, "context-specific": 0.5})
    assert chances["number"] == 0.8
    assert sum(chances.values()) == 1
    assert sum(kinds_of({"context-specific": 1.0}).values()) == 0


def test_words_are_at_least_as_sure_as_the_rules(mean: Mean) -> None:
    assert mean([f"word{place % 90} thing" for place in range(900)]).column.sure >= 0.6
