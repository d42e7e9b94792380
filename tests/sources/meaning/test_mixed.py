from __future__ import annotations

from collections.abc import Callable

import numpy as np

from journeyman.sources.meaning import Meaning

Mean = Callable[..., Meaning]


def test_few_words_among_numbers_are_missing_and_told(mean: Mean) -> None:
    found = mean([str(place / 7) for place in range(100)] + ["ask", "later"])
    told = found.findings[0]
    assert (told.code, told.severity, told.rows) == ("mixed_types", "warning", (100, 101))
    assert told.numbers["examples"] == [[101, "ask", ""], [102, "later", ""]]
    assert np.flatnonzero(found.read.refused).tolist() == [100, 101]
    assert found.column.sure < 1


def test_a_word_that_must_mean_missing_is_told_with_its_count(mean: Mean) -> None:
    found = mean([str(place / 7) for place in range(60)] + ["withheld"] * 40)
    assert [(one.code, one.severity, one.numbers["count"]) for one in found.findings] == [
        ("mixed_types", "warning", 40)
    ]
    assert "'withheld' 40" in found.findings[0].message
    said = mean([str(place / 7) for place in range(60)] + ["withheld"] * 40, wishes={"missing": "withheld"})
    assert [one.code for one in said.findings] == ["missing_tokens"]


def test_words_of_a_flag_that_is_none(mean: Mean) -> None:
    found = mean(["yes", "no", "maybe"], wishes={"kind": "flag"})
    assert [one.code for one in found.findings] == ["mixed_types"]
