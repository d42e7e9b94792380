from __future__ import annotations

import pytest

from journeyman.sources.meaning.evidence import Words
from journeyman.sources.meaning.sorts import sort_of


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("https://a.b/c?d=e", "web addresses"),
        ("ada@lovelace.org", "e-mail addresses"),
        ("192.168.0.1", "network addresses"),
        ("59.91, 10.75", "pairs of coordinates"),
        ("(59.91 -10.75)", "pairs of coordinates"),
        ("POINT (59.91 10.75)", "pairs of coordinates"),
        ('{"a": [1, 2]}', "objects or lists in brackets"),
        ("Action|Comedy", "lists"),
        ("+47 22 33 44 55", "telephone numbers"),
        ("84aaa088", "hexadecimal codes"),
        ("red", ""),
        ("12345678", ""),
        ("Oslo, Norway", ""),
    ],
)
def test_sorts(text: str, sort: str) -> None:
    assert sort_of(Words([text, text + " "], [9, 9])) == sort


def test_nearly_all_must_be_of_a_sort() -> None:
    assert sort_of(Words(["a;b", "c"], [9, 1])) == "lists"
    assert sort_of(Words(["a;b", "c"], [8, 2])) == ""
    assert sort_of(Words([], [])) == ""
