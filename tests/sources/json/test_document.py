"""Documents as records."""

from __future__ import annotations

import json

import pytest

from journeyman.errors import SourceError
from journeyman.sources.json.decode import Decoder
from journeyman.sources.json.document import records_of, text_of
from journeyman.sources.json.record import Record
from journeyman.table.finding import Finding


def records(text: str, part: str = "") -> list[Record]:
    told: list[Finding] = []
    return list(records_of(text, "t.json", part, Decoder(), told))


ROWS = [{"a": 1}, {"a": 2}]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(ROWS),
        json.dumps(ROWS, indent=2),
        '{"a": 1}{"a": 2}',
        '\x1e{"a": 1}\n\x1e{"a": 2}\n',
        '{"data": [{"a": 1}, {"a": 2}]}',
        '{"a": [1, 2]}',
        '[["a"], [1], [2]]',
        '{"names": ["a"], "rows": [[1], [2]]}',
    ],
)
def test_records_are_the_same_however_they_are_written(text: str) -> None:
    assert [one.cells for one in records(text)] == ROWS


def test_lines_are_those_of_the_text() -> None:
    assert [one.line for one in records('[\n {"a": 1},\n\n {"a": 2}]')] == [2, 4]


def test_scalars_are_one_column_and_strangers_are_set_aside() -> None:
    assert [one.cells for one in records("[1, 2]")] == [{"value": 1}, {"value": 2}]
    assert records('[{"a": 1}, 5, [6], {"a": 2}]')[1:3] == [
        Record(1, None, "5", "json_invalid"),
        Record(1, None, "[6]", "json_invalid"),
    ]


def test_broken_documents_are_refused_with_their_place() -> None:
    with pytest.raises(SourceError) as caught:
        records('[{"a": 1},\n {"a" 2}]')
    assert "line 2, character 7" in caught.value.happened


def test_text_of_any_encoding() -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"):
        assert text_of('{"é": "€"}'.encode(encoding), Decoder()) == '{"é": "€"}'
    decoder = Decoder()
    assert text_of('{"é": "€"}'.encode("cp1252"), decoder) == '{"é": "€"}'
    assert decoder.notes.recoded == 1
