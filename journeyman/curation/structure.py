"""What a table's rows are to each other, for somebody who only looks at it: the folds that a build would choose."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from journeyman.brief.aim import find_aim
from journeyman.brief.brief import Brief
from journeyman.checks.look import with_remedies
from journeyman.curation.curate import curate
from journeyman.curation.entity import find_entity
from journeyman.curation.time import find_time
from journeyman.errors import InputError
from journeyman.table.finding import Finding, Remedy
from journeyman.table.table import Table

_KINDS = {
    "forward": "forward in time: learn from the past, score on the future",
    "entity": "by whom rows are about: all rows of one are on one side",
    "stratified": "at random, with the shares of classes kept",
    "random": "at random",
}


def structure(table: Table, brief: Brief, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings of curation, and which kind of folds follows from the table (``folds``), as a build would say it.

    Without a target only the time and the entity are looked for. Where nothing can be learnt from the table, the
    audit says so elsewhere, and this says nothing.

    Parameters
    ----------
    findings : what the checks saw, whose remedies give columns their roles
    """
    if brief.predict not in table.schema:
        return _without_target(table, brief, findings)
    try:
        aim = find_aim(table, brief)
        found = curate(table, brief, aim, findings)
    except InputError:
        return ()
    kind = found.folds.kind
    told = Finding(
        code="folds",
        severity="info",
        message=f"rows would be split {_KINDS[kind]} ({found.reason})",
        columns=tuple(name for name in (found.entity,) if name in table.schema),
        numbers={"kind": kind, "count": found.folds.count, "time": found.time, "entity": found.entity},
        remedy=Remedy(words="to say otherwise: --when COLUMN, --entity COLUMN, or either with none"),
    )
    return (*found.findings, told)


def _without_target(table: Table, brief: Brief, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    columns = with_remedies(table.schema, brief, findings).of_role("feature")
    if table.rows < 2 or not columns:
        return ()
    time, asked = find_time(table, columns)
    _, groups = find_entity(table, columns, np.zeros((table.rows, 1)), time.columns if time else ())
    if time is None:
        return (*asked, *groups)
    told = Finding(
        code="time_order",
        severity="info",
        message=f"{time.name} looks like the time of decision ({', '.join(time.evidence)})",
        columns=time.columns,
        numbers={"time": time.name},
        remedy=Remedy(action="review", words="name what is to be predicted: later rows will judge it"),
    )
    return (told, *asked, *groups)
