"""What a PostgreSQL database holds, and what of it is to be read."""

from __future__ import annotations

import difflib
import re

from journeyman.errors import SourceError, nearest
from journeyman.sources.sql.choosing import Listed, choose
from journeyman.sources.sql.postgresql_session import Session
from journeyman.sources.sql.quoting import quoted, select

#: Tables, partitioned and foreign ones, views and their stored kind, that one may read and that nobody keeps for the
#: server itself.
_LISTING = """
SELECT n.nspname::text, c.relname::text, c.relkind IN ('v', 'm'), c.reltuples::int8, pg_table_is_visible(c.oid)
FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm') AND NOT c.relispartition
  AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'
  AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
ORDER BY pg_table_is_visible(c.oid) DESC, n.nspname, c.relname
"""
_MISSING = re.compile(r'(relation|column) "([^"]*)"|column (\S+) does not exist')


def table_sql(session: Session, wanted: str, place: str) -> tuple[str, str]:
    """A statement that reads a table, and what the table is called.

    Parameters
    ----------
    wanted : as the user said it, with or without its schema; ``""`` to find it

    Raises
    ------
    SourceError : there is no such table, or it is not clear which is meant
    """
    found = tables(session)
    chosen = choose(wanted, [one for one, _ in found], place)
    parts = next(parts for one, parts in found if one is chosen)
    return select("*", quoted(*parts)), chosen.name


def tables(session: Session) -> list[tuple[Listed, tuple[str, str]]]:
    """The tables and views that may be read, each with its schema and its name."""
    found = []
    for schema, name, is_view, rows, is_visible in session.rows(_LISTING):
        full = f"{schema}.{name}"
        # An estimate of none may be a table that nobody has looked at yet.
        about = int(rows) if rows > 0 else None
        listed = Listed(name if is_visible else full, about, is_about=True, is_view=is_view, also=full)
        found.append((listed, (schema, name)))
    return found


def nearer(error: SourceError, session: Session, place: str) -> SourceError:
    """The same error, with near names where a query names a table or a column that is not there."""
    found = _MISSING.search(error.because)
    if error.code != "sql_error" or found is None:
        return error
    name, is_table = found[2] or found[3], found[1] == "relation"
    session.begin()
    known = tables(session)
    names = [one.name for one, _ in known]
    if not is_table:
        rows = session.rows(
            "SELECT DISTINCT a.attname::text FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid JOIN "
            "pg_namespace AS n ON n.oid = c.relnamespace WHERE a.attnum > 0 AND NOT a.attisdropped AND "
            "n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') ORDER BY 1"
        )
        names = [row[0] for row in rows]
    last = name.rpartition(".")[2].strip('"')
    close = difflib.get_close_matches(last.casefold(), [one.casefold() for one in names], n=1)
    remedy = nearest(last, names) if close or is_table else "correct it"
    kind = "table" if is_table else "column"
    return SourceError(
        f"{place} has no {kind} {name!r}", because="the query asks for it", remedy=remedy, code=f"{kind}_missing"
    )
