"""Where cells are empty: together, in step with other columns, or in step with the target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.check import looked_at, sample, some
from journeyman.checks.evidence.answer import (
    FOLDS,
    Answer,
    answer_of,
    area_under,
    bins_of,
    error_of,
    out_of_fold,
    score_of,
)
from journeyman.table.columns import Flags, Integers, Strings
from journeyman.table.finding import Finding, Remedy, Skip
from journeyman.table.said import number, share
from journeyman.table.table import Dates, Table

#: A column with a smaller share of gaps, or fewer of them, is not spoken of.
FEWEST_SHARE, FEWEST_GAPS = 0.01, 20
#: Area under the curve from which on gaps are not by chance (they hang on another column); of the target, by standard
#: errors beyond chance and by a size that matters.
HANGS, ERRORS, MATTERS = 0.65, 4.0, 0.03
MOST_ROWS, MOST_COLUMNS, MOST_GAPS = 5_000, 40, 30
_TOLD = 4


@dataclass(frozen=True)
class Gaps:
    """Columns that are empty in the same rows: their names, and which rows (of those looked at)."""

    names: tuple[str, ...]
    rows: Flags


def look(table: Table, brief: Brief) -> Finding | Skip | None:
    """One finding: which columns have gaps, which are empty together, and what the gaps hang on.

    Gaps are "missing not by chance" where one other column tells them (area under the curve, out of fold), and
    informative where they tell of the target. Neither is an error: trees take gaps as they are, and a column of flags
    is made for learners that do not.
    """
    rows = sample(table.rows, MOST_ROWS)
    groups = _groups(table, brief, rows)
    if not groups:
        return Skip("no column has gaps that are worth a word")
    told = [f"{share(float(one.rows.mean()))} of {_named(one.names)}" for one in groups[:_TOLD]]
    more = f" and {some(len(groups) - _TOLD, 'other')}" if len(groups) > _TOLD else ""
    message = f"cells are empty: {', '.join(told)}{more}"
    speaking = _of_target(table, brief, groups)
    if speaking:
        shown = ", ".join(f"{_named(names)} (AUC {number(score)})" for names, score in speaking[:_TOLD])
        message += f"; whether they are says something of {brief.predict!r}: {shown}"
    hanging = _of_others(table, brief, groups, rows)
    if hanging:
        shown = ", ".join(f"{_named(names)} by {other!r} (AUC {number(score)})" for names, other, score in hanging[:3])
        message += f"; they are not empty by chance: {shown}"
    return Finding(
        code="missingness",
        severity="info",
        message=message,
        columns=tuple(name for one in groups for name in one.names),
        numbers={
            "shares": {one.names[0]: round(float(one.rows.mean()), 4) for one in groups},
            "tell_target": {names[0]: round(score, 4) for names, score in speaking},
            "told_by": {names[0]: [other, round(score, 4)] for names, other, score in hanging},
        },
        remedy=Remedy(words="gaps stay gaps: trees split on them, and other learners get a flag beside a filled value"),
    )


def _groups(table: Table, brief: Brief, rows: Integers) -> tuple[Gaps, ...]:
    """The columns with gaps, those that are empty in the same rows together; those with the most gaps first."""
    found: dict[bytes, tuple[list[str], Flags]] = {}
    for column in looked_at(table, brief):
        gaps = table.missing(column.name)[rows]
        count = int(gaps.sum())
        if FEWEST_GAPS <= count < len(rows) and count >= FEWEST_SHARE * len(rows):
            found.setdefault(np.packbits(gaps).tobytes(), ([], gaps))[0].append(column.name)
    groups = [Gaps(tuple(names), gaps) for names, gaps in found.values()]
    return tuple(sorted(groups, key=lambda one: (-float(one.rows.mean()), one.names)))


def _of_target(table: Table, brief: Brief, groups: Sequence[Gaps]) -> list[tuple[tuple[str, ...], float]]:
    """The gaps that tell of the target, and how well the target tells them: the area under the curve."""
    answer = answer_of(table, brief) if brief.predict in table.schema else Skip("")
    if isinstance(answer, Skip):
        return []
    found = []
    for one in groups[:MOST_GAPS]:
        gaps = table.missing(one.names[0])[answer.rows].astype(np.float64)
        if min(gaps.sum(), len(gaps) - gaps.sum()) < FEWEST_GAPS:
            continue
        areas = [area_under(gaps, values) for values in answer.values.T]
        best = max(abs(area - 0.5) for area in areas)
        zeros = len(gaps) - gaps.sum()
        error = float(np.sqrt((len(gaps) + 1) / (12 * gaps.sum() * zeros)))
        if best > max(MATTERS, ERRORS * error):
            found.append((one.names, 0.5 + best))
    return sorted(found, key=lambda one: -one[1])


def _of_others(
    table: Table, brief: Brief, groups: Sequence[Gaps], rows: Integers
) -> list[tuple[tuple[str, ...], str, float]]:
    """The gaps that one other column tells, out of fold, the column, and how well."""
    columns = [column.name for column in looked_at(table, brief) if column.kind not in ("id", "text")][:MOST_COLUMNS]
    folds = np.random.default_rng(np.random.PCG64(0)).permutation(len(rows)) % FOLDS
    places = {name: _places(table, name, rows) for name in columns}
    found = []
    for one in groups[:MOST_GAPS]:
        if len(rows) - int(one.rows.sum()) < FEWEST_GAPS:
            continue
        answer = Answer(rows, one.rows[:, None].astype(np.float64), folds, False)
        scores = [
            (score_of(out_of_fold(place, answer), answer), name)
            for name, place in places.items()
            if name not in one.names
        ]
        best, name = max(scores, default=(0.0, ""))
        if best - 2 * error_of(best, answer) > HANGS:
            found.append((one.names, name, best))
    return sorted(found, key=lambda one: -one[2])


def _places(table: Table, name: str, rows: Integers) -> Integers:
    value = table.values[name]
    if isinstance(value, Strings):
        return value.codes[rows].astype(np.int64)
    cells = (value.at if isinstance(value, Dates) else value)[rows].astype(np.float64)
    return bins_of(cells, table.missing(name)[rows])


def _named(names: tuple[str, ...]) -> str:
    others = len(names) - 1
    return repr(names[0]) + (f" (and {some(others, 'column')} in the same rows)" if others else "")
