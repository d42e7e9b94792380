"""DuckDB files: what is read, what is told, and that nothing is changed or reached beside them."""

from __future__ import annotations

import datetime
import hashlib
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from journeyman.errors import JourneymanError, ResourceError
from journeyman.sources import duckdb as source_of
from journeyman.sources.source import open_source
from journeyman.sources.sql import duckdb_file

duckdb = pytest.importorskip("duckdb")
Make = Callable[..., Path]
CUSTOMERS = "CREATE TABLE customers AS SELECT range AS id, 'city ' || range % 7 AS city FROM range(200)"


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """A database that a script makes."""

    def made(script: str = CUSTOMERS, name: str = "shop.duckdb") -> Path:
        connection = duckdb.connect(str(tmp_path / name))
        connection.execute(script)
        connection.close()
        return tmp_path / name

    return made


def raw_of(path: Path, **named: str) -> Any:
    return source_of.read_raw(open_source(path, **named))


def refused(path: Path, **named: str) -> JourneymanError:
    with pytest.raises(JourneymanError) as caught:
        raw_of(path, **named)
    return caught.value


def test_the_only_table_is_read_and_the_file_left_alone(make: Make) -> None:
    path = make(name="shop.db")
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    source = open_source(path)
    raw = source_of.read_raw(source)
    assert source_of.claims(source) == 3
    assert (raw.rows, raw.name, raw.digest) == (200, "customers", before)
    assert raw.origin == "shop.db, customers: 200 rows, 2 columns"
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    assert [one.name for one in path.parent.iterdir()] == ["shop.db"]


def test_every_type_is_a_number_a_date_or_text_that_says_the_same(make: Make) -> None:
    asked = {
        "1::TINYINT": 1,
        "18446744073709551615::UBIGINT": 2**64 - 1,
        "12::HUGEINT": 12,
        "170141183460469231731687303715884105727": str(2**127 - 1),
        "0.1::FLOAT": 0.1,
        "1.25::DECIMAL(10, 2)": 1.25,
        "1234567890123456.78::DECIMAL(18, 2)": "1234567890123456.78",
        "12345678901234567890.12::DECIMAL(30, 2)": "12345678901234567890.12",
        "true": True,
        "DATE '2024-02-29'": datetime.date(2024, 2, 29),
        "TIMESTAMP '2024-02-29 01:02:03.456789'": datetime.datetime(2024, 2, 29, 1, 2, 3, 456789),
        "TIMESTAMP_NS '2024-02-29 01:02:03.456789'": datetime.datetime(2024, 2, 29, 1, 2, 3, 456789),
        "TIME '12:30:00'": "12:30:00",
        "INTERVAL 26 HOURS": 93_600.0,
        "[1, NULL, 3]": "[1,null,3]",
        "{'a': 1, 'b': [2]}": '{"a":1,"b":[2]}',
        "MAP {'k': 1}": '{"k":1}',
        "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::UUID": "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
        "'\\xDE\\xAD'::BLOB": b"\xde\xad",
        "'ok'::ENUM('sad', 'ok')": "ok",
        "'101'::BIT": "101",
        "NULL": None,
    }
    columns = ", ".join(f"{sql} AS c{place}" for place, sql in enumerate(asked))
    frame = raw_of(make(f"CREATE TABLE t AS SELECT {columns}")).frame
    assert dict(zip(asked, frame.row(0), strict=True)) == asked


def test_dates_that_cannot_be_told_are_counted(make: Make) -> None:
    values = "('2024-01-01'::TIMESTAMP), ('infinity'), (NULL), ('0044-03-15 (BC) 00:00:00')"
    raw = raw_of(make(f"CREATE TABLE t AS SELECT a, a::DATE AS b FROM (VALUES {values}) AS v(a)"))  # noqa: S608 - our own words
    assert raw.frame.null_count().row(0) == (3, 3)
    assert [(one.code, one.rows, one.numbers["count"]) for one in raw.findings] == [("infinite_values", (1,), 2)] * 2


