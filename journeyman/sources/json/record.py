"""One record of a JSON source, or what stands where one should be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from journeyman.sources.names import clean_names
from journeyman.table.finding import Finding, Remedy


@dataclass(frozen=True)
class Record:
    """One row.

    Parameters
    ----------
    line : the line on which it begins, from 1; 0 where that is not known
    cells : its cells by name; None where it is set aside
    text : as it stands in the source, where it is set aside
    code : why it is set aside
    """

    line: int
    cells: Mapping[str, object] | None
    text: str = ""
    code: str = ""


def as_record(line: int, value: object, text: str) -> Record:
    """A value that should be an object."""
    return Record(line, value) if isinstance(value, dict) else Record(line, None, text, "json_invalid")


def as_records(rows: Iterable[tuple[int, object, str]], names: Sequence[str]) -> Iterator[Record]:
    """Lists of cells as records. A list that is too short lacks cells; one that is too long is set aside.

    Parameters
    ----------
    rows : line, value and text of each
    names : the columns' names; more than the cells of the longest list do no harm
    """
    for line, value, text in rows:
        if not isinstance(value, list):
            yield Record(line, None, text, "json_invalid")
        elif len(value) > len(names):
            yield Record(line, None, text, "ragged_rows")
        else:
            yield Record(line, dict(zip(names, value, strict=False)))


def header_of(first: object, width: int) -> tuple[list[str], bool, tuple[Finding, ...]]:
    """Names for lists of cells, whether the first list is the header, and what had to be repaired.

    A first list of texts, each another, is a header.
    """
    texts = [one for one in first if isinstance(one, str) and one.strip()] if isinstance(first, list) else []
    if isinstance(first, list) and texts and len(set(texts)) == len(first):
        names, findings = clean_names(texts)
        return names, True, findings
    message = f"the lists have no header; their {width} columns are named column_1 …"
    words = "put a list of names before the others"
    told = Finding(code="no_header", severity="info", message=message, remedy=Remedy(action="review", words=words))
    return [f"column_{place + 1}" for place in range(width)], False, (told,)
