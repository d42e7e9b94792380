"""Dialects say in words how cells are separated."""

from __future__ import annotations

import pytest

from journeyman.sources.text.dialect import Dialect


@pytest.mark.parametrize(
    ("dialect", "words"),
    [
        (Dialect(), "','"),
        (Dialect(delimiter="\t"), "tab"),
        (Dialect(delimiter="\x1f"), "the unit separator (U+001F)"),
        (Dialect(delimiter="||"), "'||'"),
        (Dialect(delimiter=",", blanks="one"), "', '"),
        (Dialect(delimiter=" ", blanks="run"), "runs of blanks"),
        (Dialect(delimiter=" ", slots=(0, 5)), "position"),
    ],
)
def test_the_delimiter_in_words(dialect: Dialect, words: str) -> None:
    assert dialect.spelled() == words
