"""Numbers that are zero only where the target is at its lowest: parts of it, or what it cost."""

from __future__ import annotations

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.check import looked_at, some
from journeyman.checks.evidence.alone import alone_of
from journeyman.checks.evidence.answer import answer_of
from journeyman.table import said
from journeyman.table.columns import Strings
from journeyman.table.finding import Finding, Remedy, Skip
from journeyman.table.table import Dates, Table

#: The lowest value of the target is a matter of its own where this share of the rows has it, and not more than that.
LOWEST, HIGHEST = 0.03, 0.9
#: Zeros that lie elsewhere, as a share; how many there must be; and how much of the target's lowest they must cover.
IMPURE, FEWEST, COVERED = 0.005, 50, 0.5


def look(table: Table, brief: Brief) -> tuple[Finding, ...] | Skip:
    """A finding for each number whose zeros tell for certain that the target is at its lowest, in many of those rows.

    So is what was spent on visits, where the target is their number: it is known when the visits are. A person must
    say: an exposure of nothing brings no claims, and is known beforehand.
    """
    answer, alone = answer_of(table, brief), alone_of(table, brief)
    if isinstance(answer, Skip) or isinstance(alone, Skip):
        return answer if isinstance(answer, Skip) else Skip("no column can be asked")
    target = answer.values[:, 0]
    is_lowest = target == target.min()
    if not answer.is_number or not LOWEST <= is_lowest.mean() <= HIGHEST:
        return Skip("the target is no number with many rows at its lowest")
    found = []
    for column in looked_at(table, brief):
        value = table.values[column.name]
        if isinstance(value, Strings | Dates) or alone[column.name].gives_away:
            continue
        zeros = np.asarray(value)[answer.rows] == 0
        count, inside = int(zeros.sum()), int((zeros & is_lowest).sum())
        is_pure = count >= FEWEST and count - inside <= IMPURE * count
        if is_pure and inside >= COVERED * is_lowest.sum():
            found.append(_finding(column.name, brief.predict, count, inside / int(is_lowest.sum()), inside / count))
    return tuple(found)


def _finding(name: str, target: str, count: int, covered: float, right: float) -> Finding:
    lowest = f"{target!r} at its lowest in {said.share(right)} of them"
    return Finding(
        code="leak",
        severity="warning",
        message=f"{name!r} is 0 in {some(count, 'row')} that were looked at, and {lowest}, which are "
        f"{said.share(covered)} of all such: it looks like a part of it, or what came of it",
        columns=(name,),
        numbers={"kind": "zeros", "rows": count, "covered": round(covered, 4), "right": round(right, 4)},
        remedy=Remedy(action="review", words="it is used; if it is known only with it, leave it out with --ignore"),
    )
