"""What leaks would have pretended: how good small models are with each of them, and without all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from journeyman.brief.brief import Brief
from journeyman.checks.evidence.answer import Answer, answer_of
from journeyman.checks.evidence.rest import rest_of
from journeyman.checks.evidence.together import few, measure_of, skill
from journeyman.table.finding import SEVERITIES, Cost, Finding, Skip
from journeyman.table.table import Table

#: So many findings get figures, those that were told first; each costs a small model.
MOST_WEIGHED = 12
ASKS = "review"


def with_costs(findings: Sequence[Finding], table: Table, brief: Brief) -> tuple[Finding, ...]:
    """The findings, those about leaks with their `Cost`; without questions that need no answer.

    One model is of all columns but those told of; another for each finding has its columns, too. Both are judged out
    of fold on at most 4,000 rows. Ids that number the rows get none: they are not used, and tell new rows nothing.
    """
    answer = answer_of(table, brief)
    told = [one for one in findings if one.code == "leak"]
    if isinstance(answer, Skip) or not told:
        return tuple(findings)
    needless = _needless(told)
    weighed = [one for one in told if id(one) not in needless and one.numbers.get("kind") != "row_order"]
    costs = _costs(weighed[:MOST_WEIGHED], table, brief, few(answer)) if weighed else {}
    kept = [one for one in findings if id(one) not in needless]
    return tuple(replace(one, cost=costs[id(one)]) if id(one) in costs else one for one in kept)


def _needless(told: Sequence[Finding]) -> set[int]:
    """Questions about columns that are set aside, or that are asked more gravely."""
    aside = {name for one in told if one.remedy.action == "role" for name in one.columns}
    needless, asked = set(), set[tuple[str, ...]]()
    for one in sorted(told, key=lambda one: SEVERITIES.index(one.severity)):
        if one.remedy.action == ASKS and (set(one.columns) <= aside or one.columns in asked):
            needless.add(id(one))
        asked.add(one.columns)
    return needless


def _costs(findings: Sequence[Finding], table: Table, brief: Brief, answer: Answer) -> dict[int, Cost]:
    rest = rest_of(table, brief, {name for one in findings for name in one.columns})
    without = skill(table, rest, answer)
    costs = {}
    for one in findings:
        both = max(skill(table, [*one.columns, *rest], answer), without)
        them = "it" if len(one.columns) == 1 else "them"
        words = f"with {them} {both:.2f}, without {them} {without:.2f}"
        costs[id(one)] = Cost(measure=measure_of(answer), ignored=round(both, 4), heeded=round(without, 4), words=words)
    return costs
