"""JSON lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from journeyman.errors import SourceError
from journeyman.sources.json import lines
from journeyman.sources.json.decode import Decoder
from journeyman.sources.json.lines import is_lines, records_of
from journeyman.sources.json.record import Record
from journeyman.sources.source import open_source


def records(folder: Path, content: str | bytes) -> list[Record]:
    path = folder / "t.jsonl"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(records_of(open_source(path), Decoder(), []))


def test_what_is_lines() -> None:
    assert is_lines('{"a": 1}\n{"a": 2}\n')
    assert is_lines('{"a": 1}\nbroken\n{"a": 2}\n')
    assert is_lines("[1, 2]\n[3, 4]\n")
    assert not is_lines('[\n{"a": 1},\n{"a": 2}\n]\n')
    assert not is_lines('{\n "a": 1\n}\n')
    assert not is_lines('{"a": 1}')
    assert not is_lines("a,b\n1,2\n")


def test_a_bad_line_is_set_aside_as_it_stands(tmp_path: Path) -> None:
    found = records(tmp_path, '{"a": 1}\r\n\n{"a": 2} x\n 5 \n{"a": 3}')
    assert found == [
        Record(1, {"a": 1}),
        Record(3, None, '{"a": 2} x', "json_invalid"),
        Record(4, None, "5", "json_invalid"),
        Record(5, {"a": 3}),
    ]


def test_lists_may_have_a_header(tmp_path: Path) -> None:
    assert [one.cells for one in records(tmp_path, '["a", "b"]\n[1, 2]\n')] == [{"a": 1, "b": 2}]
    assert [one.cells for one in records(tmp_path, "[1, 2]\n[3, 4]\n")][1] == {"column_1": 3, "column_2": 4}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_lines_of_any_encoding(tmp_path: Path, encoding: str) -> None:
    found = records(tmp_path, '{"é": "€"}\n{"é": "ü\u2028"}\n'.encode(encoding))
    assert [one.cells for one in found] == [{"é": "€"}, {"é": "ü\u2028"}]


def test_a_line_that_is_not_utf_8_is_read_as_western_text(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_bytes('{"a": "é"}\n'.encode() + b'{"a": "\xe9"}\n')
    decoder = Decoder()
    assert [one.cells for one in records_of(open_source(path), decoder, [])] == [{"a": "é"}] * 2
    assert decoder.notes.recoded == 1


def test_a_last_line_that_is_cut_is_an_error_and_one_that_is_wrong_is_not(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        records(tmp_path, '{"a": 1}\n{"a": "x')
    assert caught.value.code == "file_truncated"
    assert "line 2" in caught.value.happened
    assert [one.code for one in records(tmp_path, '{"a": 1}\n{"a" 2}')] == ["", "json_invalid"]
    assert [one.code for one in records(tmp_path, '{"a": 1}\n{"a": "x\n')] == ["", "json_invalid"]


def test_lines_have_a_longest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LONGEST_LINE", 50)
    with pytest.raises(SourceError) as caught:
        records(tmp_path, '{"a": 1}\n{"a": "' + "x" * 60 + '"}\n')
    assert caught.value.code == "line_too_long"
