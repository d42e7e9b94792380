"""Rows that occur several times: one of the copies in training would give away the answer of another in a test."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.check import looked_at, row_numbers, some
from journeyman.checks.evidence.cell_hashes import Hashes, cell_hashes
from journeyman.checks.identifier import why_identifier
from journeyman.table.columns import Flags, Integers
from journeyman.table.finding import Finding, Remedy, Skip
from journeyman.table.table import Table

#: Duplicates are copies when there are this many times as many pairs as chance explains.
BEYOND_CHANCE = 3.0
#: Where chance alone makes equal rows, clusters of more rows than this on average are coincidence: columns that hang
#: together make more equal rows than the estimate can know.
LARGE_CLUSTER = 5.0
#: Up to this share of rows, keeping duplicates together costs nothing, so it is done whatever they come from.
HARMLESS_SHARE = 0.02
#: After so many columns it is asked whether they tell all rows apart.
_ASKED = 8


@dataclass(frozen=True)
class Duplicates:
    """What is known of equal rows.

    Parameters
    ----------
    codes : (rows,) the same for equal rows
    rows : (rows,) whether a row has an equal one
    clusters : how many different rows occur several times
    pairs : how many pairs of equal rows there are
    by_chance : how many pairs of equal rows would be there if no row was copied
    is_narrow : whether even columns that have nothing to do with each other would make equal rows
    """

    codes: Integers
    rows: Flags
    clusters: int
    pairs: float
    by_chance: float
    is_narrow: bool

    @property
    def share(self) -> float:
        """The share of rows that have an equal one."""
        return float(self.rows.mean()) if len(self.rows) else 0.0

    @property
    def are_copies(self) -> bool:
        """Whether there are more equal rows than a table with so few different cells must have."""
        if self.is_narrow and self.rows.sum() > LARGE_CLUSTER * self.clusters:
            return False
        return self.pairs > BEYOND_CHANCE * self.by_chance


def look(table: Table, brief: Brief) -> Finding | Skip | None:
    """How many rows are equal in every cell but their id, and whether they are copies or mere coincidence.

    Copies are kept on one side of every split, never deleted. In a narrow table of few categories, equal rows are
    different cases that look alike; tying them together would only make the score wrong.
    """
    names = compared(table, brief)
    if not names:
        return Skip("there is no column to compare")
    found = find(table, brief)
    if not found.clusters:
        return None
    count = int(found.rows.sum())
    message = f"{some(count, 'row')} of {table.rows:,} occur several times ({some(found.clusters, 'cluster')})"
    numbers = {"rows": count, "clusters": found.clusters, "extra": count - found.clusters, "share": found.share}
    numbers |= {"pairs": found.pairs, "pairs_by_chance": round(found.by_chance, 3)}
    if _is_grouped(found):
        return Finding(
            code="duplicate_rows",
            severity="warning" if found.are_copies else "info",
            message=f"{message}; {some(count - found.clusters, 'is a copy', 'are copies')} of another",
            rows=row_numbers(table, np.flatnonzero(found.rows)),
            numbers=numbers,
            remedy=Remedy(action="group", words="equal rows are kept on one side of every split"),
        )
    return Finding(
        code="duplicate_rows",
        severity="info",
        message=f"{message}, as is to be expected of columns with so few different values",
        rows=row_numbers(table, np.flatnonzero(found.rows)),
        numbers=numbers,
        remedy=Remedy(action="none", words="they are taken for different cases that look alike"),
    )


def clusters(table: Table, brief: Brief) -> Integers:
    """Which rows belong together, (rows,): equal numbers for copies; every row its own number where there are none."""
    found = find(table, brief)
    return found.codes if _is_grouped(found) else np.arange(table.rows)


def find(table: Table, brief: Brief) -> Duplicates:
    """Look for equal rows, in all columns that the brief does not set aside and that are no ids.

    Chance is measured in the table itself. Pairs that differ in one column only show how closely cases lie together:
    where a pair agrees on all columns but one, it agrees on that one too with at least the probability that two rows
    drawn at random do. Tables that are rich enough for equal rows to be copies have hardly any such pairs.
    """
    names = compared(table, brief)
    # A sum of well mixed hashes: one column can be taken out by subtraction. Overflow is meant.
    whole: Hashes = np.zeros(table.rows, np.uint64)
    for place, name in enumerate(names):
        whole += cell_hashes(table.values[name], place)
        # Where some columns tell all rows apart, the others need not be looked at.
        if (place + 1) % _ASKED == 0 and _is_distinct(whole):
            names = []
            break
    if not names or table.rows < 2:
        return Duplicates(np.arange(table.rows), np.zeros(table.rows, np.bool_), 0, 0.0, 0.0, False)
    _, first, codes, counts = np.unique(whole, return_index=True, return_inverse=True, return_counts=True)
    pairs = _pairs(counts)
    per_column = (cell_hashes(table.values[name], place) for place, name in enumerate(names))
    by_chance = _by_chance(whole, per_column, pairs, first) if pairs else (0.0, 0.0)
    clusters_there = int((counts > 1).sum())
    codes = codes.astype(np.int64)
    return Duplicates(codes, counts[codes] > 1, clusters_there, pairs, max(by_chance), by_chance[1] >= 1)


def _is_distinct(hashes: Hashes) -> bool:
    ordered = np.sort(hashes)
    return not bool((ordered[1:] == ordered[:-1]).any())


def _is_grouped(found: Duplicates) -> bool:
    return found.clusters > 0 and (found.are_copies or found.share <= HARMLESS_SHARE)


def compared(table: Table, brief: Brief) -> list[str]:
    """The columns in which rows are compared: those that could be features and are no ids, and the target last."""
    columns = [column for column in looked_at(table, brief) if not why_identifier(table, column)]
    target = [brief.predict] if brief.predict in table.schema and columns else []
    return [column.name for column in columns] + target


def _by_chance(whole: Hashes, per_column: Iterable[Hashes], pairs: float, first: Integers) -> tuple[float, float]:
    """Pairs of equal rows that chance makes, by the near pairs, and by independent columns (a lower bound each).

    How often two cells of a column agree is counted over different rows only, or copies would explain themselves.
    """
    all_pairs = len(whole) * (len(whole) - 1) / 2
    by_near, independent = 0.0, all_pairs
    for column in per_column:
        agree = _pairs(_run_lengths(np.sort(column[first]))) / max(len(first) * (len(first) - 1) / 2, 1)
        independent *= agree
        if agree < 1:
            near = _pairs(_run_lengths(np.sort(whole - column))) - pairs
            by_near = max(by_near, near * agree / (1 - agree))
    return by_near, independent


def _pairs(counts: Integers) -> float:
    sizes = counts.astype(np.float64)
    return float((sizes * (sizes - 1) / 2).sum())


def _run_lengths(ordered: Hashes) -> Integers:
    edges = np.flatnonzero(ordered[1:] != ordered[:-1]) + 1
    return np.diff(np.concatenate([[0], edges, [len(ordered)]]))
