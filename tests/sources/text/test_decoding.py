"""Bytes become UTF-8 in whole lines, however they are cut; what was done is counted and told."""

from __future__ import annotations

import io

import pytest

from journeyman.errors import SourceError
from journeyman.sources.text.decoding import LONGEST_LINE, Decoded, decoded

TEXT = "name,city\nBjørn,Kraków\r\nZoé,Łódź\rlast,🙂"


def read(content: bytes, size: int = 5000) -> tuple[bytes, Decoded]:
    found = Decoded("t.csv")
    return b"".join(decoded(io.BytesIO(content), size, found)), found


@pytest.mark.parametrize("size", [1, 2, 3, 7, 5000])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32"])
def test_every_encoding_gives_the_same_text_in_every_piece(encoding: str, size: int) -> None:
    text = TEXT * 500
    content, found = read(text.encode(encoding), size)
    assert content.decode() == text
    assert [one.code for one in found.findings()] == {"utf-8": [], "utf-8-sig": ["bom"]}.get(encoding, ["encoding"])


def test_pieces_end_with_lines() -> None:
    text = "".join(f"{place},é\r\n" for place in range(3000))
    pieces = list(decoded(io.BytesIO(text.encode()), 100, Decoded("t.csv")))
    assert len(pieces) > 10
    assert all(piece.endswith(b"\n") for piece in pieces)


@pytest.mark.parametrize("size", [10, 5000])
def test_two_encodings_in_one_file_lose_nothing(size: int) -> None:
    good, bad = "Zoé,1\n".encode(), "Bjørn,2\n".encode("cp1252")
    content, found = read(good * 1000 + bad + good + bad, size)
    assert content.decode() == "Zoé,1\n" * 1000 + "Bjørn,2\nZoé,1\nBjørn,2\n"
    finding = next(found.findings())
    assert finding.message == "2 lines are not UTF-8 (first: byte 0xf8 in line 1,001); read as Windows-1252"
    assert finding.numbers["lines"] == [1001, 1003]


@pytest.mark.parametrize("size", [10, 5000])
def test_nul_bytes_are_removed_and_told(size: int) -> None:
    content, found = read(b"a,b\n" * 2000 + b"1,\x00\x002\n3,\x004\n", size)
    assert content == b"a,b\n" * 2000 + b"1,2\n3,4\n"
    finding = next(found.findings())
    assert (finding.code, finding.severity, finding.numbers) == (
        "nul_bytes",
        "warning",
        {"count": 3, "lines": [2001, 2002]},
    )


def test_characters_that_cannot_be_decoded_are_told() -> None:
    content, found = read("a,b\n".encode("utf-16") * 5 + b"\x00\xd8")
    assert "�" in content.decode()
    assert [one.severity for one in found.findings()] == ["info", "warning"]


def test_a_line_without_end_is_refused_before_it_is_read() -> None:
    class Endless(io.RawIOBase):
        given = 0

        def readable(self) -> bool:
            return True

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return b"x" * size

    stream = Endless()
    with pytest.raises(SourceError) as caught:
        list(decoded(stream, 2**20, Decoded("t.csv")))
    assert caught.value.code == "line_too_long"
    assert "line 1" in caught.value.happened
    assert stream.given < LONGEST_LINE + 2**22
