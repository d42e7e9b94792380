"""Like cases: which rows are the same case, or nearly, by what was known when they were decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from journeyman.table.columns import Flags, Integers, Numbers, Strings
from journeyman.table.table import Dates, Table

#: Cases whose numbers lie within this share of all cases' ranks of each other, on average over columns, are near.
RADIUS = 0.02
#: So many cases are compared with all others; a pair of columns' comparison costs the square of it.
MOST_COMPARED = 4000
#: Of a case that was decided more often, so many decisions are looked at.
MOST_OF_ONE = 20


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """Pairs of rows that are alike, (pairs,) each.

    Parameters
    ----------
    one, other : positions of rows
    weight : how much the pair counts: each case as much as it has decisions, however many pairs these make
    cluster : pairs of one case, which are one piece of evidence
    """

    one: Integers
    other: Integers
    weight: Numbers
    cluster: Integers

    def __len__(self) -> int:
        return len(self.one)

    def take(self, kept: Any) -> Pairs:
        """Some of the pairs."""
        return Pairs(one=self.one[kept], other=self.other[kept], weight=self.weight[kept], cluster=self.cluster[kept])


def no_pairs() -> Pairs:
    """None at all."""
    empty = np.empty(0, np.int64)
    return Pairs(one=empty, other=empty, weight=np.empty(0), cluster=empty)


def repeated_cases(table: Table, names: Sequence[str], apart: Sequence[str] = ()) -> Pairs:
    """Rows that are equal in all of some columns.

    Parameters
    ----------
    names : the columns that were known when deciding
    apart : columns that tell a second decision from a copied row, as an id, the actor, a time: rows that are equal in
        these, too, are copies, and say nothing
    """
    if not names or not table.rows:
        return no_pairs()
    case = _codes_together(table, names)
    copy = _codes_together(table, [*names, *apart]) if apart else None
    order = np.argsort(case, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(case[order]) != 0])
    parts: list[tuple[Integers, Integers, Numbers, Integers]] = []
    for begin, end in zip(starts, [*starts[1:], len(order)], strict=True):
        if end - begin < 2:
            continue
        rows = order[begin:end]
        if copy is not None:
            rows = rows[np.unique(copy[rows], return_index=True)[1]]
        rows = rows[:MOST_OF_ONE]
        first, second = np.triu_indices(len(rows), 1)
        if len(first):
            weight = np.full(len(first), len(rows) / len(first))
            parts.append((rows[first], rows[second], weight, np.full(len(first), len(parts))))
    if not parts:
        return no_pairs()
    one, other, weights, clusters = (np.concatenate(part) for part in zip(*parts, strict=True))
    return Pairs(one=one, other=other, weight=weights, cluster=clusters)


def near_cases(table: Table, names: Sequence[str], *, seed: int = 0) -> Pairs:
    """Each case with its nearest one, where both have the same words and all but the same numbers; no row twice.

    The distance is the mean over columns of the difference in rank (0 to 1) for numbers and dates, 0 or 1 for words
    (Gower 1971, Biometrics 27). A number that is missing in one of two is 1 away. Texts are words: equal or not.
    """
    if not names or table.rows < 2:
        return no_pairs()
    random = np.random.default_rng(np.random.PCG64(seed))
    some = np.sort(random.permutation(table.rows)[:MOST_COMPARED])
    columns = [_ranked(table, name) for name in names]
    nearest, distance = np.zeros(len(some), np.int64), np.full(len(some), np.inf)
    chunk = max(1, 4_000_000 // len(some))
    for start in range(0, len(some), chunk):
        rows = some[start : start + chunk]
        total = np.zeros((len(rows), len(some)))
        for values, is_word in columns:
            away = np.abs(values[rows, None] - values[None, some])
            total += (away > 0) if is_word else np.minimum(away, 1.0)
        total[np.arange(len(rows)), np.arange(start, start + len(rows))] = np.inf
        nearest[start : start + len(rows)] = total.argmin(axis=1)
        distance[start : start + len(rows)] = total.min(axis=1) / len(columns)
    taken: Flags = np.zeros(len(some), np.bool_)
    pairs = []
    for place in np.argsort(distance, kind="stable").tolist():
        mate = int(nearest[place])
        if distance[place] > RADIUS:
            break
        if not (taken[place] or taken[mate]):
            taken[[place, mate]] = True
            pairs.append((some[place], some[mate]))
    if not pairs:
        return no_pairs()
    one, other = np.array(pairs).T
    return Pairs(one=one, other=other, weight=np.ones(len(one)), cluster=np.arange(len(one)))


def _codes_together(table: Table, names: Sequence[str]) -> Integers:
    found = np.zeros(table.rows, np.int64)
    for name in names:
        codes = _codes(table, name)
        found = np.unique(found * (int(codes.max(initial=0)) + 1) + codes, return_inverse=True)[1].astype(np.int64)
    return found


def _codes(table: Table, name: str) -> Integers:
    value = table.values[name]
    if isinstance(value, Strings):
        return value.codes.astype(np.int64)
    numbers = np.where(value.missing, np.nan, value.at.astype(np.float64)) if isinstance(value, Dates) else value
    return np.unique(numbers, return_inverse=True)[1].astype(np.int64)


def _ranked(table: Table, name: str) -> tuple[Numbers, bool]:
    """Words as codes, or ranks from 0 to 1 with missing at 9, far from all; and whether they are words."""
    value = table.values[name]
    if isinstance(value, Strings):
        return value.codes.astype(np.float64), True
    numbers = np.where(value.missing, np.nan, value.at.astype(np.float64)) if isinstance(value, Dates) else value
    known = ~np.isnan(numbers)
    ranks = np.full(len(numbers), 9.0)
    if known.any():
        distinct, codes, counts = np.unique(numbers[known], return_inverse=True, return_counts=True)
        middle = np.cumsum(counts) - counts / 2
        # Of few levels each is a word of its own: one step apart is not near.
        ranks[known] = codes if len(distinct) <= 2 else (middle / len(numbers))[codes]
    return ranks, False
