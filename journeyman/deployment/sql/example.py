"""A small table to try a SELECT on: made-up rows, never people's, and what the bundle answers them."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from journeyman.bundle.model import Model
from journeyman.deployment.sql.dialect import Dialect
from journeyman.table.columns import MISSING_WORD

_EPOCH = datetime(1970, 1, 1)
EXPECTED = "expected "


def example(model: Model, dialect: Dialect, table: str) -> str:
    """A temporary table of the golden rows, with the answers that are expected beside them.

    Parameters
    ----------
    table : its name; in the session that makes it, it stands before a lasting table of that name
    """
    rows = typed_rows(model)
    count = len(next(iter(rows.values())))
    wanted = model.predict([{name: cells[row] for name, cells in rows.items()} for row in range(count)]).as_columns()
    kinds = {column.name: column.kind for column in (*model.columns, *model.manifest.rule_columns)}
    columns = [(name, dialect.column_types[kinds[name]], cells) for name, cells in rows.items()]
    for name, cells in wanted.items():
        is_word = isinstance(cells, np.ndarray) and cells.dtype == object
        kind = "category" if is_word else "number"
        columns.append((f"{EXPECTED}{name}", dialect.column_types[kind], cells.tolist()))
    quoted = dialect.identifier(table)
    made = ",\n".join(f"  {dialect.identifier(name)} {kind}" for name, kind, _ in columns)
    lines = [f"  ({', '.join(_literal(cells[row], dialect) for _, _, cells in columns)})" for row in range(count)]
    head = "-- Made-up rows to try model.sql on, in the same session: the table is temporary.\n"
    return (
        f"{head}CREATE TEMPORARY TABLE {quoted} (\n{made}\n);\nINSERT INTO {quoted} VALUES\n"
        + ",\n".join(lines)
        + ";\n"
    )


def typed_rows(model: Model) -> dict[str, list[Any]]:
    """The golden rows as a database's types have them: cells by column."""
    cells = {name: list(column) for name, column in model.manifest.golden_cells.items()}
    columns = model.read_cells(cells, len(next(iter(cells.values())))).columns
    found: dict[str, list[Any]] = {}
    for column in model.columns:
        if column.kind in ("number", "flag"):
            values = columns.numbers[:, columns.number_names.index(column.name)].tolist()
            is_flag = column.kind == "flag"
            found[column.name] = [None if math.isnan(one) else bool(one) if is_flag else one for one in values]
        elif column.kind == "date":
            place = columns.date_names.index(column.name)
            pairs = zip(columns.dates[:, place].tolist(), columns.dates_missing[:, place].tolist(), strict=True)
            found[column.name] = [None if gone else _moment(at) for at, gone in pairs]
        elif column.kind == "category":
            words = columns.words[columns.word_names.index(column.name)].cells().tolist()
            found[column.name] = [None if word == MISSING_WORD else word for word in words]
        else:
            found[column.name] = cells[column.name]
    for column in model.manifest.rule_columns:
        found.setdefault(column.name, [None] * columns.rows)
    return found


def _moment(at: int) -> datetime | None:
    try:
        return _EPOCH + timedelta(microseconds=at // 1000 * 1000)
    except OverflowError:
        return None


def _literal(cell: Any, dialect: Dialect) -> str:
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return "NULL"
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return dialect.threshold(cell)
    return dialect.text(cell.isoformat(" ") if isinstance(cell, datetime) else str(cell))
