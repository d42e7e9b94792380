"""What is told of JSON."""

from __future__ import annotations

from journeyman.sources.json.decode import Notes
from journeyman.sources.json.flatten import Columns
from journeyman.sources.json.told import findings_of
from journeyman.table.finding import Finding
from journeyman.table.table import SetAside


def told(
    notes: Notes | None = None, *records: dict[str, object], aside: tuple[SetAside, ...] = ()
) -> dict[str, Finding]:
    columns = Columns()
    for record in records:
        columns.add(record)
    for _ in aside:
        columns.skip()
    columns.take()
    names = {path: ".".join(path) for path in columns.paths()}
    found = findings_of(notes or Notes(), columns, columns.rows, aside, names)
    return {one.code: one for one in found}


def test_plain_records_have_nothing_to_tell() -> None:
    assert told(None, {"a": 1, "o": {"x": 1}}, {"a": None, "o": None}) == {}


def test_keys_that_come_and_go_are_counted() -> None:
    found = told(None, {"a": 1}, {"a": 2, "b": 3}, {"b": 4, "o": {"x": 1}})["ragged_rows"]
    assert found.severity == "info"
    assert found.columns == ("a", "b")
    assert found.numbers == {"count": 4, "examples": [["o", 2], ["a", 1], ["b", 1]]}


def test_what_is_not_standard_is_a_warning() -> None:
    found = told(Notes(nan=3, infinite=1, commas=1))["json_nonstandard"]
    assert found.severity == "warning"
    assert found.numbers["count"] == 5
    assert "NaN where a number is due, which counts as missing (3 ×)" in found.message


def test_repeated_keys_other_encodings_and_deep_values_are_told() -> None:
    found = told(Notes(repeated=2, first_repeated="k", recoded=1, deep=1), {"m": [{"n": 1}]})
    assert "'k'" in found["duplicate_names"].message
    assert found["encoding"].severity == "warning"
    assert found["nested_values"].columns == ("m",)
    assert found["nested_values"].numbers == {"count": 1, "deep": 1}


def test_records_set_aside_are_told_with_line_and_text() -> None:
    aside = (SetAside(row=1, code="json_invalid", line=7, text="oops"), SetAside(row=2, code="ragged_rows", text="[1]"))
    found = told(None, {"a": 1}, aside=aside)
    assert found["json_invalid"].rows == (1,)
    assert found["json_invalid"].numbers == {"count": 1, "lines": [7], "text": ["oops"]}
    assert "line 7" in found["json_invalid"].message
    assert "record 3" in found["ragged_rows"].message
