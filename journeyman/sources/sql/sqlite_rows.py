"""The rows of an SQLite database, a part at a time, and the types of their columns."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from journeyman.errors import SourceError
from journeyman.sources.raw import EXACT
from journeyman.sources.sql.quoting import quoted, select
from journeyman.sources.sql.sqlite_file import Reading
from journeyman.sources.sql.sqlite_tables import Asked
from journeyman.sources.sql.storage import Form, Storage, form_of
from journeyman.table.finding import Finding, Remedy

#: So many columns are asked for their types at once: the results of a statement are limited to 2,000.
_COLUMNS_AT_ONCE = 300
#: A name for a query that no table has.
_GIVEN = quoted("journeyman: given")
_KINDS: tuple[Storage, ...] = ("integer", "real", "text", "blob")
#: The first and the last of a column's types, by their letters; NULL is none.
_ENDS = ("min(nullif(typeof({0}), 'null'))", "max(nullif(typeof({0}), 'null'))")
#: Whether it holds whole numbers, numbers, text with letters, binary values; and whole numbers too large for floats.
_CLOSER = (
    "max(typeof({0}) = 'integer')",
    "max(typeof({0}) = 'real')",
    "max(typeof({0}) = 'text' AND trim({0}, ' ' || char(9, 10, 11, 12, 13)) <> '')",
    "max(typeof({0}) = 'blob')",
    f"max(typeof({{0}}) = 'integer' AND ({{0}} > {EXACT} OR {{0}} < -{EXACT}))",
)


class Foreign:
    """Text that is not UTF-8: it is read as Windows-1252, and counted."""

    def __init__(self) -> None:
        self.count = 0
        self.first: list[str] = []

    def decode(self, content: bytes) -> str:
        """Text of a cell."""
        try:
            return content.decode()
        except UnicodeDecodeError:
            text = content.decode("cp1252", errors="replace")
        self.count += 1
        self.first += [text[:60]] if len(self.first) < 3 else []
        return text

    def finding(self) -> Finding | None:
        """What is to be told of it."""
        if not self.count:
            return None
        return Finding(
            code="encoding",
            severity="warning",
            message=f"{self.count:,} cells hold text that is not UTF-8 (the first: {self.first[0]!r}); they were read "
            "as Windows-1252",
            numbers={"count": self.count, "examples": [[0, one, one] for one in self.first]},
            remedy=Remedy(action="review", words="write them as UTF-8 if letters look wrong"),
        )


def fetched(reading: Reading, wanted: Asked, size: int, foreign: Foreign) -> Iterator[list[tuple[Any, ...]]]:
    """The rows that a statement gives, so many at a time.

    Raises
    ------
    SourceError : the file is damaged, or the answer takes too long
    """
    connection = reading.connection
    given, cursor = 0, wanted.cursor
    while True:
        try:
            with reading.asking():
                rows = cursor.fetchmany(size)
        except SourceError as error:
            if connection.text_factory is not str or "decode to UTF-8" not in error.because:
                raise
            # From here on every text is decoded by hand, which is slower. What was given already is gone over again.
            connection.text_factory = foreign.decode
            cursor = _started(reading, wanted.sql)
            for _ in range(given // size):
                with reading.asking():
                    cursor.fetchmany(size)
            continue
        if not rows:
            return
        given += len(rows)
        yield rows


def forms(reading: Reading, sql: str, width: int) -> list[Form]:
    """What each column is to be read as, by all of its cells: looked at once, before they are read.

    Only columns that hold more than one type are looked at a second time, and closer.
    """
    found: dict[int, Form] = {}
    for place, (least, most) in enumerate(_answers(reading, sql, width, range(width), _ENDS)):
        # The names of the types in order of letters: where the first is the last there is no other.
        if least == most:
            found[place] = form_of([] if least is None else [least], is_beyond=False)
    mixed = [place for place in range(width) if place not in found]
    for place, row in zip(mixed, _answers(reading, sql, width, mixed, _CLOSER), strict=True):
        *are, is_beyond = row
        present = [kind for kind, is_there in zip(_KINDS, are, strict=True) if is_there]
        # Where a second type is none of these, it is text without a letter.
        found[place] = form_of([*present, "blank"], bool(is_beyond))
    return [found[place] for place in range(width)]


def _answers(
    reading: Reading, sql: str, width: int, places: Sequence[int], asked: Sequence[str]
) -> Iterator[Sequence[Any]]:
    """The same questions about some columns, over all rows; the answers column by column."""
    given = f"WITH {_GIVEN} ({', '.join(f'c{place}' for place in range(width))}) AS (\n{sql}\n)"
    for start in range(0, len(places), _COLUMNS_AT_ONCE):
        some = places[start : start + _COLUMNS_AT_ONCE]
        columns = ", ".join(one.format(f"c{place}") for place in some for one in asked)
        with reading.asking() as connection:
            row = connection.execute(f"{given} {select(columns, _GIVEN)}").fetchone()
        for place in range(len(some)):
            yield row[len(asked) * place : len(asked) * (place + 1)]


def _started(reading: Reading, sql: str) -> sqlite3.Cursor:
    with reading.asking() as connection:
        return connection.execute(sql)
