"""Columns whose newest rows lie elsewhere than those before: the model will meet what it learnt little from."""

from __future__ import annotations

import numpy as np

from journeyman.checks.check import sample, some
from journeyman.statistics.rank_correlation import rank_correlation
from journeyman.table.columns import MISSING_WORD, Flags, Integers, Numbers, Strings
from journeyman.table.finding import Finding, Remedy
from journeyman.table.said import number, share
from journeyman.table.table import Dates, Table

#: So many of the newest rows are held against the others.
NEWEST = 0.2
#: With fewer rows in either part nothing is said.
FEWEST = 100
#: Of longer tables so many rows, drawn at random, are looked at.
MOST = 20_000
#: Columns whose distributions are so far apart (the largest difference of cumulative shares; for categories half of the
#: sum of differences of shares) lie elsewhere. Chance alone goes beyond it less often than once in a thousand tables.
APART = 0.3
#: What runs on with time, as a year or a counter, is always elsewhere.
_RUNS_ON = 0.95
#: Levels beyond these are one.
_MOST_LEVELS = 50
_TOLD = 3


def drift(table: Table, order: Integers) -> Finding | None:
    """Say which columns moved, or None where none did.

    Numbers and categories are held against each other by the distance between their distributions, missing cells among
    them as a value of their own. It is a description of these rows: one season that the others have not seen counts.

    Parameters
    ----------
    order : (rows,) the time of each row
    """
    rows = sample(table.rows, MOST)
    table, order = table.take(rows), order[rows]
    newest = _newest(order)
    if min(newest.sum(), (~newest).sum()) < FEWEST:
        return None
    moved = [(_distance(table, one.name, newest, order), one.name) for one in table.schema.features]
    found = sorted(((far, name) for far, name in moved if far >= APART), key=lambda one: (-one[0], one[1]))
    if not found:
        return None
    shown = "; ".join(_words(table, name, newest) for _, name in found[:_TOLD]) + ("; …" if len(found) > _TOLD else "")
    what = some(len(found), "column")
    lies = "lies" if len(found) == 1 else "lie"
    return Finding(
        code="drift",
        severity="warning",
        message=f"in the newest fifth of the rows {what} {lies} elsewhere than before: {shown}",
        columns=tuple(name for _, name in found),
        numbers={name: round(far, 3) for far, name in found[:20]},
        remedy=Remedy(words="what comes next may lie elsewhere again: watch it with monitor, and retrain"),
    )


def _newest(order: Integers) -> Flags:
    """The newest fifth; rows of one time stay together."""
    return np.asarray(order > np.quantile(order, 1 - NEWEST, method="lower"), np.bool_)


def _distance(table: Table, name: str, newest: Flags, order: Integers) -> float:
    value = table.values[name]
    if isinstance(value, Dates):
        return 0.0
    if isinstance(value, Strings):
        kind = table.schema[name].kind
        return 0.0 if kind == "text" else _total_variation(value.codes.astype(np.int64), newest)
    missing = np.isnan(value)
    there = ~missing
    gone = abs(float(missing[newest].mean()) - float(missing[~newest].mean()))
    old, new = value[there & ~newest], value[there & newest]
    if min(len(old), len(new)) < FEWEST:
        return gone
    along = rank_correlation(value[there], order[there].astype(np.float64))
    if along is not None and abs(along.value) >= _RUNS_ON:
        return gone
    return max(gone, _kolmogorov(old, new))


def _total_variation(codes: Integers, newest: Flags) -> float:
    """Half of the sum of differences of shares; rare levels together, so that many of them are no distance."""
    counts = np.bincount(codes)
    kept = np.argsort(-counts, kind="stable")[:_MOST_LEVELS]
    place = np.full(len(counts), _MOST_LEVELS)
    place[kept] = np.arange(len(kept))
    old, new = (np.bincount(place[codes[rows]], minlength=_MOST_LEVELS + 1) / rows.sum() for rows in (~newest, newest))
    return float(np.abs(old - new).sum() / 2)


def _kolmogorov(old: Numbers, new: Numbers) -> float:
    """The largest difference between the shares of both that lie at or below a value."""
    at = np.unique(np.concatenate([old, new]))
    shares = [np.searchsorted(np.sort(one), at, side="right") / len(one) for one in (old, new)]
    return float(np.abs(shares[0] - shares[1]).max())


def _words(table: Table, name: str, newest: Flags) -> str:
    value = table.values[name]
    if isinstance(value, Strings):
        counts = [
            np.bincount(value.codes[rows], minlength=len(value.levels)) / rows.sum() for rows in (~newest, newest)
        ]
        place = int(np.argmax(np.abs(counts[1] - counts[0])))
        level = "missing" if value.levels[place] == MISSING_WORD else repr(value.levels[place][:40])
        return f"{name!r} (is {level} in {share(counts[1][place])}, was in {share(counts[0][place])})"
    numbers = np.asarray(value)
    missing = [float(np.isnan(numbers[rows]).mean()) for rows in (~newest, newest)]
    if abs(missing[0] - missing[1]) >= APART:
        return f"{name!r} (missing in {share(missing[1])}, was in {share(missing[0])})"
    middle = [float(np.nanmedian(numbers[rows])) for rows in (~newest, newest)]
    return f"{name!r} (its middle is {number(middle[1])}, was {number(middle[0])})"
