"""Rows that are another row but for a slip: other blanks or capitals, a rounded number, one cell typed anew."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.check import row_numbers, some
from journeyman.checks.duplicate_rows import compared
from journeyman.checks.evidence.cell_hashes import Hashes, alike, cell_hashes
from journeyman.table.columns import TERM_END, Integers, Numbers, Strings
from journeyman.table.finding import Finding, Remedy, Skip
from journeyman.table.said import share
from journeyman.table.table import Dates, Table, Values

#: In narrower tables, rows that differ in one column are cases that differ in one column.
FEWEST_COLUMNS = 5
#: Longer tables are not looked at for rows that differ in one column, and beyond the other bound not at all.
MOST_ROWS, MOST_COMPARED, MOST_COLUMNS = 50_000, 2_000_000, 60
#: How improbable it must be that two rows drawn at random agree in all but one column, were columns independent, by
#: how many pairs there are; and of the pairs, how many may differ in one and the same column, or it is what varies.
CHANCE, IN_ONE = 1e-6, 0.5
FEWEST_PAIRS = 3
#: From this share of the rows on, a score that parts them is too good.
MUCH = 0.05
#: A cluster of more rows is a kind of case.
MOST_TOGETHER = 10
_PLAIN, _LETTERS = re.compile(r"[\W_]+"), re.compile(r"[\W\d_]+")
#: Texts that are shorter without their digits are compared with them.
SHORTEST_TEXT = 20
_DIGITS = 4


def look(table: Table, brief: Brief) -> Finding | Skip | None:
    """How many rows are nearly another one, beside those that are equal to one (``duplicate_rows``).

    Rows count when they are equal once blanks, marks and case are left out and numbers are rounded to four digits; or
    when they differ in one cell only, in a table so rich that chance makes no such pair, and not all of them in the
    same column: that would be what varies, as the year in a table of years.
    """
    names = compared(table, brief)
    if len(names) < 2 or table.rows > MOST_COMPARED:
        return Skip("there are not two columns to compare, or too many rows")
    codes = _clusters(table, names)
    near = _near(table, names, codes)
    if not len(near):
        return None
    groups = len(np.unique(codes[near]))
    return Finding(
        code="near_duplicates",
        severity="warning" if len(near) > MUCH * table.rows else "info",
        message=f"{some(len(near), 'row')} of {table.rows:,} ({share(len(near) / table.rows)}) are another row but for "
        f"blanks, capitals, rounding, numbers in a text or a single cell ({some(groups, 'cluster')})",
        rows=row_numbers(table, near),
        numbers={"rows": len(near), "clusters": groups},
        remedy=Remedy(action="group", words="such rows are kept on one side of every split"),
    )


def clusters(table: Table, brief: Brief) -> Integers:
    """Which rows belong together, (rows,): equal numbers for rows that are nearly equal."""
    names = compared(table, brief)
    is_compared = len(names) >= 2 and table.rows <= MOST_COMPARED
    return _clusters(table, names) if is_compared else np.arange(table.rows)


def _near(table: Table, names: Sequence[str], codes: Integers) -> Integers:
    """The rows of clusters that are more than mere copies."""
    together = np.flatnonzero(np.bincount(codes)[codes] > 1)
    if not len(together):
        return together
    some_rows, groups = table.take(together), codes[together]
    exact = np.sum([cell_hashes(some_rows.values[name], place) for place, name in enumerate(names)], axis=0)
    pairs = np.unique(np.column_stack([groups, np.unique(exact, return_inverse=True)[1]]), axis=0)
    return together[np.bincount(pairs[:, 0])[groups] > 1]


def _clusters(table: Table, names: Sequence[str]) -> Integers:
    if FEWEST_COLUMNS <= len(names) <= MOST_COLUMNS and 2 <= table.rows <= MOST_ROWS:
        per_column = [_hashes(table, name, place, slice(None)) for place, name in enumerate(names)]
        whole: Hashes = np.asarray(np.sum(per_column, axis=0, dtype=np.uint64))
        codes = np.unique(whole, return_inverse=True)[1].astype(np.int64)
        first, second = _one_apart(whole, per_column)
        found = _linked(codes, first, second) if len(first) else codes
    else:
        columns = [partial(_hashes, table, name, place) for place, name in enumerate(names)]
        found = alike(table.rows, columns)
    # Large clusters are kinds of case, whatever made them.
    sizes = np.bincount(found)
    is_large = sizes[found] > MOST_TOGETHER
    found[is_large] = int(found.max(initial=0)) + 1 + np.arange(int(is_large.sum()))
    return np.unique(found, return_inverse=True)[1].astype(np.int64)


def _hashes(table: Table, name: str, place: int, rows: Any) -> Hashes:
    """The cells of some rows without what a slip changes, as numbers."""
    value = table.values[name]
    some_cells = value[rows] if isinstance(value, np.ndarray) else value.take(rows)
    return cell_hashes(_plain(some_cells, is_text=table.schema[name].kind == "text"), place)


def _one_apart(whole: Hashes, per_column: Sequence[Hashes]) -> tuple[Integers, Integers]:
    """Pairs of rows that differ in one column, neighbours among those that are equal in the others; or none."""
    rows = len(whole)
    none = np.empty(0, np.int64)
    agree = np.array([_agreement(column) for column in per_column])
    firsts, seconds, counts = [], [], []
    for place, column in enumerate(per_column):
        by_chance = rows**2 / 2 * float(np.prod(np.delete(agree, place)))
        if by_chance > CHANCE:
            continue
        rest = whole - column
        order = np.argsort(rest, kind="stable")
        is_pair = (rest[order][1:] == rest[order][:-1]) & (whole[order][1:] != whole[order][:-1])
        firsts.append(order[:-1][is_pair])
        seconds.append(order[1:][is_pair])
        counts.append(int(is_pair.sum()))
    if sum(counts) < FEWEST_PAIRS or max(counts) > max(IN_ONE * sum(counts), 1):
        return none, none
    return np.concatenate(firsts), np.concatenate(seconds)


def _agreement(column: Hashes) -> float:
    """How likely two rows agree, by the pairs there are, and one more, for what was not seen may yet be."""
    counts = np.unique(column, return_counts=True)[1].astype(np.float64)
    return float(((counts * (counts - 1)).sum() + 2) / (len(column) * (len(column) - 1)))


def _linked(codes: Integers, first: Integers, second: Integers) -> Integers:
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    size = int(codes.max()) + 1
    links = coo_matrix((np.ones(len(first), np.int8), (codes[first], codes[second])), shape=(size, size))
    labels = connected_components(links, directed=False)[1]
    return np.asarray(labels[codes], dtype=np.int64)


def _plain(value: Values, *, is_text: bool) -> Values:
    """Cells without what a slip changes: words without blanks, marks and case, texts without digits, too, and numbers
    of four digits."""
    if isinstance(value, Dates):
        return value
    if isinstance(value, Strings):
        return Strings.of([_plain_word(_terms(level), is_text=is_text) for level in value.levels]).take(value.codes)
    return _rounded(value)


def _plain_word(word: str, *, is_text: bool) -> str:
    """A word or text as it is compared; what would be left with nothing stays as it is."""
    short = _LETTERS.sub("", word).casefold() if is_text else ""
    return short if len(short) >= SHORTEST_TEXT else _PLAIN.sub("", word).casefold() or word


def _terms(level: str) -> str:
    """The single terms of a text; pairs of them say nothing more."""
    if TERM_END not in level:
        return level
    return "".join(term for term in level.split(TERM_END) if " " not in term)


def _rounded(value: Numbers) -> Numbers:
    """Numbers to four significant digits; whole numbers keep theirs."""
    with np.errstate(all="ignore"):
        size = np.floor(np.log10(np.abs(value)))
        scale = 10.0 ** (_DIGITS - 1 - size)
        found = np.round(value * scale) / scale
    return np.where(np.isfinite(found) & (value != np.floor(value)), found, value)
