"""Values one after the other, exactly."""

from __future__ import annotations

import pytest

from journeyman.sources.json.decode import Broken, Decoder, items_of, refused, values_of


def test_what_is_not_standard_is_read_and_counted() -> None:
    decoder = Decoder()
    value, _ = decoder.value('{"a": NaN, "b": -Infinity, "c": [Infinity], "d": 1, "d": 2}')
    assert value == {"a": None, "b": float("-inf"), "c": [float("inf")], "d": 2}
    notes = decoder.notes
    assert (notes.nan, notes.infinite, notes.repeated, notes.first_repeated) == (1, 2, 1, "d")
    assert notes.nonstandard == 3


def test_digits_are_kept() -> None:
    long = "9" * 5_000
    decoder = Decoder()
    assert decoder.value("123456789012345678901234567890")[0] == 123456789012345678901234567890
    assert decoder.value(f'{{"a": NaN, "n": {long}}}')[0] == {"a": None, "n": long}
    assert decoder.notes.nan == 1


def test_line_ends_in_strings_are_let_pass() -> None:
    assert Decoder().value('"a\nb\tc"')[0] == "a\nb\tc"


def test_deep_values_are_opened_so_far() -> None:
    decoder = Decoder()
    value, _ = decoder.value('{"a": ' + "[" * 50_000 + "]" * 50_000 + "}")
    assert isinstance(value, dict)
    assert len(str(value["a"])) == 100_000
    assert decoder.notes.deep == 1
    with pytest.raises(Broken) as caught:
        decoder.value("[" * 50_000)
    assert caught.value.is_cut


@pytest.mark.parametrize(
    ("text", "is_cut"),
    [
        ('[{"a": 1}, {"b": "x', True),
        ('[{"a": 1}, {"b": "x\\', True),
        ('[{"a": 1},', True),
        ('[{"a": 1}', True),
        ('[{"a": 1}, {"b": tr', True),
        ('[{"a": 1}, {"b": -', True),
        ('[{"a" 1}, {"b": 2}]', False),
        ('[{"a": "x"y"}, {"b": 2}]', False),
        ('[{"a": 1}] x', False),
        ("[1 2]", False),
        ("[1, nul]", False),
    ],
)
def test_what_was_cut_is_told_from_what_is_wrong(text: str, is_cut: bool) -> None:
    with pytest.raises(Broken) as caught:
        list(items_of(text, 0, Decoder()))
    assert caught.value.is_cut == is_cut
    error = refused("t.json", text, caught.value)
    assert error.code == ("file_truncated" if is_cut else "not_a_table")
    assert "line 1" in str(error)


def test_items_come_with_their_places_and_a_last_comma_is_counted() -> None:
    decoder = Decoder()
    assert list(items_of(' [ 1 ,\n "a", ] ', 1, decoder)) == [(3, 1), (8, "a")]
    assert decoder.notes.commas == 1
    assert list(items_of("[]", 0, decoder)) == []
    assert list(values_of('{}\n[1]\x1e{"a": 2}', decoder)) == [(0, {}), (3, [1]), (7, {"a": 2})]
