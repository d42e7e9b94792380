"""From bytes to UTF-8, piece by piece: byte-order marks, UTF-16 and 32, lines that are not UTF-8, NUL bytes.

A piece ends with a line. A line that is no UTF-8 is read as Windows-1252, whatever the others are, so that a file which
was put together from two encodings loses nothing.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from journeyman.errors import SourceError
from journeyman.sources.text.encodings import encoding_of, line_as_utf8
from journeyman.table.finding import Finding, Remedy

#: A line of a table has at most so many bytes.
LONGEST_LINE = 32 * 2**20
#: So many numbers of lines are kept.
_PLACES = 100


@dataclass
class Decoded:
    """What was found while a file was decoded.

    Parameters
    ----------
    encoding : by Python's name
    marked : whether a byte-order mark said so
    foreign : how many lines are no UTF-8, and the numbers of the first, from 1
    first_byte : the first byte that is no UTF-8
    lost : how many characters could not be decoded
    zeros : how many NUL bytes stood in the text
    lines : line ends so far
    """

    shown: str
    encoding: str = "utf-8"
    marked: bool = False
    foreign: int = 0
    foreign_lines: list[int] = field(default_factory=list)
    first_byte: int = 0
    lost: int = 0
    zeros: int = 0
    zero_lines: list[int] = field(default_factory=list)
    lines: int = 0

    def findings(self) -> Iterator[Finding]:
        """What there is to tell."""
        if self.marked and self.encoding == "utf-8":
            yield _told("bom", "the file starts with a byte-order mark; it was removed")
        elif self.encoding != "utf-8":
            yield _told("encoding", f"the file is {self.encoding.upper()}; it was converted", encoding=self.encoding)
        if self.foreign:
            yield self._foreign()
        if self.lost:
            yield Finding(
                code="encoding",
                severity="warning",
                message=f"{self.lost:,} characters could not be decoded from {self.encoding.upper()}; now �",
                numbers={"count": self.lost},
                remedy=Remedy(action="review", words="save the file as UTF-8"),
            )
        if self.zeros:
            first = self.zero_lines[0]
            yield Finding(
                code="nul_bytes",
                severity="warning",
                message=f"{self.zeros:,} NUL bytes stand inside cells (first: line {first:,}); they were removed",
                numbers={"count": self.zeros, "lines": self.zero_lines},
                remedy=Remedy(action="review", words="look at the lines in the file"),
            )

    def _foreign(self) -> Finding:
        first = self.foreign_lines[0]
        some = "1 line is" if self.foreign == 1 else f"{self.foreign:,} lines are"
        return Finding(
            code="encoding",
            severity="warning",
            message=(f"{some} not UTF-8 (first: byte {self.first_byte:#04x} in line {first:,}); read as Windows-1252"),
            numbers={"count": self.foreign, "lines": self.foreign_lines},
            remedy=Remedy(action="review", words="save the file as UTF-8 if letters look wrong"),
        )


def _told(code: str, message: str, **numbers: object) -> Finding:
    return Finding(code=code, severity="info", message=message, numbers=numbers)


def decoded(stream: IO[bytes], size: int, found: Decoded) -> Iterator[bytes]:
    """The text of a stream as UTF-8 without NUL, in pieces of whole lines.

    Parameters
    ----------
    size : bytes that are read at once
    found : is filled in

    Raises
    ------
    SourceError : a line is longer than a line may be
    """
    head = stream.read(max(size, 4096))
    found.encoding, skipped = encoding_of(head)
    found.marked = skipped > 0
    is_plain = found.encoding == "utf-8"
    turned = codecs.getincrementaldecoder(found.encoding)("replace") if not is_plain else None
    waiting: list[bytes] = []
    length = 0
    block = head[skipped:]
    while block or head:
        head = b""
        if turned is not None:
            text = turned.decode(block)
            found.lost += text.count("�")
            block = text.encode("utf-8", "replace")
        cut = _last_line_end(block)
        if cut:
            yield _clean(b"".join([*waiting, block[:cut]]), found)
            waiting, length = [], 0
        waiting.append(block[cut:])
        length += len(block) - cut
        if length > LONGEST_LINE:
            raise _too_long(found, length)
        block = stream.read(size)
    last = b"".join(waiting)
    if turned is not None:
        text = turned.decode(b"", final=True)
        found.lost += text.count("�")
        last += text.encode("utf-8", "replace")
    if last:
        yield _clean(last, found)


def _last_line_end(block: bytes) -> int:
    """The place behind the last line end; a CR at the very end may be half of one."""
    cut = block.rfind(b"\n") + 1
    return cut or block.rfind(b"\r", 0, -1) + 1


def _clean(piece: bytes, found: Decoded) -> bytes:
    if not piece.isascii():
        piece = _as_utf8(piece, found)
    if b"\x00" in piece:
        found.zeros += piece.count(0)
        found.zero_lines += _lines_with(piece, found)[: _PLACES - len(found.zero_lines)]
        piece = piece.replace(b"\x00", b"")
    found.lines += count_lines(piece)
    return piece


def count_lines(piece: bytes) -> int:
    """How many line ends (LF, CRLF, CR) there are."""
    returns = piece.count(b"\r")
    return piece.count(b"\n") + (returns - piece.count(b"\r\n") if returns else 0)


def _lines_with(piece: bytes, found: Decoded) -> list[int]:
    return [found.lines + number + 1 for number, line in enumerate(piece.splitlines()) if 0 in line]


def _as_utf8(piece: bytes, found: Decoded) -> bytes:
    try:
        piece.decode()
    except UnicodeDecodeError as error:
        if not found.foreign:
            found.first_byte = piece[error.start]
        # splitlines on bytes ends lines at LF, CRLF and CR only
        lines = piece.splitlines(keepends=True)
        return b"".join(_turned(line, found.lines + number + 1, found) for number, line in enumerate(lines))
    return piece


def _turned(line: bytes, number: int, found: Decoded) -> bytes:
    turned = line_as_utf8(line)
    if turned is None:
        return line
    found.foreign += 1
    if len(found.foreign_lines) < _PLACES:
        found.foreign_lines.append(number)
    return turned


def _too_long(found: Decoded, length: int) -> SourceError:
    return SourceError(
        f"{found.shown} has a line of more than {length:,} bytes, line {found.lines + 1:,}",
        because=f"a line of a table has at most {LONGEST_LINE:,}",
        remedy="look whether the file has line ends, and whether it is a table",
        code="line_too_long",
    )
