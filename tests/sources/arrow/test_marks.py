"""Marks of Arrow files and streams."""

from __future__ import annotations

import io

import pytest

from journeyman.errors import SourceError
from journeyman.sources.arrow.marks import begins_stream, require_arrow, unended

STREAM = b"\xff\xff\xff\xff\x10\0\0\0" + bytes(16)


def test_streams_are_known_by_their_first_message() -> None:
    assert begins_stream(STREAM)
    assert not begins_stream(b"\xff\xff\xff\xff\0\0\0\0")
    assert not begins_stream(b"ARROW1")


@pytest.mark.parametrize(("head", "code"), [(b"", "empty_file"), (b"FEA1", "not_a_table"), (b"a,b", "not_a_table")])
def test_what_is_no_arrow_is_refused(head: bytes, code: str) -> None:
    with pytest.raises(SourceError) as caught:
        require_arrow(head, "t.arrow", is_file=False)
    assert caught.value.code == code


def test_a_stream_ends_with_its_mark() -> None:
    require_arrow(STREAM, "t", is_file=False)
    assert unended(io.BytesIO(STREAM + b"\xff\xff\xff\xff" + bytes(4)), "t") == ()
    (told,) = unended(io.BytesIO(STREAM), "t")
    assert told.severity == "warning"
