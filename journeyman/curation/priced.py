"""What folds at random would have pretended, where rows belong together or lie in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.evidence.answer import answer_of
from journeyman.checks.evidence.promised import promised_of_known, promised_of_past
from journeyman.checks.evidence.together import MOST_COLUMNS
from journeyman.curation.cells import codes_of
from journeyman.curation.split import Split
from journeyman.table.finding import Finding, Remedy, Skip
from journeyman.table.table import Table


def priced(found: Split, table: Table, brief: Brief) -> tuple[Finding, ...]:
    """The findings of a split, with what ignoring them would cost.

    The one about whom rows are about gets its figures, and so does the question whether rows of one value belong
    together; where rows are split by time, and the future is told worse than rows at random, that is a finding of its
    own.
    """
    answer = answer_of(table, brief)
    if isinstance(answer, Skip):
        return found.findings
    findings = list(found.findings)
    for place, one in enumerate(findings):
        if one.code == "groups" and one.columns and (one.columns[0] == found.entity or "asked" in one.numbers):
            names = _told_by(found, one.columns)
            cost = promised_of_known(table, names, codes_of(table, one.columns[0]), answer)
            findings[place] = replace(one, cost=cost)
    if found.folds.kind == "forward" and found.target.order is not None:
        cost = promised_of_past(table, _told_by(found, ()), np.asarray(found.target.order), answer)
        if cost is not None:
            findings.append(
                Finding(
                    code="time_order",
                    severity="info",
                    message=f"the future is harder to tell than rows at random ({cost.measure}: {cost.words})",
                    columns=tuple(one.name for one in found.schema if one.role == "time"),
                    numbers={"random": cost.ignored, "future": cost.heeded},
                    remedy=Remedy(words=f"folds are forward in {found.time}, so the score is that of later rows"),
                    cost=cost,
                )
            )
    return tuple(findings)


def _told_by(found: Split, without: Sequence[str]) -> list[str]:
    """Features and times, at most as many as small models look at."""
    names = [one.name for one in found.schema if one.role in ("feature", "time") and one.name not in without]
    return names[:MOST_COLUMNS]
