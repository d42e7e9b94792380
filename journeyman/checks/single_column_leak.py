"""Columns that give the answer away: one alone predicts the target too well to be known beforehand."""

from __future__ import annotations

from journeyman.brief.brief import Brief
from journeyman.checks.check import looked_at
from journeyman.checks.evidence.afterwards import says_afterwards
from journeyman.checks.evidence.alone import COARSE_TOO_GOOD, Alone, alone_of
from journeyman.checks.evidence.answer import Answer, answer_of
from journeyman.checks.identifier import why_identifier
from journeyman.table.finding import Finding, Remedy, Skip
from journeyman.table.table import Table


def look(table: Table, brief: Brief) -> tuple[Finding, ...] | Skip:
    """A finding for each column that predicts the target alone, by its values or by which of its cells are empty.

    Measured out of fold on at most 10,000 rows: by rank and by 64 bins for numbers and dates, by level for words. The
    figure is the area under the curve (the mean over classes), for a number as target the share of its ranks' variance.
    It counts when it is one standard error above the bound. An honest measurement of 0.97 does not.
    """
    answer, alone = answer_of(table, brief), alone_of(table, brief)
    if isinstance(answer, Skip) or isinstance(alone, Skip):
        return answer if isinstance(answer, Skip) else Skip("no column can be asked")
    found = []
    for column in looked_at(table, brief):
        is_kept = brief.columns.get(column.name, {}).get("role") == "feature"
        if why_identifier(table, column) and not is_kept:
            continue
        if alone[column.name].gives_away:
            score, low, by = _best(alone[column.name])
            found.append(_finding(column.name, score, low, by, brief.predict, answer, is_kept))
    return tuple(found)


def _finding(name: str, score: float, low: float, by: str, target: str, answer: Answer, is_kept: bool) -> Finding:
    what = "share of variance explained" if answer.is_number else "AUC"
    is_told = says_afterwards(name)
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


def _best(alone: Alone) -> tuple[float, float, str]:
    """The best figure that the column reaches, its lower bound, and by what."""
    if alone.gaps_low > COARSE_TOO_GOOD:
        return alone.gaps, alone.gaps_low, "gaps"
    return alone.score, alone.low, "few values" if alone.is_coarse else "values"
