"""Where in a document the table is."""

from __future__ import annotations

from typing import Any

import pytest

from journeyman.errors import SourceError
from journeyman.sources.json.records import rows_of, table_in

ROWS = [{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]


@pytest.mark.parametrize(
    ("document", "path", "form"),
    [
        ({"data": ROWS}, "data", "objects"),
        ({"meta": {"n": 2, "tags": ["p", "q"]}, "result": {"items": ROWS, "errors": []}}, "result.items", "objects"),
        ({"a": [1, 2], "b": ["x", "y"]}, "", "columns"),
        ({"a": {"0": 1, "1": 2}, "b": {"0": "x", "1": "y"}}, "", "columns_by_key"),
        ({"0": ROWS[0], "1": ROWS[1]}, "", "rows_by_key"),
        ({"columns": ["a", "b"], "index": [0, 1], "data": [[1, "x"], [2, "y"]]}, "data", "lists"),
        ({"schema": {"fields": [{"name": "a"}, {"name": "b"}]}, "data": ROWS}, "data", "objects"),
        (
            {"meta": {"view": {"columns": [{"id": 1, "name": "a"}, {"name": "b"}]}}, "data": [[1, "x"], [2, "y"]]},
            "data",
            "lists",
        ),
    ],
)
def test_tables_are_found_in_every_usual_form(document: dict[str, Any], path: str, form: str) -> None:
    found, told = table_in(document, "t.json")
    assert found is not None
    assert (found.path, found.form) == (path, form)
    assert [one.code for one in told] == (["table_chosen"] if path else [])
    if form == "lists":
        assert found.names == ("a", "b")
    elif form != "objects":
        assert list(rows_of(found)) == ROWS


def test_keys_of_objects_are_cells_where_they_are_words() -> None:
    found, _ = table_in({"ann": ROWS[0], "bob": ROWS[1]}, "t.json")
    assert found is not None
    assert list(rows_of(found)) == [{"key": "ann", **ROWS[0]}, {"key": "bob", **ROWS[1]}]


def test_two_tables_are_ambiguous_and_both_named() -> None:
    document = {"users": ROWS, "orders": {"open": ROWS}}
    with pytest.raises(SourceError) as caught:
        table_in(document, "t.json")
    assert caught.value.code == "ambiguous_table"
    assert "'users'" in caught.value.happened
    assert "'orders.open'" in caught.value.happened
    assert "--table users" in caught.value.remedy
    for part in ("open", "orders.open"):
        found, _ = table_in(document, "t.json", part)
        assert found is not None
        assert found.path == "orders.open"
    with pytest.raises(SourceError) as caught:
        table_in(document, "t.json", "user")
    assert (caught.value.code, "'users'" in caught.value.remedy) == ("table_missing", True)


@pytest.mark.parametrize("document", [{"a": 1, "b": {"c": 2}}, {"a": {"x": 1}, "b": {"y": 2}}, {"t": ["p"], "u": []}])
def test_a_single_record_is_no_table(document: dict[str, Any]) -> None:
    assert table_in(document, "t.json") == (None, ())
