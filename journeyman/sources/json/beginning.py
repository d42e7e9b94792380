"""What the first bytes of a file say of its JSON."""

from __future__ import annotations

import json

from journeyman.sources.json.decode import Broken, Decoder
from journeyman.sources.json.lines import is_lines
from journeyman.sources.json.outline import skip_space
from journeyman.sources.source import HEAD, Source
from journeyman.table.finding import Finding

#: How files of JSON lines are named.
LINES = (".jsonl", ".ndjson", ".jsonlines")


def encoding_told(source: Source) -> tuple[Finding, ...]:
    """What the first bytes say of the encoding, where it is not plain UTF-8."""
    encoding = json.detect_encoding(source.head)
    if encoding == "utf-8":
        return ()
    if encoding == "utf-8-sig":
        return (Finding(code="bom", severity="info", message="a byte order mark before the text was left out"),)
    return (Finding(code="encoding", severity="info", message=f"the text is {encoding.upper()}; it was decoded"),)


def holds_lines(source: Source) -> bool:
    """Whether a file is JSON lines, not a document."""
    head = _head(source)
    return is_lines(head) or (source.suffix in LINES and "\n" not in head)


def _head(source: Source) -> str:
    return source.head.decode(json.detect_encoding(source.head), "ignore").removeprefix("\ufeff")


def begins_as_json(source: Source) -> bool:
    """Whether a file begins with an object or a list as JSON writes them, and goes on so."""
    text = _head(source).lstrip(" \t\r\n\x1e")
    is_cut = len(source.head) >= HEAD
    if not text.startswith(("{", "[")):
        return False
    try:
        end = Decoder().value(text)[1]
    except Broken as broken:
        return broken.is_cut and (is_cut or text[skip_space(text, 1) :][:1] in ('"', "{", "["))
    place = skip_space(text, end)
    return place >= len(text) or text[place] in "{[\x1e"
