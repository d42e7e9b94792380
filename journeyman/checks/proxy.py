"""Columns that tell a protected one: to leave that out alone does not keep a model from knowing it."""

from __future__ import annotations

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.check import looked_at, sample
from journeyman.checks.evidence.answer import (
    FEWEST_OF_CLASS,
    FEWEST_ROWS,
    FOLDS,
    Answer,
    bins_of,
    error_of,
    out_of_fold,
    score_of,
)
from journeyman.checks.identifier import is_name_of_id
from journeyman.checks.protected import protected_columns
from journeyman.table.columns import MISSING_WORD, Integers, Strings
from journeyman.table.finding import Finding, Remedy, Skip
from journeyman.table.said import number
from journeyman.table.table import Dates, Table

#: What one other column must reach: area under the curve, or share of ranks' variance explained.
TELLING, TELLING_NUMBER = 0.85, 0.7
MOST_ROWS, MOST_PROTECTED, MOST_CLASSES, MOST_OTHERS = 5_000, 6, 6, 300
_TOLD = 3


def look(table: Table, brief: Brief) -> tuple[Finding, ...] | Skip:
    """A finding for each protected column that another one, of no protected ground itself, tells alone.

    Out of fold on at most 5,000 rows, as `journeyman.checks.evidence.answer` measures it. Groups that are not rare are
    asked for one by one.
    """
    grounds = protected_columns(table, brief)
    if not grounds:
        return Skip("no column speaks of a ground of protection")
    rows = sample(table.rows, MOST_ROWS)
    others = [
        column.name
        for column in looked_at(table, brief)
        if column.name not in grounds and column.kind not in ("id", "text") and not is_name_of_id(column.name)
    ]
    places = {name: _places(table, name, rows) for name in others[:MOST_OTHERS]}
    found = []
    for name in list(grounds)[:MOST_PROTECTED]:
        answer = _answer(table, name, rows)
        if answer is None:
            continue
        bound = TELLING_NUMBER if answer.is_number else TELLING
        known = np.searchsorted(rows, answer.rows)
        scores = [(score_of(out_of_fold(place[known], answer), answer), other) for other, place in places.items()]
        telling = sorted(((one, other) for one, other in scores if one - error_of(one, answer) > bound), reverse=True)
        if telling:
            found.append(_finding(name, grounds[name], telling, is_number=answer.is_number))
    return tuple(found)


def _finding(name: str, ground: str, telling: list[tuple[float, str]], *, is_number: bool) -> Finding:
    what = "share of variance explained" if is_number else "AUC"
    shown = ", ".join(f"{other!r} ({what} {number(score)})" for score, other in telling[:_TOLD])
    more = ", …" if len(telling) > _TOLD else ""
    return Finding(
        code="proxy",
        severity="info",
        message=f"{shown}{more} {'tells' if len(telling) == 1 else 'tell'} {name!r} ({ground}) alone: a model knows it "
        f"without {name!r}",
        columns=(*(other for _, other in telling), name),
        numbers={other: round(score, 4) for score, other in telling[:20]},
        remedy=Remedy(
            action="review", words=f"where {name!r} must not count, leave these out, too, and compare groups"
        ),
    )


def _answer(table: Table, name: str, rows: Integers) -> Answer | None:
    """The protected column as what is asked for; None where it says too little."""
    rows = rows[~table.missing(name)[rows]]
    value = table.values[name]
    if len(rows) < FEWEST_ROWS:
        return None
    folds = np.random.default_rng(np.random.PCG64(0)).permutation(len(rows)) % FOLDS
    cells = (value.codes if isinstance(value, Strings) else value.at if isinstance(value, Dates) else value)[rows]
    levels, codes, counts = np.unique(cells, return_inverse=True, return_counts=True)
    if not isinstance(value, Strings) and len(levels) > MOST_CLASSES:
        ranks = (np.cumsum(counts) - (counts - 1) / 2)[codes] / len(rows)
        return Answer(rows, ranks[:, None], folds, True)
    large = np.flatnonzero(counts >= max(FEWEST_OF_CLASS, 0.02 * len(rows)))
    if not 2 <= len(large) <= MOST_CLASSES:
        return None
    asked = large[-1:] if len(large) == 2 else large
    return Answer(rows, (codes[:, None] == asked).astype(np.float64), folds, False)


def _places(table: Table, name: str, rows: Integers) -> Integers:
    value = table.values[name]
    if isinstance(value, Strings):
        if len(value.levels) > len(rows) // 2 and MISSING_WORD not in value.levels:
            return np.zeros(len(rows), np.int64)
        return value.codes[rows].astype(np.int64)
    cells = (value.at if isinstance(value, Dates) else value)[rows].astype(np.float64)
    return bins_of(cells, table.missing(name)[rows])
