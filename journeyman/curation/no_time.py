"""Why rows with dates are not split by time: what the reader of a reason would otherwise have to guess."""

from __future__ import annotations

from collections.abc import Sequence
from shlex import quote

from journeyman.brief.brief import Brief
from journeyman.curation.grounds import Times, only
from journeyman.table.finding import Finding
from journeyman.table.table import Table

#: So many dates are named.
_MOST_NAMED = 3


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
