"""One record."""

from __future__ import annotations

from journeyman.sources.json.record import Record, as_record, as_records, header_of


def test_only_objects_are_records() -> None:
    assert as_record(3, {"a": 1}, "") == Record(3, {"a": 1})
    assert as_record(3, 5, "5") == Record(3, None, "5", "json_invalid")


def test_lists_are_rows_of_cells() -> None:
    rows = [(1, [1, 2], ""), (2, [3], ""), (3, [4, 5, 6], "[4, 5, 6]"), (4, "x", '"x"')]
    assert list(as_records(rows, ["a", "b"])) == [
        Record(1, {"a": 1, "b": 2}),
        Record(2, {"a": 3}),
        Record(3, None, "[4, 5, 6]", "ragged_rows"),
        Record(4, None, '"x"', "json_invalid"),
    ]


def test_a_first_list_of_other_texts_is_a_header() -> None:
    assert header_of(["a", " b"], 2)[:2] == (["a", "b"], True)
    for first in (["a", "a"], ["a", 1], ["a", ""], [], None):
        names, is_header, told = header_of(first, 2)
        assert (names, is_header, [one.code for one in told]) == (["column_1", "column_2"], False, ["no_header"])
