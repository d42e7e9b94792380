"""Columns that give the answer away: one alone predicts the target too well to be known beforehand."""

from __future__ import annotations

import re

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.answer import Answer, answer_of, area_under, bins_of, error_of, out_of_fold, ranks_of, score_of
from journeyman.checks.check import looked_at
from journeyman.checks.identifier import why_identifier
from journeyman.table.columns import Flags, Numbers, Strings
from journeyman.table.finding import Finding, Remedy, Skip
from journeyman.table.table import Dates, Table, Values

#: What one honest column does not reach: area under the curve, or share of the ranks' variance explained.
TOO_GOOD = 0.985
#: What a column with no more values than the target has classes (and one for "unknown") does not reach, and which
#: cells are empty does not tell: where so coarse a thing agrees so well, it was written down after the event.
COARSE_TOO_GOOD = 0.95
#: Names of what is known only afterwards.
_AFTERWARDS = re.compile(
    r"(?:^|[\s_.\-])(?:closed?|outcomes?|result|final|resolved|resolution|paid|settled|refund(?:ed)?|cancell?ed|left|"
    r"end(?:ed)?|exit|actual|label|target|decision|post|after|date_of_death|churn(?:ed)?|claim(?:ed)?)(?:$|[\s_.\-])",
    re.IGNORECASE,
)


def look(table: Table, brief: Brief) -> tuple[Finding, ...] | Skip:
    """A finding for each column that predicts the target alone, by its values or by which of its cells are empty.

    Measured out of fold on at most 10,000 rows: by rank and by 64 bins for numbers and dates, by level for words. The
    figure is the area under the curve (the mean over classes), for a number as target the share of its ranks' variance.
    It counts when it is one standard error above the bound. An honest measurement of 0.97 does not.
    """
    answer = answer_of(table, brief)
    if isinstance(answer, Skip):
        return answer
    found = []
    for column in looked_at(table, brief):
        is_kept = brief.columns.get(column.name, {}).get("role") == "feature"
        if why_identifier(table, column) and not is_kept:
            continue
        score, low, by = _best(table, column.name, answer)
        if low > (TOO_GOOD if by == "values" else COARSE_TOO_GOOD):
            found.append(_finding(column.name, score, low, by, brief.predict, answer, is_kept))
    return tuple(found)


def _finding(name: str, score: float, low: float, by: str, target: str, answer: Answer, is_kept: bool) -> Finding:
    what = "share of variance explained" if answer.is_number else "AUC"
    is_told = _AFTERWARDS.search(name) is not None
    is_certain = score > 0.9995 or is_told
    sure = "all but certain" if is_certain else "very likely"
    how = {"gaps": "which of its cells are empty", "few values": "its few values"}.get(by, "its values")
    also = "; its name, too, speaks of something known only afterwards" if is_told else ""
    remedy = Remedy(
        action="role", value="ignored", words=f"it is not used; to use it, say --column {name}:role=feature"
    )
    if is_kept:
        remedy = Remedy(action="review", words="it is used, because the brief says so")
    return Finding(
        code="leak",
        severity="warning",
        message=f"{name!r} alone gives {target!r} away: {what} {score:.3f} by {how}; {sure} a leak{also}",
        columns=(name,),
        numbers={"score": round(score, 5), "low": round(low, 5), "by": by, "sure": 0.99 if is_certain else 0.9},
        remedy=remedy,
    )


def _best(table: Table, name: str, answer: Answer) -> tuple[float, float, str]:
    """The best figure that the column reaches, its lower bound, and by what."""
    rows = answer.rows
    gaps = table.missing(name)[rows]
    by_gaps = score_of(out_of_fold(gaps.astype(np.int64), answer), answer) if gaps.any() else 0.0
    value = table.values[name]
    if isinstance(value, Strings):
        by_values = score_of(out_of_fold(value.codes[rows].astype(np.int64), answer), answer)
    else:
        cells = (value.at if isinstance(value, Dates) else value)[rows].astype(np.float64)
        by_values = score_of(out_of_fold(bins_of(cells, gaps), answer), answer)
        if answer.values.shape[1] == 1:
            by_values = max(by_values, _by_rank(cells, gaps, answer))
    low = by_values - error_of(by_values, answer)
    low_gaps = by_gaps - error_of(by_gaps, answer)
    if low_gaps > COARSE_TOO_GOOD:
        return by_gaps, low_gaps, "gaps"
    return by_values, low, "few values" if _is_coarse(value, answer) else "values"


def _is_coarse(value: Values, answer: Answer) -> bool:
    if answer.is_number:
        return False
    cells = value.codes if isinstance(value, Strings) else value.at if isinstance(value, Dates) else value
    distinct = len(np.unique(cells[answer.rows]))
    return bool(distinct <= max(2, answer.values.shape[1]) + 1)


def _by_rank(cells: Numbers, gaps: Flags, answer: Answer) -> float:
    """Ranks lose nothing to bins, and need no fitting but the choice of a direction and of a place for gaps."""
    best = 0.0
    truth = answer.values[:, 0]
    for filled in (-np.inf, np.inf):
        guess = np.where(gaps, filled, cells)
        if answer.is_number:
            ranks = ranks_of(guess)
            best = max(best, float(np.corrcoef(ranks, truth)[0, 1] ** 2) if np.ptp(ranks) else 0.0)
        else:
            area = area_under(truth, guess)
            best = max(best, area, 1 - area)
    return best
