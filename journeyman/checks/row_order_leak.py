"""Numbers of rows that tell the target: the table was sorted by it, or by something near, before it was numbered."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.check import looked_at
from journeyman.checks.evidence.answer import Answer, answer_of, area_under, bins_of, out_of_fold, ranks_of, score_of
from journeyman.checks.evidence.together import measure_of
from journeyman.checks.identifier import why_identifier
from journeyman.table.columns import Numbers, Strings
from journeyman.table.finding import Finding, Remedy, Skip
from journeyman.table.table import Dates, Table

#: Standard errors beyond chance, and so much of the target, to be told; and to be more than a remark.
ERRORS = 6.0
TOLD_AREA, TOLD_SHARE = 0.58, 0.04
MUCH_AREA, MUCH_SHARE = 0.75, 0.3
#: Rank correlation with a date from which on the numbers run with time, which may well tell the target.
RUNS = 0.9
#: Rank correlation with the place in the file from which on the numbers count the rows.
COUNTS = 0.98


def look(table: Table, brief: Brief) -> tuple[Finding, ...] | Skip:
    """A finding for each number of rows (`identifier`) that tells the target beyond chance.

    Measured by rank and by bins, out of fold, against a chance that has no order: the p-value is that of the normal
    approximation. Such a column is not used anyway; what it says is that rows do not lie in the file by chance. Where
    it runs with a date, that is time, and a remark.
    """
    answer = answer_of(table, brief)
    if isinstance(answer, Skip):
        return answer
    found = []
    for name, cells in _numbered(table, brief, answer):
        score, errors = _beyond(cells, answer)
        if errors >= ERRORS and score >= (TOLD_SHARE if answer.is_number else TOLD_AREA):
            found.append(_finding(table, brief, name, cells, score, errors, answer))
    return tuple(found)


def _numbered(table: Table, brief: Brief, answer: Answer) -> Iterator[tuple[str, Numbers]]:
    """The ids that are numbers, on the rows that are looked at."""
    for column in looked_at(table, brief):
        value = table.values[column.name]
        if isinstance(value, Dates) or not why_identifier(table, column):
            continue
        cells = _parsed(value)[answer.rows] if isinstance(value, Strings) else np.asarray(value)[answer.rows]
        if bool(np.isfinite(cells).all()):
            yield column.name, np.asarray(cells, np.float64)


def _parsed(value: Strings) -> Numbers:
    """The words' numbers, (rows,); NaN where a word is none."""
    levels = np.array([float(word) if _is_number(word) else np.nan for word in value.levels], np.float64)
    return levels[value.codes]


def _is_number(word: str) -> bool:
    return len(word) <= 18 and word.isascii() and word.isdigit()


def _beyond(cells: Numbers, answer: Answer) -> tuple[float, float]:
    """The best figure by rank or bins, and by how many standard errors of no order it is beyond chance."""
    binned = score_of(out_of_fold(bins_of(cells, np.zeros(len(cells), np.bool_)), answer), answer)
    if answer.is_number:
        along = float(np.corrcoef(ranks_of(cells), answer.values[:, 0])[0, 1])
        return max(binned, along**2), max(np.sqrt(max(binned, 0.0) * len(cells) / 8), abs(along) * np.sqrt(len(cells)))
    ones = answer.values.sum(axis=0)
    areas = np.array([area_under(truth, cells) for truth in answer.values.T])
    areas = np.maximum(areas, 1 - areas)
    error = np.sqrt((len(cells) + 1) / (12 * ones * (len(cells) - ones)))
    best = int(np.argmax((areas - 0.5) / error))
    by_rank, by_bins = float(areas[best]), binned if answer.values.shape[1] == 1 else 0.0
    beyond = max((by_rank - 0.5) / error[best], (by_bins - 0.5) / error[best] / 2)
    return max(by_rank, by_bins), float(beyond)


def _finding(
    table: Table, brief: Brief, name: str, cells: Numbers, score: float, errors: float, answer: Answer
) -> Finding:
    with_time = _runs_with(table, brief, name, cells, answer)
    along = abs(float(np.corrcoef(ranks_of(cells), np.arange(len(cells)))[0, 1]))
    is_much = score >= (MUCH_SHARE if answer.is_number else MUCH_AREA)
    is_kept = brief.columns.get(name, {}).get("role") == "feature"
    why = "its numbers were given out in an order that has to do with it"
    if with_time:
        why = f"it runs with {with_time!r}"
    elif along >= COUNTS:
        why = "the rows were sorted before they were numbered"
    words = "it is used, because the brief says so" if is_kept else "it is not used"
    chance = float(f"{_chance(errors):.2g}")
    is_leak = is_much and along >= COUNTS and not with_time
    return Finding(
        code="leak" if is_leak else "id_column",
        severity="warning" if is_leak else "info",
        message=f"{name!r} numbers the rows and tells {brief.predict!r} ({measure_of(answer)} {score:.2f}): {why}",
        columns=(name,),
        numbers={"kind": "row_order", "score": round(score, 4), "p": chance, "time": with_time},
        remedy=Remedy(action="review", words=f"{words}; new rows are numbered on, so it will tell nothing of them"),
    )


def _runs_with(table: Table, brief: Brief, name: str, cells: Numbers, answer: Answer) -> str:
    """A date or another number of whole steps with which it runs, or nothing."""
    for column in looked_at(table, brief):
        value = table.values[column.name]
        if column.name == name or not isinstance(value, Dates):
            continue
        there = ~value.missing[answer.rows]
        if there.sum() > len(there) / 2:
            first, second = ranks_of(cells[there]), ranks_of(value.at[answer.rows][there].astype(np.float64))
            if np.ptp(second) > 0 and abs(float(np.corrcoef(first, second)[0, 1])) >= RUNS:
                return column.name
    return ""


def _chance(errors: float) -> float:
    """How likely chance alone is so far out, on both sides."""
    from math import erfc, sqrt

    return erfc(errors / sqrt(2))