def test_names_are_quoted_and_near_names_offered(make: Make) -> None:
    odd = 'CREATE TABLE "x""; DROP TABLE customers; --" AS SELECT 1 AS "a""b"'
    more = "CREATE SCHEMA sales; CREATE TABLE sales.orders AS SELECT 2 AS a; CREATE VIEW v AS SELECT * FROM customers"
    path = make("; ".join([CUSTOMERS, odd, more]))
    assert raw_of(path, table='x"; DROP TABLE customers; --').frame.to_dicts() == [{'a"b': 1}]
    assert raw_of(path, table="sales.orders").rows == raw_of(Path(f"{path}#main.customers")).rows - 199 == 1
    error = refused(path)
    assert error.code == "ambiguous_table"
    assert "sales.orders (1 row)" in error.happened
    assert "v (view)" in error.happened
    assert "'customers'" in refused(path, table="custmers").remedy
    assert "'customers'" in refused(path, query="SELECT * FROM custmers").remedy
    missing = refused(path, query="SELECT cit FROM customers")
    assert (missing.code, "'city'" in missing.remedy) == ("column_missing", True)
    assert refused(path, query="SELECT 1 +").code == "sql_error"
    assert refused(path, table="v", query="SELECT 1").code == "ambiguous_table"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT 1; DROP TABLE customers",
        "COPY customers TO 'copied.csv'",
        "ATTACH 'other.db'",
        "INSERT INTO customers VALUES (1, 'a')",
        "SELECT * FROM read_csv('{folder}/other.csv')",
        "SELECT * FROM read_text('{folder}/other.csv')",
        "SELECT * FROM glob('{folder}/*')",
        "PRAGMA database_size",
        "SET enable_external_access = true",
        "INSTALL httpfs",
        "EXPLAIN SELECT 1",
    ],
)
def test_what_does_more_than_read_this_file_is_refused(make: Make, query: str) -> None:
    path = make()
    (path.parent / "other.csv").write_text("a\n1\n")
    assert refused(path, query=query.format(folder=path.parent)).code == "unsafe_sql"
    assert raw_of(path).rows == 200


def test_a_file_is_not_read_by_its_name_in_a_query(make: Make) -> None:
    path = make()
    (path.parent / "other.csv").write_text("a\n1\n")
    query = f"SELECT * FROM '{path.parent}/other.csv'"  # noqa: S608 - it is what is tried
    assert refused(path, query=query).code in ("table_missing", "unsafe_sql")


def test_a_query_that_goes_on_forever_ends(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duckdb_file, "SECONDS", 0.3)
    assert refused(make(), query="SELECT count(*) FROM range(1000000000000) AS a, range(1000)").code == "too_slow"


def test_what_fails_in_the_middle_is_told(make: Make) -> None:
    query = "SELECT CASE WHEN range = 900000 THEN error('b' || 'oom') ELSE 'a' END AS a FROM range(1000000)"
    error = refused(make(), query=query)
    assert (error.code, "boom" in error.because) == ("sql_error", True)


def test_parts_are_the_whole_whatever_their_size(make: Make) -> None:
    nulls = "UPDATE customers SET city = NULL WHERE id % 5 = 0"
    source = open_source(make(f"{CUSTOMERS}; {nulls}"))
    whole = source_of.read_raw(source)
    for size in (1, 7, 1000):
        parts = list(source_of.batches(source, size))
        assert max(one.rows for one in parts) <= size
        assert pl.concat([one.frame for one in parts]).equals(whole.frame)
        assert (parts[-1].digest, parts[-1].findings, parts[-1].origin) == (whole.digest, whole.findings, whole.origin)


def test_no_rows_are_no_error_but_columns(make: Make) -> None:
    raw = raw_of(make("CREATE TABLE t (a INTEGER, b DATE)"))
    assert (raw.rows, raw.frame.columns) == (0, ["a", "b"])
    assert refused(make("CHECKPOINT", name="none.duckdb")).code == "no_rows"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda content: content[:5_000], "file_truncated"),
        (lambda content: content[:20_000] + b"\xff" * 4_096 + content[24_096:], "file_truncated"),
        (lambda content: b"", "empty_file"),
        (lambda content: b"hello, this is text", "file_truncated"),
    ],
)
def test_damaged_files_are_told_by_what_they_lack(make: Make, change: Callable[[bytes], bytes], code: str) -> None:
    path = make()
    path.write_bytes(change(path.read_bytes()))
    assert refused(path).code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Trying to read a database file with version number 99, but we can only read versions 64", "version_mismatch"),
        ('Cannot open encrypted database "a" without a key', "encrypted"),
        ('Could not set lock on file "a": Conflicting lock is held in other (PID 1)', "environment"),
        ("Something new", "sql_error"),
    ],
)
def test_what_duckdb_says_is_told_by_its_kind(text: str, code: str) -> None:
    assert duckdb_file.of_duckdb(RuntimeError(text), "shop.duckdb").code == code


def test_a_file_that_another_program_writes_says_so(make: Make) -> None:
    path = make()
    script = f"import duckdb, sys\nc = duckdb.connect({str(path)!r})\nprint('open', flush=True)\nsys.stdin.read()"
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", script], **pipes) as writer:  # type: ignore[call-overload]  # as above
        writer.stdout.readline()
        error = refused(path)
        writer.stdin.close()
    assert isinstance(error, ResourceError)
    assert "another program" in error.because


def test_without_duckdb_it_says_what_to_install(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make()
    monkeypatch.setitem(sys.modules, "duckdb", None)
    error = refused(path)
    assert (error.exit_code, error.remedy) == (3, "pip install 'journeyman[duckdb]'")
