"""PostgreSQL, against a real server: what is read, what is told, what is refused, and that no password shows."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

from journeyman.errors import JourneymanError, ResourceError, SourceError
from journeyman.sources import postgresql as source_of
from journeyman.sources.raw import cells_of
from journeyman.sources.source import open_source
from journeyman.sources.sql import postgresql_session

Database = tuple[str, Callable[..., None]]
CUSTOMERS = """
CREATE TABLE customers (id serial PRIMARY KEY, age int, income numeric(10, 2), city text, churn boolean);
INSERT INTO customers (age, income, city, churn)
SELECT 20 + n % 60, n * 1.25, CASE WHEN n % 10 > 0 THEN 'city ' || n % 7 END, n % 3 = 0 FROM generate_series(1, 200) n
"""


def raw_of(address: str, **named: str) -> Any:
    return source_of.read_raw(open_source(address, **named))


def refused(address: str, **named: str) -> JourneymanError:
    with pytest.raises(JourneymanError) as caught:
        raw_of(address, **named)
    return caught.value


def test_it_is_known_by_its_scheme() -> None:
    given = ["postgresql://h/d", "postgres://h/d", "POSTGRESQL://h/d", "https://h/d", "postgresql.csv"]
    assert [source_of.claims(open_source(one)) if ":" in one else 0 for one in given] == [3, 3, 3, 0, 0]


def test_the_only_table_is_read(postgresql: Database) -> None:
    address, run = postgresql
    run(CUSTOMERS)
    raw = raw_of(address)
    assert raw.frame.dtypes == [pl.Int32, pl.Int32, pl.Float64, pl.String, pl.Boolean]
    assert raw.frame.row(9) == (10, 30, 12.5, None, False)
    assert (raw.name, raw.rows, raw.findings) == ("customers", 200, ())
    assert raw.origin == f"{address}, customers: 200 rows, 5 columns"


def test_every_type_is_a_number_a_date_or_text_that_says_the_same(postgresql: Database) -> None:
    address, run = postgresql
    run("CREATE TYPE mood AS ENUM ('sad', 'ok');\nCREATE TYPE pair AS (a int, b text);\nCREATE DOMAIN year AS int")
    asked = {
        "1::int2": 1,
        "9223372036854775807": 2**63 - 1,
        "0.1::float4": 0.1,
        "'-Infinity'::float8": float("-inf"),
        "1.50::numeric(10, 2)": 1.5,
        "12345678901234567890.123": "12345678901234567890.123",
        "12.5::money": 12.5,
        "true": True,
        "'x'::char(5)": "x",
        "'y'::name": "y",
        "'2024-02-29'::date": datetime.date(2024, 2, 29),
        "'2024-02-29 01:02:03.456789'::timestamp": datetime.datetime(2024, 2, 29, 1, 2, 3, 456789),
        "'12:30'::time": "12:30:00",
        "'1 day 2 hours'::interval": 93_600.0,
        "'{\"a\": [1, null]}'::json": '{"a": [1, null]}',
        "'{\"b\":  1}'::jsonb": '{"b": 1}',
        "ARRAY[1, NULL, 3]": "[1,null,3]",
        "ARRAY['a', 'b,\"c']": '["a","b,\\"c"]',
        "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid": "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
        "'\\xdead'::bytea": b"\xde\xad",
        "'ok'::mood": "ok",
        "(1, 'b')::pair": "(1,b)",
        "7::year": 7,
        "'10.0.0.0/8'::inet": "10.0.0.0/8",
        "'[1,5)'::int4range": "[1,5)",
        "B'101'": "101",
        "'12'::oid": 12,
        "'<a/>'::xml": "<a/>",
        "NULL": None,
    }
    columns = ", ".join(f"{sql} AS c{place}" for place, sql in enumerate(asked))
    raw = raw_of(address, query=f"SELECT {columns}")
    assert dict(zip(asked, raw.frame.row(0), strict=True)) == asked
    zoned = raw_of(address, query="SELECT '2024-03-31 03:00+02'::timestamptz AS t").frame["t"]
    assert cells_of(zoned).tolist() == [datetime.datetime(2024, 3, 31, 1, 0)]


def test_decimals_are_floats_only_where_floats_hold_all_of_them(postgresql: Database) -> None:
    address, _ = postgresql
    rows = "(0.1, 0.1, 1e400), (123456789012345, 1234567890123456.7, 1), ('NaN', NULL, NULL)"
    frame = raw_of(address, query=f"SELECT * FROM (VALUES {rows}) AS v(a, b, c)").frame  # noqa: S608 - our own words
    assert frame["a"].to_list()[:2] == [0.1, 123456789012345.0]
    assert frame["b"].to_list() == ["0.1", "1234567890123456.7", None]
    assert frame["c"].to_list() == ["1" + "0" * 400, "1", None]


def test_dates_that_cannot_be_told_are_counted(postgresql: Database) -> None:
    address, _ = postgresql
    rows = "('2024-01-01'::timestamp), ('infinity'), (NULL), ('0044-03-15 BC'), ('9999-12-31 23:59')"
    raw = raw_of(address, query=f"SELECT a, a::date AS b, a::timestamptz AS c FROM (VALUES {rows}) AS v(a)")  # noqa: S608
    assert raw.frame.null_count().row(0) == (3, 3, 3)
    assert raw.frame["a"][4] == datetime.datetime(9999, 12, 31, 23, 59)
    told = [(one.code, one.columns, one.rows, one.numbers["count"]) for one in raw.findings]
    assert told == [("infinite_values", (name,), (1,), 2) for name in "abc"]


def test_names_are_quoted_and_near_names_offered(postgresql: Database) -> None:
    address, run = postgresql
    run('CREATE TABLE "x""; DROP TABLE customers; --" AS SELECT 1 AS "a""b", 2 AS "a""b "')
    run('CREATE SCHEMA "Sales";\nCREATE TABLE "Sales"."Q 1" AS SELECT 3 AS c;\nCREATE TABLE customers AS SELECT 4 AS d')
    assert raw_of(address, table='x"; DROP TABLE customers; --').frame.to_dicts() == [{'a"b': 1, 'a"b_2': 2}]
    assert raw_of(address, table="Sales.Q 1").rows == raw_of(f"{address}#customers").rows == 1
    assert raw_of(address, table="public.customers").name == "customers"
    error = refused(address)
    assert error.code == "ambiguous_table"
    assert "Sales.Q 1" in error.happened
    error = refused(address, table="custmers")
    assert (error.code, "'customers'" in error.remedy) == ("table_missing", True)
    assert "'customers'" in refused(address, query="SELECT * FROM custmers").remedy
    error = refused(address, query="SELECT dd FROM customers")
    assert (error.code, "'d'" in error.remedy) == ("column_missing", True)
    assert refused(address, query="SELECT 1 +").code == "sql_error"
    assert refused(address, table="customers", query="SELECT 1").code == "ambiguous_table"


def test_sizes_are_told_where_the_server_knows_them(postgresql: Database) -> None:
    address, run = postgresql
    run(CUSTOMERS)
    run("CREATE VIEW adults AS SELECT * FROM customers;\nANALYZE customers")
    assert refused(address).happened.endswith("holds 2 tables: adults (view), customers (about 200 rows)")
    assert raw_of(address, table="adults").rows == 200


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM customers; DROP TABLE customers",
        "DELETE FROM customers",
        "WITH gone AS (DELETE FROM customers RETURNING *) SELECT * FROM gone",
        "SELECT * INTO copied FROM customers",
        "SELECT * FROM customers FOR UPDATE",
        "COPY customers TO '/tmp/copied'",
        "SELECT $$a$$; DROP TABLE customers",
        "SELECT nextval('customers_id_seq')",
        "SELECT 1 -- \n; DROP TABLE customers",
        "CALL anything()",
        "DO $$ BEGIN DROP TABLE customers; END $$",
    ],
)
def test_what_does_more_than_read_is_refused(postgresql: Database, query: str) -> None:
    address, run = postgresql
    run(CUSTOMERS)
    assert refused(address, query=query).code == "unsafe_sql"
    assert raw_of(address, table="customers").rows == 200


def test_a_function_that_writes_cannot(postgresql: Database) -> None:
    address, run = postgresql
    run(CUSTOMERS)
    run("CREATE FUNCTION sneak() RETURNS int LANGUAGE sql AS 'DELETE FROM customers; SELECT 1'")
    assert refused(address, query="SELECT sneak()").code == "unsafe_sql"
    sly = "SELECT set_config('transaction_read_only', 'off', false), sneak()"
    assert refused(address, query=sly).code in ("unsafe_sql", "sql_error")
    assert raw_of(address, table="customers").rows == 200


def test_what_takes_too_long_ends(postgresql: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    address, _ = postgresql
    monkeypatch.setitem(postgresql_session._SETTINGS, "statement_timeout", "200ms")
    assert refused(address, query="SELECT pg_sleep(5)::text AS a").code == "too_slow"
    assert refused(address, query="SELECT n FROM generate_series(1, 100000000) AS n").code == "too_slow"


def test_what_fails_in_the_middle_is_told(postgresql: Database) -> None:
    address, _ = postgresql
    error = refused(address, query="SELECT 1 / (300000 - n) AS a FROM generate_series(1, 400000) AS n")
    assert (error.code, "division by zero" in error.because) == ("sql_error", True)


def test_parts_are_the_whole_whatever_their_size(postgresql: Database) -> None:
    address, run = postgresql
    run(CUSTOMERS)
    query = "SELECT *, 'infinity'::date AS d FROM customers ORDER BY id"
    whole = raw_of(address, query=query)
    for size in (1, 7, 1000):
        parts = list(source_of.batches(open_source(address, query=query), size))
        assert max(one.rows for one in parts) <= size
        assert pl.concat([one.frame for one in parts]).equals(whole.frame)
        assert (parts[-1].digest, parts[-1].findings, parts[-1].origin) == (whole.digest, whole.findings, whole.origin)
    run("UPDATE customers SET city = 'x' WHERE id = 200")
    assert raw_of(address, query=query).digest != whole.digest


def test_no_rows_are_no_error_but_columns(postgresql: Database) -> None:
    raw = raw_of(postgresql[0], query="SELECT 1 AS a, now() AS b WHERE false")
    assert (raw.rows, raw.frame.columns) == (0, ["a", "b"])
    assert refused(postgresql[0]).code == "no_rows"


def test_a_database_that_is_not_there_or_does_not_answer_says_so(postgresql: Database) -> None:
    address, run = postgresql
    run(f"CREATE ROLE ruth_{os.getpid()} LOGIN PASSWORD 's3cret:@/?#%&p'")
    run("CREATE TABLE secret AS SELECT 1 AS a")
    run(f"GRANT USAGE ON SCHEMA public TO ruth_{os.getpid()}")
    missing = refused(address + "x")
    assert (missing.code, missing.exit_code) == ("file_missing", 2)
    gone = refused("postgresql://ada@127.0.0.1:1/shop")
    assert (gone.code, isinstance(gone, ResourceError)) == ("environment", True)
    other = address.replace("ada@", f"ruth_{os.getpid()}@")
    assert refused(other, query="SELECT * FROM secret").code == "not_allowed"
    run(f"DROP OWNED BY ruth_{os.getpid()};\nDROP ROLE ruth_{os.getpid()}")


SPELT = "s3cret%3A%40%2F%3F%23%25%26p"


@pytest.mark.parametrize("password", ["wr0ng", "wr0ng%40%3Awr0ng", "", "wr0ng@wr0ng", "wr0ng%zz", "wr0ng/wr0ng"])
def test_a_password_is_never_shown(postgresql: Database, password: str, monkeypatch: pytest.MonkeyPatch) -> None:
    address, _ = postgresql
    monkeypatch.delenv("PGPASSWORD")
    monkeypatch.setenv("PGPASSFILE", "/nonexistent")
    error = refused(address.replace("ada@", f"ada:{password}@" if password else "ada@"))
    told = f"{error} {error.as_data()} {error.__cause__!r} {error.args}"
    assert "wr0ng" not in told
    assert not (error.__context__ and "wr0ng" in str(error.__context__) and not error.__suppress_context__)
    if password in ("wr0ng", ""):
        assert (error.code, "PGPASSWORD" in error.remedy) == ("not_allowed", True)


def test_a_password_in_the_address_opens_the_door_and_stays_there(
    postgresql: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, run = postgresql
    run("CREATE TABLE t AS SELECT 1 AS a")
    monkeypatch.delenv("PGPASSWORD")
    given = address.replace("ada@", f"ada:{SPELT}@")
    raw = raw_of(given)
    assert raw.rows == 1
    assert "s3cret" not in repr(raw) + raw.origin + raw.name
    assert raw.digest == raw_of(given.replace(f":{SPELT}", "") + f"?password={SPELT}").digest


def test_without_its_driver_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "adbc_driver_postgresql", None)
    error = refused("postgresql://ada@127.0.0.1/shop")
    assert (error.exit_code, error.remedy) == (3, "pip install 'journeyman[postgresql]'")
    assert not isinstance(error, SourceError)
