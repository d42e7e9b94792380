"""JSON lines: one value a line; a line that is none is set aside as it stands."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import IO

from journeyman.errors import SourceError
from journeyman.sources.json.decode import Broken, Decoder
from journeyman.sources.json.outline import skip_space
from journeyman.sources.json.record import Record, as_record, as_records, header_of
from journeyman.sources.source import Source
from journeyman.table.finding import Finding

#: A line is never longer than this.
LONGEST_LINE = 64 * 2**20
_LOOKED_AT = 50


def is_lines(head: str) -> bool:
    """Whether text that begins so is JSON lines: of its first whole lines, at least half are objects or lists."""
    lines = [line for line in head.split("\n")[:-1] if line.strip()][:_LOOKED_AT]
    whole = sum(_is_whole(line) for line in lines)
    return len(lines) > 1 and 2 * whole >= len(lines)


def records_of(source: Source, decoder: Decoder, told: list[Finding]) -> Iterator[Record]:
    """The lines as records, in order; blank lines are passed over.

    Parameters
    ----------
    told : findings about the header are added to it

    Raises
    ------
    SourceError : the last line is cut short, or a line is longer than any may be
    """
    values = _values(source, decoder)
    first = next(values, None)
    if first is None:
        return
    if isinstance(first[1], list):
        names, is_header, findings = header_of(first[1], len(first[1]))
        told.extend(findings)
        if not is_header:
            yield from as_records([first], names)
        yield from as_records(values, names)
        return
    yield as_record(*first)
    for line, value, text in values:
        yield as_record(line, value, text)


def _values(source: Source, decoder: Decoder) -> Iterator[tuple[int, object, str]]:
    """Line, value and text of each line; where a line is no JSON, its value is None."""
    with source.open() as stream:
        for number, line in enumerate(_texts(stream, source, decoder), start=1):
            if not line.strip(" \t\r\n\x1e"):
                continue
            text = line.strip(" \t\r\n\x1e")
            try:
                value, end = decoder.value(text)
                if skip_space(text, end) < len(text):
                    value = None
            except Broken as broken:
                if broken.is_cut and not line.endswith("\n"):
                    raise _cut(source, number, len(text.encode())) from broken
                value = None
            yield number, value, text


def _texts(stream: IO[bytes], source: Source, decoder: Decoder) -> Iterator[str]:
    encoding = json.detect_encoding(source.head)
    if not encoding.startswith("utf-8"):
        with io.TextIOWrapper(stream, encoding, errors="replace", newline="\n") as lines:
            while line := lines.readline(LONGEST_LINE + 1):
                yield _bounded(line.removeprefix("\ufeff"), source)
        return
    is_first = True
    while piece := stream.readline(LONGEST_LINE + 1):
        line = _decoded(piece, decoder)
        yield _bounded(line.removeprefix("\ufeff") if is_first else line, source)
        is_first = False


def _decoded(piece: bytes, decoder: Decoder) -> str:
    try:
        return piece.decode()
    except UnicodeDecodeError:
        decoder.notes.recoded += 1
        return piece.decode("cp1252", "replace")


def _bounded(line: str, source: Source) -> str:
    if len(line) > LONGEST_LINE:
        raise SourceError(
            f"{source.shown} has a line of over {LONGEST_LINE // 2**20} MiB",
            because="a record of JSON lines is never so long",
            remedy="write one record a line",
            code="line_too_long",
        )
    return line


def _cut(source: Source, number: int, length: int) -> SourceError:
    return SourceError(
        f"{source.shown} is cut short: line {number:,}, its last, ends within a value after {length:,} bytes",
        because="its JSON is incomplete, and no line end stands behind it",
        remedy="fetch or write the file again, or remove that line",
        code="file_truncated",
    )


def _is_whole(line: str) -> bool:
    text = line.strip(" \t\r\x1e\ufeff")
    if not text.startswith(("{", "[")):
        return False
    try:
        end = Decoder().value(text)[1]
    except Broken:
        return False
    return skip_space(text, end) == len(text)
