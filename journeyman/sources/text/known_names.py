"""How a text table is read whose names are known: those of the table that a model was trained on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from journeyman.sources.text.dialect import Dialect
from journeyman.sources.text.head import Record
from journeyman.sources.text.parsing import parse_line
from journeyman.sources.text.top import Top

#: What may stand between names; nothing, where one name is the line.
_DELIMITERS = (",", ";", "\t", "|", "")


def by_known_names(lines: Sequence[str], dialect: Dialect, names: Sequence[str]) -> Dialect:
    """The dialect in which the first line that is not empty holds all of these names; the one found, where none is.

    A text of one column may be full of tabs or commas. What speaks for a delimiter there is weaker than the line that
    says what the columns are called.
    """
    first = next((line for line in lines if line.strip()), "")
    if not names or not first or _holds(first, dialect, names):
        return dialect
    for delimiter in _DELIMITERS:
        other = Dialect(delimiter=delimiter, quote=dialect.quote or '"')
        if _holds(first, other, names):
            return other
    return dialect


def top_by_known_names(records: Sequence[Record], top: Top, names: Sequence[str]) -> Top:
    """Where the table begins, if no names were found and the first record that is not empty holds these."""
    place = next((place for place, one in enumerate(records) if one.cells), None)
    if not names or top.header or place is None or not _are_among(names, records[place].cells):
        return top
    return replace(top, width=len(records[place].cells), header=(place,), body=place + 1, left_out=())


def _holds(line: str, dialect: Dialect, names: Sequence[str]) -> bool:
    parsed = parse_line(line, dialect)
    return parsed.open is None and not parsed.stray and _are_among(names, parsed.cells)


def _are_among(names: Sequence[str], cells: Sequence[str]) -> bool:
    return set(names) <= {one.strip() for one in cells}
