"""A JSON document that holds a table, as records in order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

from journeyman.sources.json.decode import Broken, Decoder, items_of, refused, values_of
from journeyman.sources.json.flatten import as_text
from journeyman.sources.json.record import Record, as_record, as_records, header_of
from journeyman.sources.json.records import Found, rows_of, table_in
from journeyman.sources.names import clean_names
from journeyman.table.finding import Finding

_LOOKED_AT = 100

#: Line, value, and text of something that should be a record.
Row = tuple[int, object, str]


def text_of(content: bytes, decoder: Decoder) -> str:
    """The document as text: UTF-8, UTF-16 or UTF-32 as its first bytes say, else as Windows writes Western text."""
    encoding = json.detect_encoding(content)
    try:
        return content.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError:
        decoder.notes.recoded += 1
        return content.decode("cp1252", "replace")


def records_of(text: str, shown: str, part: str, decoder: Decoder, told: list[Finding]) -> Iterator[Record]:
    """The records of a document, or of several documents one after the other.

    Parameters
    ----------
    part : which of several tables, by its path
    told : what is found on the way is added to it

    Raises
    ------
    SourceError : it is no JSON, is cut short, or holds several tables
    """
    try:
        start = len(text) - len(text.lstrip(" \t\r\n\x1e"))
        if text[start : start + 1] == "[":
            yield from _of_list(_placed(text, items_of(text, start, decoder)), told)
            return
        values = _placed(text, values_of(text, decoder))
        first = list(islice(values, 2))
        if len(first) == 1 and isinstance(first[0][1], dict):
            yield from _of_document(first[0][1], shown, part, told)
        else:
            yield from _of_list(chain(first, values), told)
    except Broken as broken:
        raise refused(shown, text, broken) from broken


def _of_document(document: dict[str, Any], shown: str, part: str, told: list[Finding]) -> Iterator[Record]:
    found, findings = table_in(document, shown, part)
    told.extend(findings)
    if found is None:
        yield Record(0, document)
    elif found.form == "objects":
        yield from _of_list(_unplaced(found.value), told)
    elif found.form == "lists":
        yield from _of_lists(_unplaced(found.value), found, told)
    else:
        yield from (Record(0, row) for row in rows_of(found))


def _of_list(rows: Iterator[Row], told: list[Finding]) -> Iterator[Record]:
    """Items of a list: objects are records, lists are rows of cells, and scalars are one column."""
    first = list(islice(rows, _LOOKED_AT))
    kinds = [type(value) for _, value, _ in first]
    rows = chain(first, rows)
    if kinds and kinds.count(list) * 2 > len(kinds):
        yield from _of_lists(rows, None, told)
    elif dict in kinds or not kinds:
        yield from (as_record(*row) for row in rows)
    else:
        yield from (Record(line, {"value": value}) for line, value, _ in rows)


def _of_lists(rows: Iterable[Row], found: Found | None, told: list[Finding]) -> Iterator[Record]:
    listed = iter(rows)
    names: list[str] = []
    if found is not None and found.names:
        names, findings = clean_names(found.names)
    else:
        first = list(islice(listed, _LOOKED_AT))
        width = max((len(value) for _, value, _ in first if isinstance(value, list)), default=0)
        names, is_header, findings = header_of(first[0][1] if first else None, width)
        listed = chain(first[1:] if is_header else first, listed)
    told.extend(findings)
    yield from as_records(listed, names)


def _placed(text: str, values: Iterable[tuple[int, object]]) -> Iterator[Row]:
    """Values with the lines on which they begin, and the text of those that are no record."""
    line, last = 1, 0
    for place, value in values:
        line += text.count("\n", last, place)
        last = place
        yield line, value, "" if isinstance(value, dict) else as_text(value)


def _unplaced(values: Iterable[object]) -> Iterator[Row]:
    for value in values:
        yield 0, value, "" if isinstance(value, dict) else as_text(value)
