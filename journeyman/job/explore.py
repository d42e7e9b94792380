"""Exploring a table: read it, give every column its role, find what it tells, write the page."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Unpack

from journeyman.brief.aim import Aim, find_aim
from journeyman.brief.brief import Brief
from journeyman.brief.read import make_brief
from journeyman.checks.look import clusters, look, with_remedies
from journeyman.curation.curate import Curation, curate
from journeyman.curation.time import find_time
from journeyman.insights.explored import Explored
from journeyman.insights.find import find_insights, rows_for
from journeyman.job.run import Progress, say_nothing
from journeyman.report.explore import write_explored
from journeyman.report.sentences import audit_line
from journeyman.sources.named import Named
from journeyman.sources.read import read
from journeyman.table.columns import Integers
from journeyman.table.finding import Finding
from journeyman.table.schema import ROLES, Schema
from journeyman.table.table import Table

#: Of a build's time this share, and so many seconds at most, go to insights.
SHARE_OF_BUILD, MOST_SECONDS = 0.03, 2.0
#: What stands for the target where a request without one is read.
_NO_TARGET = "\x00"


def explore(
    source: Any,
    predict: str | None = None,
    *,
    seed: int = 0,
    time: str | float | None = None,
    out: str | os.PathLike[str] | None = None,
    entity: str | None = None,
    when: str | None = None,
    ignore: Any = None,
    progress: Progress | None = None,
    **named: Unpack[Named],
) -> Explored:
    """What a table tells: insights with their intervals, each confirmed on rows that had no say in finding it.

    Parameters
    ----------
    source : a CSV or Parquet file, or a frame of pandas, polars or Arrow
    predict : the target, where there is one: most kinds of insights are about it
    time : about how long it may take, as "10s"; rows are fewer where that is little
    out : where a page is to be written; none is where this is not given
    entity, when, ignore : rows of one entity stay together; later rows confirm; columns that are not used
    named : which table, which query, what to join (`journeyman.sources.named.Named`)

    Raises
    ------
    SourceError : the source cannot be read as a table
    InputError : there is no such column, or the target cannot be one
    """
    say = progress or say_nothing
    asked = make_brief(
        predict=(predict or "").strip() or _NO_TARGET, time=time, seed=seed, entity=entity, when=when, ignore=ignore
    )
    request = asked if asked.predict != _NO_TARGET else replace(asked, predict="")
    table = read(source, target=request.predict or None, **named)
    say("read", table.origin, True)
    findings = (*table.findings, *look(table, request))
    say("audit", audit_line(findings), True)
    if request.predict:
        aim = find_aim(table, request)
        found = insights_of(curate(table, request, aim, findings), aim, seed=seed, seconds=request.seconds)
    else:
        schema, order = _roles(table, request, findings)
        found = find_insights(
            table.with_schema(schema),
            order=order,
            groups=clusters(table, request, findings),
            seed=seed,
            seconds=request.seconds,
        )
    if out is not None:
        write_explored({"name": table.name, **found.as_data()}, Path(out))
    return found


def insights_of(
    curation: Curation, aim: Aim, *, seed: int, seconds: float | None, most_rows: int | None = None
) -> Explored:
    """What curated rows tell: leaks, ids and constants are set aside, and halves are split as folds are."""
    target = curation.target
    forward = target.fold_kind == "forward"
    return find_insights(
        curation.table,
        aim,
        order=target.order if forward else None,
        groups=curation.units,
        seed=seed,
        seconds=seconds,
        most_rows=most_rows,
    )


def insights_for_build(
    curation: Curation, aim: Aim, *, seed: int, seconds: float | None, rows: Integers | None = None
) -> Explored:
    """The insights of a build, in about 3 % of its time, two seconds at most.

    Parameters
    ----------
    seconds : the build's whole budget; None where a fixed amount of work was asked for: then no clock has a say
    rows : positions of the rows that may be looked at; None for all that are used
    """
    if rows is not None:
        target, units = curation.target.take(rows), None if curation.units is None else curation.units[rows]
        curation = replace(curation, table=curation.table.take(rows), target=target, units=units)
    if seconds is None:
        return insights_of(curation, aim, seed=seed, seconds=None, most_rows=rows_for(curation.table, MOST_SECONDS))
    return insights_of(curation, aim, seed=seed, seconds=min(SHARE_OF_BUILD * seconds, MOST_SECONDS))


def _roles(table: Table, request: Brief, findings: Sequence[Finding]) -> tuple[Schema, Integers | None]:
    """The schema with its roles where there is no target, and the time of each row where rows lie in time."""
    schema = with_remedies(table.schema, request, findings)
    for column in schema:
        role = request.role_of(column.name)
        if role in ROLES:
            schema = schema.with_role(column.name, role, "it was said")
    given = schema.of_role("time")
    if request.says_none("when", [column.name for column in schema]):
        return schema, None
    times, _ = find_time(table.with_schema(schema), given or schema.of_role("feature"))
    return schema, None if times is None else times.order
