"""A session with PostgreSQL that only reads: one transaction, read only, of one moment, with time limits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from journeyman.errors import JourneymanError
from journeyman.sources.sql.limits import SECONDS
from journeyman.sources.sql.packages import not_installed
from journeyman.sources.sql.postgresql_address import DatabaseAddress
from journeyman.sources.sql.postgresql_errors import of_postgresql
from journeyman.sources.sql.streaming import frames

if TYPE_CHECKING:
    import polars as pl

_BEGIN = "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"
#: For the transaction alone, so that nothing is left behind where programs share connections.
_SETTINGS = {
    "statement_timeout": f"{SECONDS * 1000:.0f}ms",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "0",
    "standard_conforming_strings": "on",
    "TimeZone": "UTC",
    "DateStyle": "ISO",
    "extra_float_digits": "1",
    # The same rows in the same order, each time they are asked for.
    "synchronize_seqscans": "off",
    "max_parallel_workers_per_gather": "0",
}


class Session:
    """Asks one database, in one transaction that reads."""

    def __init__(self, connection: Any, address: DatabaseAddress) -> None:
        self._connection, self.address = connection, address

    def begin(self) -> None:
        """Begin the transaction; what failed before is left behind.

        Raises
        ------
        JourneymanError : the server refuses
        """
        with suppress(JourneymanError):
            self._run("ROLLBACK")
        self._run(_BEGIN)
        for name, value in _SETTINGS.items():
            self._run(f"SET LOCAL {name} = '{value}'")

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """A small answer, whole.

        Raises
        ------
        JourneymanError : the server refuses, is too slow, or is gone
        """
        return [row for part in self.parts(sql) for row in part.iter_rows()]

    def parts(self, sql: str) -> Iterator[pl.DataFrame]:
        """An answer as it comes, in frames of some megabytes; none where it has no rows.

        Raises
        ------
        JourneymanError : the server refuses, is too slow, or is gone
        """
        with self._statement(sql) as statement:
            with self._told():
                answer = frames(statement.execute_query()[0])
            while True:
                with self._told():
                    part = next(answer, None)
                if part is None:
                    return
                yield part

    def columns(self, sql: str) -> list[tuple[str, str]]:
        """What a statement gives: the names of its columns, and their types as PostgreSQL calls them. It is not run.

        Raises
        ------
        JourneymanError : the server refuses
        """
        import nanoarrow

        with self._statement(sql) as statement, self._told():
            schema = nanoarrow.c_schema(statement.execute_schema())
        found = []
        for child in schema.children:
            facts = {} if child.metadata is None else dict(child.metadata.items())
            found.append((str(child.name), facts.get(b"POSTGRESQL:type", b"").decode()))
        return found

    def _run(self, sql: str) -> None:
        with self._statement(sql) as statement, self._told():
            statement.execute_update()

    @contextmanager
    def _statement(self, sql: str) -> Iterator[Any]:
        import adbc_driver_manager

        statement = adbc_driver_manager.AdbcStatement(self._connection)
        try:
            statement.set_sql_query(sql)
            yield statement
        finally:
            statement.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What goes wrong, in our words. What breaks off in the middle comes as another kind of error than the rest."""
        import adbc_driver_manager

        try:
            yield
        except (adbc_driver_manager.Error, RuntimeError) as error:
            raise of_postgresql(error, self.address) from None


@contextmanager
def session(address: DatabaseAddress) -> Iterator[Session]:
    """Open a session, and begin its transaction.

    Raises
    ------
    SourceError : the server does not let us in, or has no such database
    ResourceError : the server does not answer, or the driver is not installed
    """
    try:
        import adbc_driver_manager
        import adbc_driver_postgresql
        import nanoarrow  # noqa: F401 - what is asked is whether it is there
    except ImportError as error:
        raise not_installed("PostgreSQL", "postgresql") from error
    try:
        database = adbc_driver_postgresql.connect(address.uri)
    except adbc_driver_manager.Error as error:
        # From None: what the driver says may hold the password.
        raise of_postgresql(error, address) from None
    try:
        try:
            connection = adbc_driver_manager.AdbcConnection(database)
        except adbc_driver_manager.Error as error:
            raise of_postgresql(error, address) from None
        try:
            opened = Session(connection, address)
            opened.begin()
            yield opened
        finally:
            connection.close()
    finally:
        database.close()
