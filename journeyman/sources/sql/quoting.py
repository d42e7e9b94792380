"""Names in SQL: quoted, never spliced."""

from __future__ import annotations

from journeyman.errors import SourceError


def quoted(*names: str) -> str:
    """A name as SQL takes it, whatever stands in it; several are parts of one name: schema, table.

    >>> print(quoted('x"; DROP TABLE customers; --'))
    "x""; DROP TABLE customers; --"
    >>> quoted("public", "orders")
    '"public"."orders"'

    Raises
    ------
    SourceError : no name can be so: it is empty, or holds a NUL
    """
    for name in names:
        if not name or "\x00" in name:
            raise SourceError(
                f"no table or column can be called {name!r}",
                because="a name is not empty, and holds no NUL",
                remedy="name one that is there",
                code="table_missing",
            )
    return ".".join('"' + name.replace('"', '""') + '"' for name in names)


def select(columns: str, given: str, rest: str = "") -> str:
    """A SELECT of our own making. Every name in it went through `quoted`, every query through `one_select`.

    >>> select("*", quoted("t"), "LIMIT 0")
    'SELECT * FROM "t" LIMIT 0'
    """
    return f"SELECT {columns} FROM {given} {rest}".rstrip()  # noqa: S608 - its parts are quoted names, checked queries


def within(query: str) -> str:
    """A query as a table of another one: on lines of its own, so that a comment at its end does not go on."""
    return f"(\n{query}\n)"
