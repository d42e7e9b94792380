"""Dates that come after the row's own, and tell the target: they were written when it was known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.check import looked_at
from journeyman.checks.evidence.afterwards import says_afterwards
from journeyman.checks.evidence.alone import alone_of
from journeyman.checks.evidence.answer import Answer, answer_of, bins_of, error_of, out_of_fold, score_of
from journeyman.checks.missing_pattern_leak import apart_by
from journeyman.table.columns import Flags, Numbers
from journeyman.table.finding import Finding, Remedy, Skip
from journeyman.table.table import Dates, Table

#: The other date is there, and not later, in so many of the rows.
NEVER_BEFORE, MOST_MISSING = 0.99, 0.05
#: What the delay, or whether there is a date at all, says: area under the curve, share of variance.
MUCH_AREA, MUCH_SHARE = 0.8, 0.4
#: Where the name speaks of the end, this is enough: beyond so many standard errors, and so much.
NAMED_ERRORS, NAMED_AREA, NAMED_SHARE = 5.0, 0.58, 0.03
FEWEST = 50
_DAY = 86_400_000_000


@dataclass(frozen=True)
class Later:
    """A date that is never before another one, in the rows that are looked at.

    Parameters
    ----------
    name, start : the two columns
    delay : (rows,) days from the one to the other; NaN where there is none
    """

    name: str
    start: str
    delay: Numbers


def look(table: Table, brief: Brief) -> tuple[Finding, ...] | Skip:
    """A finding for each date that is never before another date of its row, and whose delay or gaps tell the target.

    It must say much, or have a name that speaks of the end and say something beyond chance; then it is set aside.
    An appointment that was made beforehand is later, too, and its delay says something: that is not told.
    """
    answer, alone = answer_of(table, brief), alone_of(table, brief)
    if isinstance(answer, Skip) or isinstance(alone, Skip):
        return answer if isinstance(answer, Skip) else Skip("no column can be asked")
    found: dict[str, Finding] = {}
    for later in _later(table, brief, answer):
        if later.name not in found and not alone[later.name].gives_away:
            told = _told(table, brief, later, answer)
            if told is not None:
                found[later.name] = told
    return tuple(found.values())


def _later(table: Table, brief: Brief, answer: Answer) -> Iterator[Later]:
    dates = [(one.name, table.values[one.name]) for one in looked_at(table, brief)]
    given = [(name, value) for name, value in dates if isinstance(value, Dates)]
    rows = answer.rows
    for name, value in given:
        for start, first in given:
            if start == name or first.missing[rows].mean() > MOST_MISSING:
                continue
            there = ~(value.missing[rows] | first.missing[rows])
            if there.sum() < FEWEST:
                continue
            days = (value.at[rows] - first.at[rows]) / _DAY
            if (days[there] >= 0).mean() >= NEVER_BEFORE and np.median(days[there]) > 0:
                yield Later(name, start, np.where(there, days, np.nan))


def _told(table: Table, brief: Brief, later: Later, answer: Answer) -> Finding | None:
    gaps: Flags = np.isnan(later.delay)
    by_delay = score_of(out_of_fold(bins_of(later.delay, gaps), answer), answer)
    by_gaps = apart_by(gaps, answer) if FEWEST <= gaps.sum() <= len(gaps) - FEWEST else 0.5
    is_much = by_delay >= (MUCH_SHARE if answer.is_number else MUCH_AREA) or by_gaps >= MUCH_AREA
    none = 0.0 if answer.is_number else 0.5
    beyond = (by_delay - none) / max(error_of(none, answer), 1e-9)
    if answer.is_number:
        # Under chance a share of variance by bins is about the bins over the rows; its error is far below `error_of`.
        beyond = by_delay * len(answer.rows) / np.sqrt(2 * len(np.unique(bins_of(later.delay, gaps))))
    is_named = says_afterwards(later.name) and beyond >= NAMED_ERRORS
    is_named = is_named and by_delay >= (NAMED_SHARE if answer.is_number else NAMED_AREA)
    if not (is_much or is_named):
        return None
    what = "R²" if answer.is_number else "AUC"
    message = f"{later.name!r} is never before {later.start!r}, and how long after, or whether at all, tells "
    message += f"{brief.predict!r}: {what} {by_delay:.2f}"
    if says_afterwards(later.name):
        message += "; its name, too, speaks of something known only afterwards"
    is_kept = brief.columns.get(later.name, {}).get("role") == "feature"
    remedy = Remedy(action="review", words="if it is written after the decision, leave it out with --ignore")
    if is_named and not is_kept:
        words = f"it is not used; to use it, say --column {later.name}:role=feature"
        remedy = Remedy(action="role", value="ignored", words=words)
    return Finding(
        code="leak",
        severity="warning",
        message=message,
        columns=(later.name,),
        numbers={"kind": "future", "score": round(by_delay, 4), "gaps": round(by_gaps, 4), "after": later.start},
        remedy=remedy,
    )
