"""How long a table of a database takes to read, and in how much memory; beside pandas and polars.

    python benchmarks/databases.py [--rows N] [--postgresql ADDRESS]
    python benchmarks/databases.py --table

Makes one table of whole numbers, numbers, words and dates, writes it to SQLite and DuckDB (and to PostgreSQL where an
ADDRESS is given of a database in which a table ``measured`` may be made), and reads it in a process of its own each
time: by us at once and in parts, by pandas' ``read_sql`` and polars' ``read_database``. Peers get the very statement.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from machine import machine

RESULTS = Path(__file__).parent / "results" / "databases.json"
QUERY = "SELECT * FROM measured"
READERS = ("ours", "ours in parts", "pandas", "polars")
REPEATS = 3
_DUCKDB = """
CREATE TABLE measured AS SELECT range AS id, range % 97 AS age, (range * 7919 % 100003) / 7.0 AS income,
    (range * 104729 % 99991) / 3.0 AS balance, 'city ' || range % 50 AS city, 'word ' || range AS note,
    range % 3 = 0 AS flag, DATE '2020-01-01' + CAST(range % 1500 AS INTEGER) AS day,
    CASE WHEN range % 10 > 0 THEN range % 1000 END AS visits, 'group ' || range % 5 AS kind
FROM range(?)
"""
_POSTGRESQL = """
CREATE TABLE measured AS SELECT n AS id, n % 97 AS age, (n::float8 * 7919) / 7 AS income, n / 3.0::float8 AS balance,
    'city ' || n % 50 AS city, 'word ' || n AS note, n % 3 = 0 AS flag, date '2020-01-01' + n % 1500 AS day,
    CASE WHEN n % 10 > 0 THEN n % 1000 END AS visits, 'group ' || n % 5 AS kind
FROM generate_series(1, {}) AS n
"""


def main() -> None:
    """Measure, or show what was measured."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--postgresql", metavar="ADDRESS")
    parser.add_argument("--table", action="store_true")
    parser.add_argument("--read", nargs=3, metavar=("READER", "KIND", "PLACE"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.read:
        print(json.dumps(_read(*given.read)))  # noqa: T201 - the answer to the process that asked
    elif given.table:
        _show(json.loads(RESULTS.read_text()))
    else:
        _measure(given.rows, given.postgresql)


def _measure(rows: int, address: str | None) -> None:
    found = []
    with tempfile.TemporaryDirectory() as folder:
        places = _written(Path(folder), rows, address)
        for kind, place in places.items():
            for reader in READERS:
                runs = [_asked(reader, kind, place) for _ in range(REPEATS)]
                if runs[0] is None:
                    continue
                best = min((one for one in runs if one), key=lambda one: one["cpu_seconds"])
                found.append({"database": kind, "reader": reader, "table_rows": rows, **best})
                print(found[-1], file=sys.stderr)  # noqa: T201 - progress
    RESULTS.write_text(
        json.dumps({"machine": machine(), "load": os.getloadavg()[0], "results": found}, indent=1) + "\n"
    )
    _show(json.loads(RESULTS.read_text()))


def _asked(reader: str, kind: str, place: str) -> dict[str, Any] | None:
    command = [sys.executable, __file__, "--read", reader, kind, place]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{reader} cannot read {kind}: {done.stderr.strip().splitlines()[-1][:200]}", file=sys.stderr)  # noqa: T201 - progress
        return None
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _written(folder: Path, rows: int, address: str | None) -> dict[str, str]:
    import duckdb

    path = folder / "measured.duckdb"
    connection = duckdb.connect(str(path))
    connection.execute(_DUCKDB, [rows])
    cells = connection.execute(QUERY).fetchall()
    names = [one[0] for one in connection.description]
    connection.close()
    other = sqlite3.connect(folder / "measured.sqlite")
    other.execute(f"CREATE TABLE measured ({', '.join(names)})")
    listed = ([str(cell) if hasattr(cell, "isoformat") else cell for cell in row] for row in cells)
    marks = ", ".join("?" * len(names))
    other.executemany(f"INSERT INTO measured VALUES ({marks})", listed)  # noqa: S608 - marks alone
    other.commit()
    other.close()
    places = {"sqlite": str(folder / "measured.sqlite"), "duckdb": str(path)}
    if address:
        _copied(address, rows)
        places["postgresql"] = address
    return places


def _copied(address: str, rows: int) -> None:
    import adbc_driver_manager
    import adbc_driver_postgresql

    connection = adbc_driver_manager.AdbcConnection(adbc_driver_postgresql.connect(address))
    for sql in ("DROP TABLE IF EXISTS measured", _POSTGRESQL.format(int(rows))):
        statement = adbc_driver_manager.AdbcStatement(connection)
        statement.set_sql_query(sql)
        statement.execute_update()
        statement.close()
    connection.close()


def _read(reader: str, kind: str, place: str) -> dict[str, Any]:
    """Read once; seconds without the start of Python, with the import of the reader; the largest resident memory."""
    began, used = time.perf_counter(), time.process_time()
    rows = _readers()[reader](kind, place)
    seconds, cpu = time.perf_counter() - began, time.process_time() - used
    # Not ru_maxrss: a process inherits that of the one that started it.
    status = Path("/proc/self/status").read_text()
    peak = int(status.partition("VmHWM:")[2].split()[0]) / 1024
    return {"seconds": round(seconds, 2), "cpu_seconds": round(cpu, 2), "peak_mb": round(peak), "rows": rows}


def _readers() -> dict[str, Any]:
    return {"ours": _ours, "ours in parts": _ours_in_parts, "pandas": _pandas, "polars": _polars}


def _ours(kind: str, place: str) -> int:
    from journeyman.sources.read import read_raw

    return read_raw(place, query=QUERY).rows


def _ours_in_parts(kind: str, place: str) -> int:
    from journeyman.plan.shelf import modules
    from journeyman.sources.source import open_source

    source = open_source(place, query=QUERY)
    module = next(one for one in modules("sources") if one.__name__ == f"journeyman.sources.{kind}")
    return sum(one.rows for one in module.batches(source, 2**17))


def _pandas(kind: str, place: str) -> int:
    import pandas

    return len(pandas.read_sql(QUERY, _connection(kind, place)))


def _polars(kind: str, place: str) -> int:
    import polars

    return polars.read_database(QUERY, _connection(kind, place)).height


def _connection(kind: str, place: str) -> Any:
    """As each peer is used by those who use it."""
    if kind == "sqlite":
        return sqlite3.connect(place)
    if kind == "duckdb":
        import duckdb

        return duckdb.connect(place, read_only=True)
    import adbc_driver_postgresql.dbapi

    return adbc_driver_postgresql.dbapi.connect(place)


def _show(found: dict[str, Any]) -> None:
    print(f"load {found['load']:.1f} on {found['machine']['cores']} cores: CPU seconds are the surer figure\n")  # noqa: T201 - what was measured
    print("| database | reader | seconds | CPU seconds | peak MB | rows |\n|---|---|--:|--:|--:|--:|")  # noqa: T201 - what was measured
    for one in found["results"]:
        figures = " | ".join(f"{one[name]:,}" for name in ("seconds", "cpu_seconds", "peak_mb", "rows"))
        print(f"| {one['database']} | {one['reader']} | {figures} |")  # noqa: T201 - what was measured


if __name__ == "__main__":
    main()
