"""Do databases answer as the bundle does, how long is the SELECT, and how fast is it?

    python benchmarks/exported_sql.py [--postgresql ADDRESS] [--only TASK] [--rows N]
    python benchmarks/exported_sql.py --run RUN TABLE.parquet [--postgresql ADDRESS]
    python benchmarks/exported_sql.py --table

Small plans of every shape that can be said are fitted on a table of hostile names and levels, exported, and run on rows
that are missing, unseen, extreme or at the edge of a threshold; with RUN, a real run on its own table. ADDRESS is of a
PostgreSQL database in which a table ``measured`` may be made. DuckDB runs without its optimizer, as the README of an
export advises. What is refused is written down with its reason. Rows of results are replaced by name.
"""

from __future__ import annotations

import argparse
import json
import math
import sqlite3
import sys
import tempfile
import time
import warnings
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import exported_shapes as shapes
import numpy as np
from machine import machine

import journeyman as jm
from journeyman.deployment.sql.dialect import Dialect, dialects
from journeyman.deployment.sql.statement import statement
from journeyman.errors import InputError

RESULTS = Path(__file__).parent / "results" / "exported_sql.json"
TABLE, NUMBER = "measured", "row number"
Cells = Mapping[str, Sequence[Any]]


def main() -> None:
    """Measure, or show what was measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--postgresql", metavar="ADDRESS")
    parser.add_argument("--only", default="", help="a task")
    parser.add_argument("--rows", type=int, default=1000)
    parser.add_argument("--run", nargs=2, metavar=("RUN", "TABLE"))
    parser.add_argument("--table", action="store_true")
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    if given.table:
        sys.stdout.write(told(json.loads(RESULTS.read_text())["results"]))
    elif given.run:
        _real(Path(given.run[0]), Path(given.run[1]), given.rows, given.postgresql)
    else:
        for task in ("binary", "multiclass", "regression"):
            if given.only in task:
                _made(task, given.rows, given.postgresql)


def _made(task: str, count: int, address: str | None) -> None:
    cells = shapes.rows(count, 5, hard=True)
    columns = shapes.columns_of(shapes.rows(shapes.ROWS, 1, hard=False))
    target = shapes.target_of(task, columns)
    for name, plan in shapes.plans(task, columns, target):
        with tempfile.TemporaryDirectory() as folder:
            bundle = shapes.written(Path(folder) / "bundle", task, plan, columns, target)
            _measure(f"{task}: {name}", bundle, cells, address)


def _real(run: Path, table: Path, count: int, address: str | None) -> None:
    import polars as pl

    model = jm.load(run)
    names = dict.fromkeys(one.name for one in (*model.columns, *model.manifest.rule_columns))
    frame = pl.read_parquet(table).select(list(names)).head(count)
    batch = model.read(frame)
    kinds = {one.name: one.kind for one in (*model.columns, *model.manifest.rule_columns)}
    cells: dict[str, Sequence[Any]] = {}
    for name in names:
        if kinds[name] in ("number", "flag"):
            values = batch.columns.numbers[:, batch.columns.number_names.index(name)].tolist()
            cells[name] = [None if math.isnan(one) else one for one in values]
        else:
            cells[name] = frame[name].cast(pl.String if kinds[name] != "date" else pl.Datetime("us")).to_list()
    _measure(f"real: {run.name}", run / "bundle", cells, address)


def _measure(name: str, bundle: Path, cells: Cells, address: str | None) -> None:
    model = jm.load(bundle)
    wanted = model.predict(dict(cells)).as_columns()
    count = len(next(iter(cells.values())))
    databases = ["duckdb", "sqlite", *(["postgresql"] if address else [])]
    for database in databases:
        dialect = dialects()[database]
        began = time.perf_counter()
        row: dict[str, Any] = {"name": name, "database": database, "rows": count, "columns": len(model.columns)}
        try:
            said = statement(bundle, model.manifest, dialect, (TABLE,), with_status=True)
        except InputError as error:
            row["refused"] = error.because
        else:
            made = time.perf_counter() - began
            kinds = {NUMBER: "number"} | {one.name: one.kind for one in (*model.columns, *model.manifest.rule_columns)}
            numbered = {NUMBER: [float(one) for one in range(count)], **cells}
            names, rows, seconds = _ask(database, said.text, numbered, kinds, address)
            rows = sorted(rows, key=lambda one: one[0])
            row |= {"characters": len(said.text), "compile_seconds": round(made, 2), "seconds": round(seconds, 3)}
            row |= compared(names, rows, wanted, len(numbered))
        _keep(row)
        sys.stderr.write(f"{row}\n")


def compared(
    names: Sequence[str], rows: Sequence[Sequence[Any]], wanted: Mapping[str, Any], before: int
) -> dict[str, Any]:
    """The largest difference of numbers, relative to max(1, |value|), and how many words differ; ties apart."""
    largest, missing, words, ties = 0.0, 0, 0, 0
    chances = np.column_stack([cells for name, cells in wanted.items() if name.startswith("probability_")] or [[0.0]])
    ordered = np.sort(chances, axis=1)
    near = ordered[:, -1] - ordered[:, -2] < 1e-9 if chances.shape[1] > 1 else np.zeros(len(rows), np.bool_)
    for name, cells in wanted.items():
        if name not in names[before:]:
            continue
        got = [row[before + names[before:].index(name)] for row in rows]
        if cells.dtype == object:
            differ = np.array([one != other for one, other in zip(got, cells.tolist(), strict=True)])
            ties += int((differ & near).sum()) if len(near) == len(differ) else 0
            words += int((differ & ~near).sum()) if len(near) == len(differ) else int(differ.sum())
            continue
        numbers = np.array([np.nan if one is None else one for one in got], np.float64)
        missing += int((np.isnan(numbers) != np.isnan(cells)).sum())
        away = np.abs(numbers - cells) / np.maximum(1.0, np.abs(cells))
        largest = max(largest, float(np.nanmax(away, initial=0.0)))
    return {"difference": largest, "missing_differ": missing, "words_differ": words, "ties": ties}


def _ask(
    database: str, sql: str, cells: Cells, kinds: Mapping[str, str], address: str | None
) -> tuple[list[str], list[tuple[Any, ...]], float]:
    """Make the table, run the SELECT; its columns, its rows, and how long it took with all that the database does."""
    sql = sql.strip().rstrip(";")
    if database == "sqlite":
        return _sqlite(sql, cells, kinds)
    if database == "duckdb":
        return _duckdb(sql, cells, kinds)
    return _postgresql(sql, cells, kinds, str(address))


def _create(dialect: Dialect, cells: Cells, kinds: Mapping[str, str]) -> str:
    types = {**dialect.column_types, "flag": dialect.double}
    return f"CREATE TABLE {TABLE} ({', '.join(f'{dialect.identifier(name)} {types[kinds[name]]}' for name in cells)})"


def _sqlite(sql: str, cells: Cells, kinds: Mapping[str, str]) -> tuple[list[str], list[tuple[Any, ...]], float]:
    connection = sqlite3.connect(":memory:")
    connection.execute(_create(dialects()["sqlite"], cells, kinds))
    plain = [[one.isoformat(" ") if isinstance(one, datetime) else one for one in column] for column in cells.values()]
    marks = ", ".join("?" * len(cells))
    connection.executemany(f"INSERT INTO {TABLE} VALUES ({marks})", list(zip(*plain, strict=True)))  # noqa: S608 - marks alone
    began = time.perf_counter()
    cursor = connection.execute(sql)
    rows = cursor.fetchall()
    return [one[0] for one in cursor.description], rows, time.perf_counter() - began


def _arrow(cells: Cells, kinds: Mapping[str, str]) -> Any:
    import pyarrow as pa

    types = {"number": pa.float64(), "flag": pa.float64(), "date": pa.timestamp("us")}
    columns = {name: pa.array(list(column), types.get(kinds[name], pa.string())) for name, column in cells.items()}
    return pa.table(columns)


def _duckdb(sql: str, cells: Cells, kinds: Mapping[str, str]) -> tuple[list[str], list[tuple[Any, ...]], float]:
    import duckdb

    connection = duckdb.connect()
    connection.execute("PRAGMA disable_optimizer")
    connection.execute("SET threads = 1")
    connection.execute(_create(dialects()["duckdb"], cells, kinds))
    table = _arrow(cells, kinds)
    connection.register("given", table.rename_columns([f"c{place}" for place in range(table.num_columns)]))
    connection.execute(f"INSERT INTO {TABLE} SELECT * FROM given")  # noqa: S608 - our own word
    began = time.perf_counter()
    result = connection.execute(sql)
    rows = result.fetchall()
    return [one[0] for one in result.description], rows, time.perf_counter() - began


def _postgresql(
    sql: str, cells: Cells, kinds: Mapping[str, str], address: str
) -> tuple[list[str], list[tuple[Any, ...]], float]:
    import adbc_driver_manager as manager
    import adbc_driver_postgresql as driver
    import pyarrow as pa

    connection = manager.AdbcConnection(driver.connect(address))
    for one in (f"DROP TABLE IF EXISTS {TABLE}", _create(dialects()["postgresql"], cells, kinds)):
        asked = manager.AdbcStatement(connection)
        asked.set_sql_query(one)
        asked.execute_update()
        asked.close()
    asked = manager.AdbcStatement(connection)
    asked.set_options(**{"adbc.ingest.target_table": TABLE, "adbc.ingest.mode": "adbc.ingest.mode.append"})
    asked.bind_stream(_arrow(cells, kinds).to_reader())
    asked.execute_update()
    asked.close()
    asked = manager.AdbcStatement(connection)
    asked.set_sql_query(sql)
    began = time.perf_counter()
    handle, _ = asked.execute_query()
    table = pa.RecordBatchReader._import_from_c(handle.address).read_all()
    seconds = time.perf_counter() - began
    rows = list(zip(*(table.column(place).to_pylist() for place in range(table.num_columns)), strict=True))
    names = list(table.column_names)
    asked.close()
    connection.close()
    return names, rows, seconds


def _keep(row: dict[str, Any]) -> None:
    """Write a row of results in the place of the one of its name and database."""
    known = json.loads(RESULTS.read_text())["results"] if RESULTS.exists() else []
    key = (row["name"], row["database"])
    results = [one for one in known if (one["name"], one["database"]) != key] + [row]
    RESULTS.write_text(
        json.dumps({"machine": machine(), "databases": _versions(), "results": results}, indent=1) + "\n"
    )


def _versions() -> dict[str, str]:
    import duckdb

    return {"duckdb": duckdb.__version__, "sqlite": sqlite3.sqlite_version}


def told(results: Sequence[Mapping[str, Any]]) -> str:
    """A line a plan and database, as a table."""
    lines = [
        "| plan | database | characters | seconds | largest difference | words that differ |",
        "|---|---|--:|--:|--:|--:|",
    ]
    for one in results:
        if "refused" in one:
            lines.append(f"| {one['name']} | {one['database']} | refused: {one['refused']} | | | |")
            continue
        cells = [f"{one['characters']:,}", f"{one['seconds']:.2f}", f"{one['difference']:.1e}", one["words_differ"]]
        lines.append(f"| {one['name']} | {one['database']} | {' | '.join(map(str, cells))} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
