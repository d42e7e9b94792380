"""Columns whose name speaks of the end of the matter, and that say something of the target: a person should look."""

from __future__ import annotations

from journeyman.brief.brief import Brief
from journeyman.checks.check import looked_at
from journeyman.checks.evidence.afterwards import says_afterwards
from journeyman.checks.evidence.alone import alone_of
from journeyman.checks.evidence.answer import answer_of
from journeyman.checks.evidence.together import measure_of
from journeyman.checks.identifier import why_identifier
from journeyman.table.finding import Finding, Remedy, Skip
from journeyman.table.table import Table

#: What it must say, less a standard error: area under the curve, share of variance.
FEWEST_AREA, FEWEST_SHARE = 0.65, 0.1


def look(table: Table, brief: Brief) -> tuple[Finding, ...] | Skip:
    """A remark on each column whose name speaks of what is known only afterwards (`says_afterwards`), and that tells.

    A name alone proves nothing, and a column that says nothing does no harm. What gives the target away by itself is
    told by the check of single columns.
    """
    answer, alone = answer_of(table, brief), alone_of(table, brief)
    if isinstance(answer, Skip) or isinstance(alone, Skip):
        return answer if isinstance(answer, Skip) else Skip("no column can be asked")
    fewest = FEWEST_SHARE if answer.is_number else FEWEST_AREA
    found = []
    for column in looked_at(table, brief):
        one = alone[column.name]
        is_kept = brief.columns.get(column.name, {}).get("role") == "feature"
        is_told = says_afterwards(column.name) and max(one.low, one.gaps_low) >= fewest and not one.gives_away
        if is_told and not is_kept and not why_identifier(table, column):
            found.append(_finding(column.name, brief.predict, max(one.score, one.gaps), measure_of(answer)))
    return tuple(found)


def _finding(name: str, target: str, score: float, measure: str) -> Finding:
    message = f"the name of {name!r} speaks of what is known only afterwards, and it tells {target!r}"
    return Finding(
        code="leak",
        severity="info",
        message=f"{message} ({measure} {score:.2f} alone)",
        columns=(name,),
        numbers={"kind": "name", "score": round(score, 4)},
        remedy=Remedy(action="review", words="it is used; if it is known only afterwards, leave it out with --ignore"),
    )
