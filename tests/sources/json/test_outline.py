"""Where values end, without recursion."""

from __future__ import annotations

import json

import pytest

from journeyman.sources.json.outline import DeepText, end_of, plain, shallow, skip_space


def decode(text: str, place: int) -> tuple[object, int]:
    return json.JSONDecoder().raw_decode(text, place)


def test_ends_are_found_past_strings_and_brackets() -> None:
    text = '{"a": "}]\\"", "b": [1, {"c": []}]} rest'
    assert text[: end_of(text, 0)] == '{"a": "}]\\"", "b": [1, {"c": []}]}'
    for cut in range(1, len(text) - 5):
        assert end_of(text[:cut], 0) in (-1, len(text) - 5)
    assert skip_space(" \t\n x", 0) == 4


@pytest.mark.parametrize("text", ["[]", "{}", '[1, "a", null, {"b": [2, {"c": 3}]}]', '{"a": {"b": [[1], 2]}}', "5"])
def test_what_is_not_deep_is_decoded_whole(text: str) -> None:
    assert shallow(f" {text} ", 1, decode, 20) == (json.loads(text), len(text) + 1)


def test_what_is_deep_stays_text() -> None:
    deep = "[" * 100_000 + "]" * 100_000
    value, end = shallow(f'{{"a": 1, "m": {deep}, "o": {{"p": {deep}}}}}', 0, decode, 6)
    assert isinstance(value, dict)
    assert isinstance(value["m"], DeepText)
    assert value["m"] == deep
    assert plain(value) == {"a": 1, "m": deep, "o": {"p": deep}}
    assert end == 2 * len(deep) + 29


@pytest.mark.parametrize("text", ["[1 2]", '{"a" 1}', "{1: 2}", '{"a": 1', "[1,", "[[[["])
def test_what_is_broken_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        shallow(text, 0, decode, 3)
