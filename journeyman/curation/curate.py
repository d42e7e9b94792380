"""Which rows and columns are used, and how rows are split so that a score is the score of new rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from journeyman.brief.aim import Aim
from journeyman.brief.brief import Brief
from journeyman.checks.check import MOST_ROWS_TOLD, some
from journeyman.checks.look import clusters, with_remedies
from journeyman.curation.drift import drift
from journeyman.curation.grounds import only
from journeyman.curation.priced import priced
from journeyman.curation.split import split
from journeyman.errors import BriefError
from journeyman.plan.target import Target
from journeyman.statistics.folds import Folds
from journeyman.table.columns import Flags, Integers, Numbers, Strings
from journeyman.table.finding import Finding, Remedy
from journeyman.table.schema import ROLES, Column, Role, Schema
from journeyman.table.table import Dates, SetAside, Table


@dataclass(frozen=True, kw_only=True)
class Curation:
    """What is learnt from, and how it is judged.

    Parameters
    ----------
    table : the rows that are used, every column with its role; the ledger holds the rows that are not
    target : the target of these rows, with weights, groups and times
    folds : how these rows are split
    reason : why so, in a sentence for people
    findings : what came to light while choosing
    time : the time of decision by which rows are split, in words; empty where they are not
    entity : the column by which rows belong together; empty where none does
    units : (rows,) rows of one unit are one piece of evidence (`journeyman.curation.split.Split`), or None
    """

    table: Table
    target: Target
    folds: Folds
    reason: str
    findings: tuple[Finding, ...] = ()
    time: str = ""
    entity: str = ""
    units: Integers | None = None


def curate(table: Table, brief: Brief, aim: Aim, findings: Sequence[Finding]) -> Curation:
    """Give every column its role, set aside rows that cannot be learnt from, and split the others.

    Rows are set aside when their target, time or weight is missing, or when they are alone in their class; they are
    counted in the ledger, and none is ever deleted. Copies stay, on one side of every split.

    Raises
    ------
    BriefError : no column, or no honest split, is left; or the entity, time or weight cannot be one
    """
    schema = _roles(table.schema, brief, aim.target, findings)
    values = aim.values(table)
    kept, set_aside, seen = _rows(table, schema, aim, values)
    groups = clusters(table, brief, findings)
    whole = table.with_schema(schema)
    used = whole.take(np.flatnonzero(kept))
    used = replace(used, ledger=replace(used.ledger, used=used.rows, set_aside=used.ledger.set_aside + set_aside))
    if not schema.features:
        others = [column for column in schema if column.name != aim.target]
        raise BriefError(
            "no column is left to predict from",
            because="; ".join(_why_not(column) for column in others[:4]) or "the target is the only one",
            remedy="give more columns, or say what one is with --column NAME:kind=category,role=feature",
        )
    weight = only(schema, "weight")
    target = Target(
        task=aim.task,
        values=values[kept],
        classes=aim.classes,
        weights=None if weight is None else _weights(used, weight),
        seed=brief.seed,
    )
    telling = [one.columns[0] for one in findings if one.code == "leak" and len(one.columns) == 1]
    found = split(used, brief, target, None if groups is None else groups[kept], telling)
    order = found.target.order if found.folds.kind == "forward" else None
    moved = None if order is None else drift(used.with_schema(found.schema), order)
    count = len(set_aside)
    rows = "every row is usable" if not count else f"{some(count, 'row is', 'rows are')} set aside, {used.rows:,} used"
    return Curation(
        table=used.with_schema(found.schema),
        target=found.target,
        folds=found.folds,
        reason=f"{rows}; {found.reason}",
        findings=(*seen, *priced(found, used, brief), *([moved] if moved else [])),
        time=found.time,
        entity=found.entity,
        units=found.units,
    )


def _roles(schema: Schema, brief: Brief, target: str, findings: Sequence[Finding]) -> Schema:
    schema = with_remedies(schema, brief, findings)
    for column in schema:
        role = brief.role_of(column.name)
        if role in ROLES:
            given: Role = role
            schema = schema.with_role(column.name, given, "the brief says so")
    return schema.with_role(target, "target", "it is what is to be predicted")


def _why_not(column: Column) -> str:
    if column.role == "feature":
        return f"{column.name!r} is of the kind {column.kind}"
    return f"{column.name!r} has the role {column.role} ({column.role_reason})"


def _rows(table: Table, schema: Schema, aim: Aim, values: Numbers) -> tuple[Flags, tuple[SetAside, ...], list[Finding]]:
    """Which rows are used, the ledger's lines for the others, and what there is to say of them."""
    kept = ~np.isnan(values)
    lines = []
    found = []
    without = table.missing(aim.target)
    reasons = [("target_missing_values", without), ("rare_class", ~kept & ~without)]
    for role, code in (("time", "time_missing"), ("weight", "weight_missing")):
        name = only(schema, role)  # type: ignore[arg-type]  # literals, above
        if name is not None:
            missing = table.missing(name) & kept
            kept &= ~missing
            reasons.append((code, missing))
            if missing.any():
                message = f"{some(int(missing.sum()), 'row')} have no value in {name!r}"
                found.append(_aside(code, message, name, table, missing))
    single = reasons[1][1]
    if single.any():
        count = some(int(single.sum()), "class", "classes")
        message = f"{count} of {aim.target!r} with a single row: {_alone(table, aim, single)}"
        found.append(_aside("rare_class", message, aim.target, table, single))
    for code, rows in reasons:
        lines += [SetAside(int(number), code) for number in table.row_numbers[rows]]
    if not kept.any():
        raise BriefError(
            "no row is left to learn from", remedy="give rows with a target, and a time and weight if named"
        )
    return kept, tuple(sorted(lines, key=lambda one: one.row)), found


def _alone(table: Table, aim: Aim, rows: Flags) -> str:
    value = table.values[aim.target]
    cells = value.take(rows).cells() if isinstance(value, Strings) else np.asarray(value)[rows]
    return ", ".join(repr(str(cell)) for cell in cells[:5]) + (", …" if len(cells) > 5 else "")


def _aside(code: str, message: str, name: str, table: Table, rows: Flags) -> Finding:
    return Finding(
        code=code,
        severity="warning",
        message=message,
        columns=(name,),
        rows=tuple(table.row_numbers[rows][:MOST_ROWS_TOLD].tolist()),
        numbers={"rows": int(rows.sum())},
        remedy=Remedy(words="these rows are set aside"),
    )


def _weights(table: Table, name: str) -> Numbers:
    value = table.values[name]
    if isinstance(value, Strings | Dates):
        raise BriefError(f"the weight {name!r} holds no numbers", remedy="name a column of numbers with --weight")
    bad = np.flatnonzero(value < 0)
    if len(bad):
        raise BriefError(
            f"the weight {name!r} is negative in row {int(table.row_numbers[bad[0]]) + 1:,}",
            because=f"it is {float(value[bad[0]]):g}",
            remedy="weights are 0 or more",
        )
    if not value.any():
        raise BriefError(f"the weight {name!r} is 0 in every row", remedy="leave --weight out")
    # Only their proportion counts, in whatever unit they come; learners have bounds that are meant for rows of about 1.
    shares: Numbers = np.asarray(value, dtype=np.float64) / float(value.max())
    return np.asarray(shares / shares.mean())
