"""What a real database lists, and what it keeps to itself."""

from __future__ import annotations

from collections.abc import Callable

from journeyman.sources.sql.postgresql_address import database_address
from journeyman.sources.sql.postgresql_session import session
from journeyman.sources.sql.postgresql_tables import table_sql, tables

Database = tuple[str, Callable[..., None]]


def test_tables_and_views_are_listed_but_not_parts_of_tables(postgresql: Database) -> None:
    address, run = postgresql
    run(
        "CREATE TABLE whole (a int) PARTITION BY RANGE (a);\n"
        "CREATE TABLE part PARTITION OF whole FOR VALUES FROM (0) TO (9)"
    )
    run(
        'CREATE MATERIALIZED VIEW kept AS SELECT 1 AS a;\nCREATE SCHEMA "Odd one";\n'
        'CREATE TABLE "Odd one"."a.b" (c int)'
    )
    with session(database_address(address)) as opened:
        assert [one.name for one, _ in tables(opened)] == ["kept", "whole", "Odd one.a.b"]
        assert table_sql(opened, "Odd one.a.b", "shop") == ('SELECT * FROM "Odd one"."a.b"', "Odd one.a.b")
        assert table_sql(opened, "public.whole", "shop")[0] == 'SELECT * FROM "public"."whole"'
