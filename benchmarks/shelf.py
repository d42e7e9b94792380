"""Are faults that were put into real tables on purpose told by the checks that look for them?

    python benchmarks/shelf.py --tasks DIR [--only REGEX] [--out FILE]
    python benchmarks/shelf.py --table [--out FILE]

Each fault is put into each table, in a column drawn at random among those that can have it, and the check that should
tell is asked before and after. What a check says of the same column before is counted, too: it is a false alarm, or a
fault that was there. One row a table and fault is appended; one that has its row is not made again.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import warnings
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from machine import machine
from rows import append, rows_of

from journeyman.brief.brief import Brief
from journeyman.checks import (
    broken_dependency,
    capped_values,
    conflicting_labels,
    duplicate_keys,
    impossible_values,
    missingness,
    near_duplicates,
    outliers,
    row_drift,
    units_mixed,
)
from journeyman.sources.read import read
from journeyman.table.columns import Flags, Numbers, Strings
from journeyman.table.finding import Finding
from journeyman.table.schema import Column, Schema
from journeyman.table.table import Table, Values

Random = np.random.Generator
#: Every so many-th table is held out: no bound was chosen on it.
HELD = 3
#: Rows of a table that are used at most: more only take longer.
MOST_ROWS = 20_000


class Planted(NamedTuple):
    """A table with a fault, and the column that it is in; empty where it is in whole rows."""

    table: Table
    column: str


class Fault(NamedTuple):
    """A fault in words, how it is put in (None where the table cannot have it), and the checks that should tell."""

    name: str
    plant: Callable[[Table, str, Random], Planted | None]
    checks: tuple[Any, ...]


def _with(table: Table, name: str, value: Values, kind: str = "") -> Table:
    schema = table.schema
    if name not in schema:
        schema = Schema((*schema.columns, Column(name=name, kind=kind)))  # type: ignore[arg-type]  # a kind, as given
    return replace(table, schema=schema, values={**table.values, name: value})


def _number(table: Table, target: str, random: Random, *, positive: bool = False) -> str:
    """A column of numbers with many values, drawn at random; empty where there is none."""
    names = []
    for column in table.schema:
        value = table.values[column.name]
        if column.name == target or column.kind != "number" or not isinstance(value, np.ndarray):
            continue
        there = value[~np.isnan(value)]
        if len(there) >= 0.5 * table.rows and len(np.unique(there)) >= 30:
            names += [column.name] if not positive or (there > 0).mean() > 0.95 else []
    return str(random.choice(names)) if names else ""


def _changed(table: Table, name: str, rows: Any, change: Callable[[Numbers], Any]) -> Planted:
    value = np.asarray(table.values[name], np.float64).copy()
    value[rows] = change(value[rows])
    return Planted(_with(table, name, value), name)


def slip(times: float) -> Callable[[Table, str, Random], Planted | None]:
    """One value of the larger half of a column, many times as large."""

    def plant(table: Table, target: str, random: Random) -> Planted | None:
        name = _number(table, target, random)
        if not name:
            return None
        value = np.nan_to_num(np.abs(np.asarray(table.values[name])))
        row = random.choice(np.flatnonzero(value >= np.median(value[value > 0])))
        return _changed(table, name, [row], lambda cells: cells * times)

    return plant


def unit(factor: float) -> Callable[[Table, str, Random], Planted | None]:
    """A twentieth of a column's cells in another unit; only where its bulk lies within the factor."""

    def plant(table: Table, target: str, random: Random) -> Planted | None:
        name = _number(table, target, random, positive=True)
        if not name:
            return None
        there = np.asarray(table.values[name])
        low, high = np.nanquantile(there[there > 0], [0.01, 0.99])
        if high > factor**0.5 * low:
            return None
        return _changed(table, name, random.random(table.rows) < 0.05, lambda cells: cells * factor)

    return plant


