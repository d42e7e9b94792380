"""Records as columns."""

from __future__ import annotations

import json

import pytest

from journeyman.sources.json import flatten
from journeyman.sources.json.flatten import Columns, TooWide, _unwound, as_text


def test_nested_objects_are_opened_and_lists_are_text() -> None:
    columns = Columns()
    columns.add({"a": 1, "o": {"x": 2, "p": {"q": None}}, "l": [1, "é"], "m": [{"n": 1}]})
    columns.skip()
    columns.add({"a": None, "o": None, "z": True})
    cells = columns.take()
    assert cells[("a",)] == [1, None, None]
    assert cells["o", "x"] == [2, None, None]
    assert cells["o", "p", "q"] == [None, None, None]
    assert cells[("l",)] == ['[1, "é"]', None, None]
    assert cells[("z",)] == [None, None, True]
    assert columns.lists == {("m",): 1}
    assert columns.objects == {("o",): 1, ("o", "p"): 1}
    assert columns.counts()["a",] == 2
    assert columns.counts()["z",] == 1
    assert columns.kinds["z",] == {"truth"}


def test_cells_are_handed_over_in_pieces() -> None:
    columns = Columns()
    columns.add({"a": 1})
    assert columns.take() == {("a",): [1]}
    columns.add({"b": 2})
    columns.add({"a": 3, "b": "x"})
    assert columns.take() == {("b",): [2, "x"], ("a",): [None, 3]}
    assert columns.counts() == {("a",): 2, ("b",): 2}
    assert columns.kinds == {("a",): {"whole"}, ("b",): {"whole", "text"}}


def test_late_keys_stand_where_their_record_has_them() -> None:
    columns = Columns()
    for record in ({"a": 1, "o": {"x": 1, "z": 3}, "d": 4}, {"a": 1, "b": 2, "o": {"w": 0, "x": 1, "y": 2}}, {"e": 5}):
        columns.add(record)
    columns.take()
    names = [".".join(path) for path in columns.paths()]
    assert names == ["e", "a", "b", "o.w", "o.x", "o.y", "o.z", "d"]


def test_a_key_that_is_an_object_or_a_value_gives_both_columns() -> None:
    columns = Columns()
    columns.add({"a": {"b": 1}})
    columns.add({"a": 5, "a.b": 6})
    assert columns.take() == {("a", "b"): [1, None], ("a",): [None, 5], ("a.b",): [None, 6]}


def test_too_many_columns_are_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flatten, "WIDEST", 5)
    record = {"m": {f"k{place}": place for place in range(9)}}
    with pytest.raises(TooWide):
        Columns().add(record)
    closed = Columns(deepest=0)
    closed.add(record)
    assert json.loads(str(closed.take()[("m",)][0])) == record["m"]


@pytest.mark.parametrize(
    "value", [[1, [2, {"a": [], "b": {}}], 'x"y'], {"a": {"b": [1, 2, [3]]}, "c": None}, [], {}, 5]
)
def test_text_of_values_needs_no_recursion(value: object) -> None:
    assert _unwound(value) == as_text(value) == json.dumps(value)
