"""SQLite files: what is read, what is told, and that nothing is ever changed."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeyman.errors import ResourceError, SourceError
from journeyman.sources import sqlite
from journeyman.sources.source import open_source
from journeyman.sources.sql import limits, sqlite_file

INJECTION = 'x"; DROP TABLE customers; --'
Make = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """A database with one table of some rows, or what a script makes."""

    def made(rows: Sequence[Sequence[Any]] = ((1, "a"), (2, "b")), script: str = "", name: str = "shop.sqlite") -> Path:
        path = tmp_path / name
        connection = sqlite3.connect(path)
        if rows:
            columns = ", ".join(f"c{place}" for place in range(len(rows[0])))
            connection.execute(f"CREATE TABLE customers ({columns})")
            connection.executemany(f"INSERT INTO customers VALUES ({', '.join('?' * len(rows[0]))})", rows)  # noqa: S608
        connection.executescript(script)
        connection.commit()
        connection.close()
        return path

    return made


def raw_of(path: Path, **named: str) -> Any:
    return sqlite.read_raw(open_source(path, **named))


def refused(path: Path, **named: str) -> SourceError:
    with pytest.raises(SourceError) as caught:
        raw_of(path, **named)
    return caught.value


def test_the_only_table_is_read_with_its_types(make: Make) -> None:
    raw = raw_of(make([(1, 1.5, "x", b"\x00\xff", None), (2, None, "", None, None)]))
    assert raw.frame.dtypes == [pl.Int64, pl.Float64, pl.String, pl.Binary, pl.String]
    assert raw.frame.rows() == [(1, 1.5, "x", b"\x00\xff", None), (2, None, "", None, None)]
    assert (raw.name, raw.origin) == ("customers", "shop.sqlite, customers: 2 rows, 5 columns")
    assert raw.findings == ()


def test_a_file_is_known_by_its_first_bytes_and_else_by_its_ending(make: Make, tmp_path: Path) -> None:
    assert sqlite.claims(open_source(make(name="data.bin"))) == 3
    for name, content, sure in (("a.db", b"a,b\n1,2\n", 0), ("b.db", bytes(range(200)), 2), ("c.csv", b"\x00\x01", 0)):
        (tmp_path / name).write_bytes(content)
        assert sqlite.claims(open_source(tmp_path / name)) == sure


def test_a_table_whose_name_is_an_injection_is_quoted(make: Make) -> None:
    path = make(script='CREATE TABLE "x""; DROP TABLE customers; --" AS SELECT * FROM customers WHERE c0 = 1')
    assert raw_of(path, table=INJECTION).frame.rows() == [(1, "a")]
    assert raw_of(path, table="customers").rows == 2


@pytest.mark.parametrize(
    ("script", "table"),
    [
        ("CREATE VIEW [a view] AS SELECT c0 FROM customers", "a view"),
        ("CREATE VIEW v AS SELECT c0 FROM customers", "V"),
        ("CREATE TABLE w (c0 PRIMARY KEY) WITHOUT ROWID; INSERT INTO w SELECT c0 FROM customers", "w"),
    ],
)
def test_views_and_tables_of_every_kind_are_read(make: Make, script: str, table: str) -> None:
    assert raw_of(make(script=script), table=table).frame.to_dict(as_series=False) == {"c0": [1, 2]}


def test_full_text_tables_do_not_list_what_they_keep_for_themselves(make: Make) -> None:
    path = make(script="CREATE VIRTUAL TABLE notes USING fts5(body); INSERT INTO notes VALUES ('hello')")
    assert refused(path).happened == "shop.sqlite holds 2 tables: customers (2 rows), notes (1 row)"
    assert raw_of(path, table="notes").frame.rows() == [("hello",)]
    assert raw_of(path, query="SELECT body FROM notes WHERE notes MATCH 'hello'").rows == 1


def test_several_tables_are_a_question_with_their_sizes(make: Make) -> None:
    error = refused(make(script="CREATE TABLE orders (a); CREATE VIEW v AS SELECT * FROM gone"))
    assert error.code == "ambiguous_table"
    assert error.happened == "shop.sqlite holds 3 tables: customers (2 rows), orders (0 rows), v (view)"


def test_near_names_of_tables_and_columns_are_offered(make: Make) -> None:
    path = make()
    assert refused(path, table="custmers").code == "table_missing"
    assert "customers" in refused(path, table="custmers").remedy
    assert "customers" in refused(path, query="SELECT * FROM custmers").remedy
    error = refused(path, query="SELECT c9 FROM customers")
    assert (error.code, "'c0'" in error.remedy) == ("column_missing", True)


def test_a_query_is_read_as_a_table(make: Make) -> None:
    raw = raw_of(make(), query="SELECT c1, count(*) AS n, c1 FROM customers GROUP BY c1; -- all")
    assert raw.frame.rows() == [("a", 1, "a"), ("b", 1, "b")]
    assert [one.code for one in raw.findings] == ["duplicate_names"]
    assert raw.name == "shop"
    assert refused(make(name="b.db"), table="customers", query="SELECT 1").code == "ambiguous_table"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM customers; DROP TABLE customers",
        "DELETE FROM customers",
        "PRAGMA user_version = 7",
        "ATTACH 'other.db' AS o",
        "SELECT * FROM pragma_table_info('customers')",
        "SELECT load_extension('evil')",
        "WITH a AS (SELECT 1) DELETE FROM customers",
    ],
)
def test_what_does_more_than_read_is_refused_and_the_file_untouched(make: Make, query: str) -> None:
    path = make()
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    assert refused(path, query=query).code == "unsafe_sql"
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    assert [one.name for one in path.parent.iterdir()] == ["shop.sqlite"]


@pytest.mark.parametrize("write", ["DROP TABLE customers", "INSERT INTO customers VALUES (1, 2)", "ATTACH 'o.db' AS o"])
def test_the_connection_itself_cannot_write(make: Make, write: str) -> None:
    with (
        sqlite_file.opened(make(), "shop") as reading,
        pytest.raises(SourceError, match="not allowed"),
        reading.asking() as connection,
    ):
        connection.execute(write)


def test_a_query_that_goes_on_forever_ends(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_file, "SECONDS", 0.2)
    forever = "WITH RECURSIVE a(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM a) SELECT count(*) FROM a"
    assert refused(make(), query=forever).code == "too_slow"


def test_more_rows_than_are_read_at_once_are_refused(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_ROWS", 1)
    assert refused(make()).code == "too_large"


def test_mixed_types_are_taken_as_text_and_counted(make: Make) -> None:
    raw = raw_of(make([(1,), (2.5,), ("old",), (None,), (b"\xab",), (3.0,)]))
    assert raw.frame["c0"].to_list() == ["1", "2.5", "old", None, "0xab", "3"]
    (finding,) = raw.findings
    assert (finding.code, finding.severity, finding.columns) == ("mixed_types", "warning", ("c0",))
    assert {kind: finding.numbers[kind] for kind in ("integer", "real", "text", "blob")} == {
        "integer": 1,
        "real": 2,
        "text": 1,
        "blob": 1,
    }


def test_the_first_row_of_the_rarer_kind_is_told(make: Make) -> None:
    (finding,) = raw_of(make([(row,) for row in range(5)] + [("n/a",)])).findings
    assert finding.rows == (5,)
    assert "row 6: 'n/a'" in finding.message


def test_whole_and_other_numbers_together_are_numbers(make: Make) -> None:
    raw = raw_of(make([(1, 2**60, 2**60), (2.5, 1, 0.5)]))
    assert raw.frame.rows() == [(1.0, 2**60, str(2**60)), (2.5, 1, "0.5")]
    assert raw.findings == ()


def test_blank_text_among_numbers_is_missing_and_told(make: Make) -> None:
    raw = raw_of(make([(1,), ("",), (" ",)]))
    assert raw.frame["c0"].to_list() == [1, None, None]
    assert [(one.code, one.numbers["count"], one.rows) for one in raw.findings] == [("missing_tokens", 2, (1,))]


def test_text_that_is_not_utf8_is_read_and_told(make: Make) -> None:
    rows = "INSERT INTO t VALUES ('plain'), (CAST(x'636166e9' AS TEXT)), ('café'), (NULL)"
    raw = raw_of(make((), script=f"CREATE TABLE t (a TEXT); {rows}"))
    assert raw.frame["a"].to_list() == ["plain", "café", "café", None]
    assert [(one.code, one.numbers["count"]) for one in raw.findings] == [("encoding", 1)]


def test_a_log_beside_the_file_is_read_and_left_alone(make: Make, tmp_path: Path) -> None:
    path = make()
    writer = sqlite3.connect(path)
    writer.execute("PRAGMA journal_mode = WAL")
    writer.execute("INSERT INTO customers VALUES (3, 'c')")
    writer.commit()
    live = raw_of(path)
    copied = tmp_path / "copied"
    copied.mkdir()
    for one in ("shop.sqlite", "shop.sqlite-wal"):
        (copied / one).write_bytes((tmp_path / one).read_bytes())
    before = {one.name: one.read_bytes() for one in copied.iterdir()}
    left = raw_of(copied / "shop.sqlite")
    assert (live.rows, left.rows) == (3, 3)
    assert left.digest != hashlib.sha256(before["shop.sqlite"]).hexdigest()
    assert {one.name: one.read_bytes() for one in copied.iterdir()} == before
    writer.close()
    assert raw_of(path).rows == 3
    assert sorted(one.name for one in tmp_path.iterdir()) == ["copied", "shop.sqlite"]


def test_the_journal_of_a_killed_writer_is_played_back_in_a_copy(make: Make, tmp_path: Path) -> None:
    path = make([(row, "x" * 500) for row in range(2_000)])
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("PRAGMA cache_size = 5")
    writer.execute("BEGIN")
    writer.execute("DELETE FROM customers WHERE c0 >= 100")
    killed = tmp_path / "killed"
    killed.mkdir()
    for one in ("shop.sqlite", "shop.sqlite-journal"):
        (killed / one).write_bytes((tmp_path / one).read_bytes())
    writer.execute("ROLLBACK")
    writer.close()
    before = {one.name: one.read_bytes() for one in killed.iterdir()}
    assert raw_of(killed / "shop.sqlite").rows == 2_000
    assert {one.name: one.read_bytes() for one in killed.iterdir()} == before


def test_a_file_that_is_being_written_says_so(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make()
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("BEGIN EXCLUSIVE")
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *given, **named: connect(*given, **(named | {"timeout": 0.1})))
    with pytest.raises(ResourceError, match="another program"):
        raw_of(path)
    writer.close()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda content: content[:-200], "file_truncated"),
        (lambda content: content[:60], "file_truncated"),
        (lambda content: content[:12_288] + b"\xff" * 4_096 + content[16_384:], "file_truncated"),
        (lambda content: b"", "empty_file"),
        (lambda content: hashlib.shake_256(b"salt").digest(8_192), "encrypted"),
        (lambda content: b"\x00" * 4_096, "not_a_table"),
    ],
)
def test_damaged_files_are_told_by_what_they_lack(make: Make, change: Callable[[bytes], bytes], code: str) -> None:
    path = make([(row, "x" * 100) for row in range(500)])
    path.write_bytes(change(path.read_bytes()))
    assert refused(path).code == code


def test_a_packed_database_is_read(make: Make, tmp_path: Path) -> None:
    import gzip

    packed = tmp_path / "shop.sqlite.gz"
    packed.write_bytes(gzip.compress(make().read_bytes()))
    assert raw_of(packed).rows == 2


def test_a_table_without_rows_keeps_its_columns(make: Make) -> None:
    raw = raw_of(make((), script="CREATE TABLE t (a, b)"))
    assert (raw.rows, raw.frame.columns) == (0, ["a", "b"])
    assert refused(make((), script="PRAGMA user_version = 1", name="none.db")).code == "no_rows"


CELLS = st.one_of(
    st.none(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False),
    st.text("ab \x00é1", max_size=4),
    st.binary(max_size=3),
)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.tuples(CELLS, CELLS, st.integers(0, 9)), min_size=1, max_size=12), size=st.integers(1, 5))
def test_parts_are_the_whole_whatever_their_size(tmp_path_factory: Any, rows: list[Any], size: int) -> None:
    path = tmp_path_factory.mktemp("db") / "any.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (a, b, c)")
    connection.executemany("INSERT INTO t VALUES (?, ?, ?)", rows)
    connection.commit()
    connection.close()
    source = open_source(path)
    whole, parts = sqlite.read_raw(source), list(sqlite.batches(source, size))
    assert pl.concat([one.frame for one in parts]).equals(whole.frame)
    assert [one.findings for one in parts[:-1]] == [()] * (len(parts) - 1)
    assert parts[-1].findings == whole.findings
    assert all(one.digest == whole.digest for one in parts)
    for name, place in (("a", 0), ("b", 1)):
        kinds = {type(row[place]) for row in rows} - {type(None)}
        if len(kinds) == 1:
            assert whole.frame[name].to_list() == [row[place] for row in rows]


def test_a_query_that_gives_other_rows_each_time_is_told(make: Make) -> None:
    source = open_source(make([(1,)]), query="SELECT CASE WHEN abs(random()) % 2 THEN 1 ELSE 'a' END AS a")
    told = set()
    for _ in range(64):
        try:
            told.add(next(iter(sqlite.batches(source, 10))).rows)
        except SourceError as error:
            told.add(error.happened)
    assert told == {1, "shop.sqlite, the query gives other rows each time it is asked"}
