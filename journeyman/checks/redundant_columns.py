"""Columns that say the same as another one: copies, other names of the same levels, the same amount in other units."""

from __future__ import annotations

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.check import looked_at, sample
from journeyman.checks.evidence.coded import Coded, coded
from journeyman.checks.identifier import why_identifier
from journeyman.table.columns import Integers, Numbers
from journeyman.table.finding import Finding, Remedy, Skip
from journeyman.table.schema import Column
from journeyman.table.table import Table

#: Correlation from which on two numbers are one but for rounding, and rows that are looked at.
SAME, MOST_ROWS = 0.99999, 5_000
MOST_COLUMNS, MOST_NUMBERS = 60, 400
FEWEST_VALUES, FEWEST_ROWS = 10, 20
_TOLD = 4


def look(table: Table, brief: Brief) -> Finding | Skip | None:
    """One finding with the groups of columns that stand for each other, row by row.

    Words and codes are one where each value of the one goes with one value of the other, gaps with gaps; numbers where
    one is a multiple of the other, and an amount more or less, but for rounding.
    """
    columns = tuple(column for column in looked_at(table, brief) if not why_identifier(table, column))
    if len(columns) < 2 or table.rows < FEWEST_ROWS:
        return Skip("there are not two columns, or too few rows, to compare")
    groups = _of_levels(table, columns)
    groups += [one for one in _of_numbers(table, columns) if not any(set(one) <= set(other) for other in groups)]
    if not groups:
        return None
    shown = "; ".join(" = ".join(repr(name) for name in group[:4]) for group in groups[:_TOLD])
    more = "; …" if len(groups) > _TOLD else ""
    extra = sum(len(group) - 1 for group in groups)
    return Finding(
        code="redundant_columns",
        severity="info",
        message=f"{extra:,} {'column says' if extra == 1 else 'columns say'} the same as another one: {shown}{more}",
        columns=tuple(name for group in groups for name in group),
        numbers={"groups": [list(group) for group in groups[:20]], "extra": extra},
        remedy=Remedy(words="one of each is enough; reasons may name either"),
    )


def _of_levels(table: Table, columns: tuple[Column, ...]) -> list[tuple[str, ...]]:
    """Columns whose codes are equal once they are numbered in the order in which they first appear."""
    _, codes = coded(table, columns, MOST_COLUMNS)
    groups: dict[bytes, list[str]] = {}
    for one in codes:
        # A column that is another thing in nearly every row goes one to one with any other such.
        if one.levels * 2 <= len(one.codes):
            groups.setdefault(_by_appearance(one).tobytes(), []).append(one.name)
    return [tuple(group) for group in groups.values() if len(group) > 1]


def _by_appearance(one: Coded) -> Integers:
    values, first, places = np.unique(one.codes, return_index=True, return_inverse=True)
    number = np.empty(len(values), np.int64)
    number[np.argsort(first, kind="stable")] = np.arange(len(values))
    if len(values) and values[0] == -1:
        number = np.where(values == -1, -1, number - (number > number[0]))
    return number[places]


def _of_numbers(table: Table, columns: tuple[Column, ...]) -> list[tuple[str, ...]]:
    rows = sample(table.rows, MOST_ROWS)
    held: dict[str, Numbers] = {}
    for column in columns:
        value = table.values[column.name]
        if column.kind == "number" and isinstance(value, np.ndarray) and len(held) < MOST_NUMBERS:
            cells = value[rows]
            gaps = np.isnan(cells)
            there = cells[~gaps]
            if len(there) >= FEWEST_ROWS and len(np.unique(there)) >= FEWEST_VALUES and float(there.std()) > 0:
                plain = np.where(gaps, 0.0, (cells - there.mean()) / there.std())
                held[column.name] = plain / np.sqrt(len(there))
    if len(held) < 2:
        return []
    names = list(held)
    block = np.column_stack([held[name] for name in names])
    alike = np.abs(block.T @ block)
    groups: list[tuple[str, ...]] = []
    taken: set[int] = set()
    for place in range(len(names)):
        if place in taken:
            continue
        same = [
            other for other in np.flatnonzero(alike[place] >= SAME).tolist() if other > place and other not in taken
        ]
        same = [other for other in same if _gaps_agree(table, names[place], names[other], rows)]
        if same:
            taken.update(same)
            groups.append(tuple(names[other] for other in (place, *same)))
    return groups


def _gaps_agree(table: Table, one: str, other: str, rows: Integers) -> bool:
    return bool(np.array_equal(table.missing(one)[rows], table.missing(other)[rows]))
