from __future__ import annotations

import pytest

from journeyman.sources.lookalike import lookalikes


@pytest.mark.parametrize(
    ("names", "mark"),
    [
        (["rate", "r\u0430te"], "cyrillic small letter a U+0430"),
        (["rate", "rate\u200b"], "zero width space U+200B"),
        (["\u0391lpha", "Alpha"], "greek capital letter alpha U+0391"),
        (["a-b", "a\u2013b"], "en dash U+2013"),
        (["size \u00b5", "size \u03bc"], "U+00B5"),
        (["a b", "a  b"], "'a  b'"),
    ],
)
def test_names_that_a_person_cannot_tell_apart_are_told_with_what_differs(names: list[str], mark: str) -> None:
    found = lookalikes([*names, "other"])
    assert found is not None
    assert (found.code, found.severity, found.columns) == ("lookalike_names", "warning", tuple(names))
    assert mark in found.message


@pytest.mark.parametrize(
    "names",
    [["Rate", "rate", "RATE"], ["a", "b"], ["x1", "xl", "xI"], ["\u0430\u0431\u0432", "abv"], ["e\u0301", "e"], []],
)
def test_names_that_can_be_told_apart_are_left_alone(names: list[str]) -> None:
    assert lookalikes(names) is None
