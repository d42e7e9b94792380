"""Why rows with dates are not split by time: what the reader of a reason would otherwise have to guess."""

from __future__ import annotations

from collections.abc import Sequence
from shlex import quote

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.curation.grounds import Times, only
from journeyman.plan.target import Target
from journeyman.table.finding import Finding, Remedy
from journeyman.table.schema import Schema
from journeyman.table.table import Table

#: So many dates are named.
_MOST_NAMED = 3
#: A class is late where this share of the rows, the oldest, hold one class only, and are of so many times.
_LATE, _FEWEST_TIMES = 0.9, 10


def why_not_by_time(table: Table, brief: Brief, times: Times | None, findings: Sequence[Finding]) -> str:
    """Why not, in part of a sentence; empty where the brief says that there is no time, or nothing looks like one.

    Parameters
    ----------
    times : the time that was found, where it makes no folds; None where none was found, or it is passed over
    findings : what was said while looking for a time; its numbers say ``time`` and ``why``
    """
    if brief.says_none("when", [column.name for column in table.schema]):
        return ""
    if times is not None:
        return f"not by {times.name}, because there are too few rows, or classes, at different times"
    asked = next((one for one in findings if one.code == "time_order" and "why" in one.numbers), None)
    if asked is not None:
        return f"not by {asked.numbers['time']}, because {asked.numbers['why']}"
    dates = [column.name for column in table.schema.of_role("feature") if column.kind == "date"]
    if not dates:
        return ""
    named = " or ".join(repr(name) for name in dates[:_MOST_NAMED]) + (" or …" if len(dates) > _MOST_NAMED else "")
    if only(table.schema, "entity") is not None:
        return f"not by {named}, because --entity is given and --when is not"
    return f"not by {named}, which is not known to be the time of decision (--when {quote(dates[0])} says that it is)"


def is_late(times: Times, target: Target) -> bool:
    """Whether all classes but one begin so late that no rows would be left to judge, though there are many times."""
    if not target.classes:
        return False
    oldest = np.argsort(times.order, kind="stable")[: int(_LATE * len(target))]
    return len(np.unique(target.codes[oldest])) < 2 and len(np.unique(times.order[oldest])) >= _FEWEST_TIMES


def without_time(schema: Schema, times: Times) -> Schema:
    """The schema, of which the columns that tell this time are left out, where any others are left."""
    found = schema
    for name in times.columns:
        if schema[name].role == "feature":
            found = found.with_role(name, "ignored", "all classes but one begin late in it")
    return found if found.features else schema


def late(times: Times, target: Target) -> Finding:
    """What to say of a class that begins late."""
    first = int(target.codes[np.argmin(times.order)])
    begins = " and ".join(repr(one) for place, one in enumerate(target.classes) if place != first)
    return Finding(
        code="time_order",
        severity="warning",
        message=f"{begins} begins only in the last tenth of the rows by {times.name}: nothing can be judged forward in "
        "time, so rows are split at random, the time is no feature, and the score holds only if rows to come are like "
        "all of these",
        columns=times.columns,
        numbers={"time": times.name},
        remedy=Remedy(
            action="review", words="Ask since when it has been recorded, and build from the rows since then."
        ),
    )
