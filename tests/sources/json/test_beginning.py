"""What the first bytes say."""

from __future__ import annotations

from pathlib import Path

import pytest

from journeyman.sources.json.beginning import begins_as_json, encoding_told, holds_lines
from journeyman.sources.source import HEAD, Source


def source(head: bytes, suffix: str = "") -> Source:
    return Source(given="", name="t", path=Path("t"), head=head, suffix=suffix)


@pytest.mark.parametrize("head", [b'[{"a": 1}]', b' \n{"a": 1}\n{"a": 2}', b'{"a": [1, {"b": "x', b"[1, 2]", b"{}"])
def test_json_is_known(head: bytes) -> None:
    assert begins_as_json(source(head))


@pytest.mark.parametrize("head", [b"", b"a,b", b"[a],b", b'{"x":1},b', b"{a;b}\n", b"[1],2\n", b"[text", b"(1)"])
def test_other_text_is_not(head: bytes) -> None:
    assert not begins_as_json(source(head))


def test_a_value_may_go_on_behind_what_is_known() -> None:
    assert begins_as_json(source((b"[" + b"1," * HEAD)[:HEAD]))


def test_lines_are_told_by_what_they_hold_or_by_their_name() -> None:
    assert holds_lines(source(b'{"a": 1}\n{"a": 2}\n'))
    assert not holds_lines(source(b'[{"a": 1},\n{"a": 2}]\n', ".jsonl"))
    assert holds_lines(source(b'{"a": 1}', ".ndjson"))
    assert not holds_lines(source(b'{"a": 1}', ".json"))


def test_encodings_are_told() -> None:
    assert encoding_told(source(b"[1]")) == ()
    assert [one.code for one in encoding_told(source(b"\xef\xbb\xbf[1]"))] == ["bom"]
    assert [one.code for one in encoding_told(source("[1]".encode("utf-16")))] == ["encoding"]