def dependency(table: Table, target: str, random: Random) -> Planted | None:
    """A new column of words that another one fixes, in all but three of a thousand rows."""
    names = []
    for column in table.schema:
        value = table.values[column.name]
        if isinstance(value, Strings) and column.kind == "category" and column.name != target:
            levels = int((value.counts() > 0).sum())
            names += [column.name] if 6 <= levels <= table.rows / 20 else []
    if not names:
        return None
    fixed = np.asarray(table.values[str(random.choice(names))].codes, np.int64) % 4  # type: ignore[union-attr]  # words
    broken = random.choice(table.rows, max(2, round(0.003 * table.rows)), replace=False)
    fixed[broken] = (fixed[broken] + 1) % 4
    return Planted(_with(table, "fixed", Strings.of([f"g{one}" for one in fixed]), "category"), "fixed")


def copies(table: Table, target: str, random: Random) -> Planted | None:
    """A hundredth of the rows again, each with one number typed anew; only where there are five rich columns."""
    rich = [
        column.name
        for column in table.schema
        if column.name != target and column.kind == "number" and len(np.unique(table.values[column.name])) > 50
    ]
    if len(rich) < 5:
        return None
    again = random.choice(table.rows, max(6, table.rows // 100), replace=False)
    longer = table.take(np.concatenate([np.arange(table.rows), again]))
    values = dict(longer.values)
    for place, row in enumerate(range(table.rows, longer.rows)):
        name = rich[place % len(rich)]
        cells = np.array(values[name])
        cells[row] = cells[random.integers(table.rows)]
        values[name] = cells
    return Planted(replace(longer, values=values), "")


def conflict(table: Table, target: str, random: Random) -> Planted | None:
    """A twentieth of the rows again, with another class."""
    value = table.values[target]
    cells = value.codes if isinstance(value, Strings) else value
    if not isinstance(cells, np.ndarray) or len(np.unique(cells)) > 30:
        return None
    again = random.choice(table.rows, table.rows // 20, replace=False)
    longer = table.take(np.concatenate([np.arange(table.rows), again]))
    classes = np.array(cells)[np.concatenate([np.arange(table.rows), again])]
    others = np.unique(cells)
    classes[table.rows :] = others[(np.searchsorted(others, classes[table.rows :]) + 1) % len(others)]
    is_words = isinstance(value, Strings)
    return Planted(_with(longer, target, Strings(classes, value.levels) if is_words else classes), target)  # type: ignore[union-attr]  # words


def doubled(table: Table, target: str, random: Random) -> Planted | None:
    """A key for each row, and a tenth of the rows again."""
    keyed = _with(table, "order_id", np.arange(table.rows) + 1000.0, "number")
    again = random.choice(table.rows, table.rows // 10, replace=False)
    return Planted(keyed.take(np.concatenate([np.arange(table.rows), again])), "") if target else None


def begins(table: Table, target: str, random: Random) -> Planted | None:
    """A column that is empty in the first two fifths of the rows."""
    name = _number(table, target, random)
    return _changed(table, name, np.arange(table.rows) < 0.4 * table.rows, lambda _: np.nan) if name else None


def telling_gaps(table: Table, target: str, random: Random) -> Planted | None:
    """Gaps in 30 % of the rows of one half of the target, and in 10 % of those of the other."""
    name = _number(table, target, random)
    if not name:
        return None
    value = table.values[target]
    cells = np.asarray(value.codes if isinstance(value, Strings) else value, np.float64)  # type: ignore[union-attr]  # no dates
    half: Flags = cells > np.nanmedian(cells)
    if not 0.05 < half.mean() < 0.95:
        half = cells >= np.nanmedian(cells)
    gone = random.random(table.rows) < np.where(half, 0.3, 0.1)
    return _changed(table, name, gone, lambda _: np.nan)


def cap(table: Table, target: str, random: Random) -> Planted | None:
    """A column cut off at the value that a twentieth of its cells reach."""
    name = _number(table, target, random)
    if not name:
        return None
    top = float(np.nanquantile(table.values[name], 0.95))
    return _changed(table, name, slice(None), lambda cells: np.minimum(cells, top))


FAULTS = (
    Fault("one value a million times too large", slip(1e6), (outliers, impossible_values)),
    Fault("one value a thousand times too large", slip(1e3), (outliers, impossible_values)),
    Fault("5 % of the cells in a unit of 1,000", unit(1000.0), (units_mixed,)),
    Fault("5 % of the cells in a unit of 100", unit(100.0), (units_mixed,)),
    Fault("a dependency broken in 0.3 % of the rows", dependency, (broken_dependency,)),
    Fault("1 % of the rows again, one cell typed anew", copies, (near_duplicates,)),
    Fault("5 % of the rows again, with another class", conflict, (conflicting_labels,)),
    Fault("10 % of the rows doubled by a join", doubled, (duplicate_keys,)),
    Fault("a column that begins late", begins, (row_drift,)),
    Fault("gaps that tell of the target (30 % and 10 %)", telling_gaps, (missingness,)),
    Fault("a column cut off at its 95 %", cap, (capped_values,)),
)


def tells(fault: Fault, table: Table, target: str, column: str) -> bool:
    """Whether a check of the fault speaks of the column, or, without one, of the rows."""
    for check in fault.checks:
        answer = check.look(table, Brief(predict=target))
        for one in answer if isinstance(answer, tuple) else (answer,):
            is_told = isinstance(one, Finding) and (not column or column in one.columns)
            if is_told and (check is not missingness or column in one.numbers["tell_target"]):
                return True
    return False


def judge(table: Table, target: str, fault: Fault) -> dict[str, Any] | None:
    """Whether the fault is told, and was told of the same column before; None where the table cannot have it."""
    random = np.random.default_rng(zlib.crc32(f"{table.name} {fault.name}".encode()))
    planted = fault.plant(table, target, random)
    if planted is None:
        return None
    before = (planted.column in table.schema or not planted.column) and tells(fault, table, target, planted.column)
    return {
        "column": planted.column,
        "seen": tells(fault, planted.table, target, planted.column),
        "before": bool(before),
    }


def table_of(rows: list[dict[str, Any]]) -> str:
    """One line a fault."""
    lines = ["| fault | tables | told | told without it | held out: tables | told |", "|---|--:|--:|--:|--:|--:|"]
    held = {name for place, name in enumerate(sorted({row["table"] for row in rows})) if place % HELD == HELD - 1}
    for fault in FAULTS:
        found = [row for row in rows if row["fault"] == fault.name]
        if found:
            apart = [row["seen"] for row in found if row["table"] in held]
            shares = [f"{np.mean([row[one] for row in found]):.0%}" for one in ("seen", "before")]
            share = f"{np.mean(apart):.0%}" if apart else "–"
            lines.append(f"| {fault.name} | {len(found)} | {' | '.join(shares)} | {len(apart)} | {share} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Look at what has no row yet, or show what is there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "shelf.jsonl")
    parser.add_argument("--table", action="store_true")
    given = parser.parse_args()
    if given.table:
        sys.stdout.write(table_of(rows_of(given.out)))
        return
    if given.tasks is None:
        parser.error("--tasks DIR says where the tables are")
    warnings.simplefilter("ignore")
    done = {(row["table"], row["fault"]) for row in rows_of(given.out)}
    for folder in sorted(given.tasks.iterdir()):
        if not (folder / "card.json").exists() or not re.search(given.only, folder.name):
            continue
        target = json.loads((folder / "card.json").read_text(encoding="utf-8"))["target"].strip()
        table = replace(read(folder / "table.parquet", target=target), name=folder.name)
        table = table.take(np.arange(min(table.rows, MOST_ROWS)))
        for fault in FAULTS:
            row = judge(table, target, fault) if (folder.name, fault.name) not in done else None
            if row is not None:
                append(given.out, {"table": folder.name, "fault": fault.name, **row, **machine()})


if __name__ == "__main__":
    main()
