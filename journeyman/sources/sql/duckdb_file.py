"""DuckDB files opened so that nothing in them can change, and nothing outside of them can be reached."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journeyman.errors import JourneymanError, ResourceError, SourceError, nearest
from journeyman.sources.sql.limits import SECONDS, too_slow
from journeyman.sources.sql.packages import not_installed
from journeyman.sources.sql.streaming import frames

if TYPE_CHECKING:
    import polars as pl

#: Where the mark stands, and what it is.
MARK_AT, MARK = 8, b"DUCK"
#: No files, no network, no extensions; and none of this can be taken back.
_CLOSED = {
    "enable_external_access": "false",
    "allow_community_extensions": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "lock_configuration": "true",
}
_NOT_THERE = re.compile(r'Table with name (\S+) does not exist|Referenced column "([^"]+)" not found')


class Reading:
    """A connection that only reads, with a clock that ends what takes too long."""

    def __init__(self, connection: Any, shown: str) -> None:
        self._connection, self.shown = connection, shown

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """A small answer, whole.

        Raises
        ------
        JourneymanError : it cannot be answered
        """
        return [row for part in self.parts(sql) for row in part.iter_rows()]

    def columns(self, sql: str) -> list[tuple[str, str]]:
        """What a statement gives: names of columns, and their types as DuckDB calls them. It is not run.

        Raises
        ------
        SourceError : it is more than one SELECT, or names what is not there
        """
        with self._told(threading.Event()):
            statements = self._connection.extract_statements(sql)
            if len(statements) != 1 or statements[0].type.name != "SELECT":
                raise SourceError(
                    "the query is not allowed: it must be one statement that only reads, a SELECT",
                    because="DuckDB takes it for something else",
                    remedy="write it as a SELECT",
                    code="unsafe_sql",
                )
            found = self._connection.cursor().sql(sql)
            return list(zip(found.columns, map(str, found.types), strict=True))

    def parts(self, sql: str) -> Iterator[pl.DataFrame]:
        """An answer as it comes, in frames; none where it has no rows.

        Raises
        ------
        JourneymanError : it cannot be answered, or takes too long
        """
        cursor, late = self._connection.cursor(), threading.Event()

        def end() -> None:
            late.set()
            cursor.interrupt()

        answer: Iterator[pl.DataFrame] | None = None
        while True:
            clock = threading.Timer(SECONDS, end)
            clock.daemon = True
            clock.start()
            try:
                with self._told(late):
                    answer = frames(cursor.sql(sql)) if answer is None else answer
                    part = next(answer, None)
            finally:
                clock.cancel()
            if part is None:
                return
            yield part

    @contextmanager
    def _told(self, late: threading.Event) -> Iterator[None]:
        """What DuckDB says, in our words. What breaks off in the middle comes as another kind of error."""
        import duckdb

        try:
            yield
        except (duckdb.Error, RuntimeError) as error:
            raise too_slow(self.shown) if late.is_set() else of_duckdb(error, self.shown) from error


@contextmanager
def opened(path: Path, shown: str) -> Iterator[Reading]:
    """Open a database to read it.

    Parameters
    ----------
    shown : how the file is called in messages

    Raises
    ------
    SourceError : it is no database, damaged, encrypted, or of a version that this DuckDB cannot read
    ResourceError : another program writes to it, or DuckDB is not installed
    """
    try:
        import duckdb
        import nanoarrow  # noqa: F401 - what is asked is whether it is there
    except ImportError as error:
        raise not_installed("a DuckDB database", "duckdb") from error
    try:
        connection = duckdb.connect(str(path), read_only=True, config=dict(_CLOSED))
    except (duckdb.Error, RuntimeError) as error:
        raise of_duckdb(error, shown) from error
    try:
        yield Reading(connection, shown)
    finally:
        connection.close()


def of_duckdb(error: Exception, shown: str) -> JourneymanError:
    """What DuckDB says, in our words.

    Parameters
    ----------
    shown : how the file is called
    """
    text = " ".join(str(error).split("\n\n")[0].split())[:300]
    says = f"DuckDB says: {text}"
    low = text.lower()
    if "lock" in low and ("conflicting" in low or "could not set" in low):
        return ResourceError(
            f"{shown} cannot be read now",
            because=f"another program has it open to write ({says})",
            remedy="close that program, or name a copy of the file",
            code="environment",
        )
    if "version number" in low or "storage version" in low or "newer version" in low:
        return SourceError(
            f"{shown} is of a version that this DuckDB cannot read",
            because=says,
            remedy="pip install -U duckdb, or export the table as Parquet with the program that made it",
            code="version_mismatch",
        )
    if "encrypt" in low:
        return SourceError(
            f"{shown} is encrypted", because=says, remedy="export the table as Parquet, and name that", code="encrypted"
        )
    if (
        type(error).__name__ in ("PermissionException",)
        or "read-only mode" in low
        or "disabled by configuration" in low
    ):
        return SourceError(
            "the query is not allowed: it must be one statement that only reads, and only this file",
            because=says,
            remedy="leave out what writes, and what reads other files",
            code="unsafe_sql",
        )
    if any(word in low for word in ("not enough bytes", "could not read", "corrupt", "not a valid duckdb", "checksum")):
        return SourceError(
            f"{shown} is damaged or cut short",
            because=says,
            remedy="fetch or copy the file again",
            code="file_truncated",
        )
    return SourceError(f"{shown} cannot answer that query", because=says, remedy="correct it", code="sql_error")


def missing_name(error: SourceError) -> tuple[str, str]:
    """The kind and the name of what a query names and is not there; empty where that is not the trouble."""
    found = _NOT_THERE.search(error.because)
    if error.code != "sql_error" or found is None:
        return "", ""
    return ("table", found[1]) if found[1] else ("column", found[2])


def nearer(error: SourceError, names: list[str], columns: list[str], shown: str) -> SourceError:
    """The same error, with near names."""
    kind, name = missing_name(error)
    if not kind:
        return error
    return SourceError(
        f"{shown} has no {kind} {name!r}",
        because="the query asks for it",
        remedy=nearest(name.rpartition(".")[2], names if kind == "table" else columns),
        code=f"{kind}_missing",
    )
