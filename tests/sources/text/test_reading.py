"""A stretch of a broken record is read as cells, each reading with what it must assume."""

from __future__ import annotations

import pytest

from journeyman.sources.text.dialect import Dialect
from journeyman.sources.text.reading import Piece, pieces_of, read_plain, read_quoted, split_places


def test_a_record_is_cut_at_every_delimiter_also_between_quotes() -> None:
    record = pieces_of('a,"b,c",', Dialect(), 3.0)
    found = [record.text[start:end] for start, end in zip(record.starts, record.ends, strict=True)]
    assert found == [
        "a",
        '"b',
        'c"',
        "",
    ]
    assert [record.is_empty(place) for place in range(len(record))] == [False, False, False, True]
    assert pieces_of("a, b", Dialect(blanks="one"), 3.0).starts == (0, 3)


def test_a_cell_in_sound_quotes_costs_nothing() -> None:
    pieces = list(pieces_of('"b,c",d', Dialect(), 3.0).pieces(0, 3))
    best = min(pieces, key=lambda one: one.cost)
    assert (best.text, best.end, best.cost, best.how, best.quoted) == ("b,c", 2, 0.0, "", True)
    assert [one.text for one in pieces_of('"b",d', Dialect(), 3.0).pieces(0, 3)] == ["b"]


def test_a_delimiter_inside_a_cell_without_quotes_costs_what_is_said() -> None:
    one, two, three = pieces_of("a,b,c", Dialect(), 3.0).pieces(0, 3)
    assert [(piece.text, piece.end, piece.cost, piece.how) for piece in (one, two, three)] == [
        ("a", 1, 0.0, ""),
        ("a,b", 2, 3.0, "joined"),
        ("a,b,c", 3, 6.0, "joined"),
    ]
    prose = list(pieces_of("a, b", Dialect(), 3.0).pieces(0, 2))[1]
    hanging = list(pieces_of("a,", Dialect(), 3.0).pieces(0, 2))[1]
    assert prose.cost < two.cost < hanging.cost


def test_quotes_that_should_be_doubled_and_are_not_cost() -> None:
    assert read_quoted('"a ""b"" c"', '"') == ('a "b" c', 0.0)
    text, cost = read_quoted('"a "b" c"', '"')
    assert text == 'a "b" c'
    assert cost > 0.0
    assert read_quoted(r'"a \"b\" c"', '"', "\\") == ('a "b" c', 0.0)
    assert read_plain("abc", '"') == 0.0
    assert 0.0 < read_plain('a"b', '"') < read_plain('"ab', '"') < read_plain('"ab"', '"')


def test_quotes_taken_for_characters_are_no_part_of_what_a_column_is_asked() -> None:
    assert Piece('"abc', '"abc', 1, 5.0, "quote").bare == "abc"
    assert Piece('"abc', '"abc', 1, 0.0).bare == '"abc'


@pytest.mark.parametrize(
    ("raw", "parts"), [("2024-01-01Oslo", ("2024-01-01", "Oslo")), ('"a""b"', ("a", "b")), ("12;Oslo", ("12", "Oslo"))]
)
def test_a_missing_delimiter_is_looked_for_where_characters_change(raw: str, parts: tuple[str, str]) -> None:
    ways = {(one.text, two.text): extra for one, two, extra in split_places(Piece(raw, raw, 1, 0.0), Dialect())}
    assert parts in ways
    assert ways[parts] <= 1.0
    assert all(one and two for one, two in ways)


def test_a_sound_quoted_cell_is_not_split() -> None:
    assert list(split_places(Piece("ab", '"ab"', 1, 0.0, quoted=True), Dialect())) == []
