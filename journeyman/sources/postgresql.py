"""PostgreSQL databases: a table, a view, or what a SELECT gives, in one transaction that cannot write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from journeyman.errors import SourceError
from journeyman.sources.addresses.shown import scheme_of
from journeyman.sources.names import clean_names
from journeyman.sources.raw import Raw
from journeyman.sources.source import Source
from journeyman.sources.sql.choosing import require_one_way
from journeyman.sources.sql.forms import answered, given, questions, statement
from journeyman.sources.sql.limits import AT_A_TIME
from journeyman.sources.sql.postgresql_address import SCHEMES, database_address
from journeyman.sources.sql.postgresql_columns import forms_of
from journeyman.sources.sql.postgresql_session import Session, session
from journeyman.sources.sql.postgresql_tables import nearer, table_sql
from journeyman.sources.sql.statement import one_select
from journeyman.sources.sql.streaming import Asked, sources, together


def claims(source: Source) -> int:
    """By its scheme."""
    return 3 if scheme_of(source.address) in SCHEMES else 0


def read_raw(source: Source) -> Raw:
    """Read a table, a view, or what a query gives, as it was at one moment.

    Decimals are numbers where floats hold all of them exactly, else text; arrays and JSON are text; intervals are
    seconds. The digest is that of the cells.

    Raises
    ------
    SourceError : the server does not let us in; the table is not there, or it is not clear which is meant; the query is
        not one SELECT, or takes too long
    ResourceError : the server does not answer, or the driver is not installed
    """
    return together(list(batches(source, AT_A_TIME)))


def batches(source: Source, rows: int) -> Iterator[Raw]:
    """The same rows, at most so many at a time, as the server sends them; memory stays flat.

    Raises
    ------
    SourceError, ResourceError : as `read_raw`
    """
    with _opened(source) as (opened, asked):
        yield from sources(asked, opened.parts(asked.sql), rows)


@contextmanager
def _opened(source: Source) -> Iterator[tuple[Session, Asked]]:
    """A session, and what is to be read in it."""
    address = database_address(source.address)
    wanted = source.part or address.table
    require_one_way(wanted, source.query)
    query = one_select(source.query, "postgresql") if source.query else ""
    with session(address) as opened:
        if query:
            sql, name, place = query, address.name, f"{address.shown}, the query"
        else:
            sql, name = table_sql(opened, wanted, address.shown)
            place = f"{address.shown}, {name}"
        try:
            columns = opened.columns(sql)
        except SourceError as error:
            raise nearer(error, opened, address.shown) from None
        if not columns:
            raise SourceError(f"{place} has no columns", remedy="name another table", code="no_rows")
        forms, table = tuple(forms_of(columns)), given(sql, len(columns))
        if asked := questions(forms, table):
            forms = answered(forms, opened.rows(asked)[0])
        names, findings = clean_names([name for name, _ in columns])
        yield (
            opened,
            Asked(sql=statement(forms, table), forms=forms, names=names, findings=findings, name=name, place=place),
        )
