"""Which rows and columns are used, and how rows are split so that a score is the score of new rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from journeyman.brief.aim import Aim
from journeyman.brief.brief import Brief
from journeyman.checks.audit import clusters, with_remedies
from journeyman.checks.check import MOST_ROWS_TOLD, some
from journeyman.errors import BriefError
from journeyman.plan.target import Target
from journeyman.statistics.folds import FoldKind, Folds, make_folds
from journeyman.table.columns import Flags, Integers, Numbers, Strings
from journeyman.table.finding import Finding, Remedy
from journeyman.table.schema import ROLES, Column, Role, Schema
from journeyman.table.table import Dates, Table

MOST_FOLDS = 5


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
    """

    table: Table
    target: Target
    folds: Folds
    reason: str
    findings: tuple[Finding, ...] = ()


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
    target, folds, reason, more = _split(used, brief, aim, values[kept], None if groups is None else groups[kept])
    count = len(set_aside)
    rows = "every row is usable" if not count else f"{some(count, 'row is', 'rows are')} set aside, {used.rows:,} used"
    return Curation(table=used, target=target, folds=folds, reason=f"{rows}; {reason}", findings=(*seen, *more))


def _roles(schema: Schema, brief: Brief, target: str, findings: Sequence[Finding]) -> Schema:
    schema = with_remedies(schema, brief, findings)
    for column in schema:
        role = brief.role_of(column.name)
        if role in ROLES:
            given: Role = role
            schema = schema.with_role(column.name, given, "the brief says so")
    return schema.with_role(target, "target", "it is what is to be predicted")


def _why_not(column: Column) -> str:
    if column.role == "feature" and column.kind == "text":
        return f"{column.name!r} is free text, from which this version does not learn"
    if column.role == "feature":
        return f"{column.name!r} is of the kind {column.kind}"
    return f"{column.name!r} has the role {column.role} ({column.role_reason})"


def _only(schema: Schema, role: Role) -> str | None:
    columns = schema.of_role(role)
    if len(columns) > 1:
        names = " and ".join(repr(one.name) for one in columns)
        raise BriefError(f"there are {len(columns)} columns of the role {role}: {names}", remedy="keep one of them")
    return columns[0].name if columns else None


def _rows(
    table: Table, schema: Schema, aim: Aim, values: Numbers
) -> tuple[Flags, tuple[tuple[int, str], ...], list[Finding]]:
    """Which rows are used, the ledger's lines for the others, and what there is to say of them."""
    kept = ~np.isnan(values)
    lines = []
    found = []
    without = table.missing(aim.target)
    reasons = [("target_missing_values", without), ("rare_class", ~kept & ~without)]
    for role, code in (("time", "time_missing"), ("weight", "weight_missing")):
        name = _only(schema, role)  # type: ignore[arg-type]  # literals, above
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
        lines += [(int(number), code) for number in table.row_numbers[rows]]
    if not kept.any():
        raise BriefError(
            "no row is left to learn from", remedy="give rows with a target, and a time and weight if named"
        )
    return kept, tuple(sorted(lines)), found


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


def _split(
    table: Table, brief: Brief, aim: Aim, values: Numbers, copies: Integers | None
) -> tuple[Target, Folds, str, list[Finding]]:
    classes = values.astype(np.int64) if aim.classes else None
    entity, time, weight = (_only(table.schema, role) for role in ("entity", "time", "weight"))
    groups = copies if entity is None else _groups(table, entity)
    order = None if time is None else _order(table, time)
    found: list[Finding] = []
    kind: FoldKind = "stratified" if aim.classes else "random"
    if order is not None and time is not None:
        kind = "forward"
        folds, reason = _forward(order, time, classes, entity)
    elif entity is not None and groups is not None:
        kind = "entity"
        count = _count(aim, classes, groups, f"{entity!r}")
        folds = make_folds(kind, count, rows=table.rows, classes=classes, groups=groups, seed=brief.seed)
        number = len(np.unique(groups))
        reason = f"rows of one {entity!r} stay together ({number:,} of them) → {count} folds by {entity!r}"
    else:
        if groups is not None and _units(aim, classes, groups) < 2:
            found.append(_ungrouped())
            groups = None
        count = _count(aim, classes, groups, "class")
        folds = make_folds(kind, count, rows=table.rows, classes=classes, groups=groups, seed=brief.seed)
        reason = f"rows are independent → {count} {kind} folds"
        if groups is not None:
            _, sizes = np.unique(groups, return_counts=True)
            reason += f"; {int(sizes[sizes > 1].sum()):,} duplicate rows kept on one side"
    target = Target(
        task=aim.task,
        values=values,
        classes=aim.classes,
        weights=None if weight is None else _weights(table, weight),
        groups=groups,
        order=order,
        fold_kind=kind,
        seed=brief.seed,
    )
    return target, folds, reason, found


def _ungrouped() -> Finding:
    return Finding(
        code="duplicate_rows",
        severity="warning",
        message="equal rows are not kept together, because all rows of a class are equal",
        remedy=Remedy(action="review", words="the score may be too good; give rows that differ"),
    )


def _units(aim: Aim, classes: Integers | None, groups: Integers | None) -> int:
    """How many folds the rows allow: the units (rows, or groups) that hold the smaller class; of many, the middle one.

    Of two classes each must be on both sides of every split; of many, rare ones cannot always be.
    """
    if classes is None or groups is None:
        if classes is None:
            return len(np.unique(groups)) if groups is not None else MOST_FOLDS
        counts = np.bincount(classes, minlength=len(aim.classes))
    else:
        pairs = np.unique(np.column_stack([classes, groups]), axis=0)
        counts = np.bincount(pairs[:, 0], minlength=len(aim.classes))
    smallest = counts.min() if len(counts) == 2 else np.median(counts)
    units = len(np.unique(groups)) if groups is not None else len(classes)
    return int(min(smallest, units))


def _count(aim: Aim, classes: Integers | None, groups: Integers | None, what: str) -> int:
    units = _units(aim, classes, groups)
    if units < 2:
        raise BriefError(
            f"the rows cannot be split by {what}",
            because=f"at most one {what} holds all rows, or all rows of a class",
            remedy="leave --entity out, or give rows of more of them",
            code="groups",
        )
    return min(MOST_FOLDS, units)


def _forward(order: Integers, time: str, classes: Integers | None, entity: str | None) -> tuple[Folds, str]:
    """As many blocks in time as leave both sides of every fold with rows, and the first with two classes."""
    for count in range(MOST_FOLDS, 0, -1):
        folds = make_folds("forward", count, rows=len(order), order=order)
        sizes = np.bincount(folds.number + 1, minlength=count + 1)
        seen = len(np.unique(classes[folds.training(0)])) if classes is not None else 2
        if sizes.min() > 0 and seen > 1:
            also = f"; rows of one {entity!r} may be in the past and in the future" if entity else ""
            return folds, f"learn from the past, score on the future → {count} blocks forward in {time!r}{also}"
    raise BriefError(
        f"the rows cannot be split by the time {time!r}",
        because="all have one time, or all earlier ones are of one class",
        remedy="leave --when out, or name another column",
    )


def _groups(table: Table, name: str) -> Integers:
    """Codes of an entity, (rows,); a row whose entity is missing stands alone."""
    value = table.values[name]
    cells = value.codes if isinstance(value, Strings) else value.at if isinstance(value, Dates) else value
    missing = table.missing(name)
    codes = np.empty(table.rows, np.int64)
    codes[~missing] = np.unique(cells[~missing], return_inverse=True)[1]
    codes[missing] = table.rows + np.arange(int(missing.sum()))
    return np.unique(codes, return_inverse=True)[1].astype(np.int64)


def _order(table: Table, name: str) -> Integers:
    value = table.values[name]
    if isinstance(value, Strings):
        raise BriefError(
            f"{name!r} cannot be the time of decision",
            because=f"it holds words, as {value.levels[0]!r}" if value.levels else "it holds words",
            remedy="name a column of dates or numbers; or say how its dates are written",
        )
    if isinstance(value, Dates):
        return value.at
    # Numbers as years or weeks: only their order counts.
    return np.unique(value, return_inverse=True)[1].astype(np.int64)


def _weights(table: Table, name: str) -> Numbers:
    value = table.values[name]
    if isinstance(value, Strings | Dates):
        raise BriefError(f"the weight {name!r} holds no numbers", remedy="name a column of numbers with --weight")
    bad = np.flatnonzero(value < 0)
    if len(bad):
        raise BriefError(
            f"the weight {name!r} is negative in row {int(table.row_numbers[bad[0]])}",
            because=f"it is {float(value[bad[0]]):g}",
            remedy="weights are 0 or more",
        )
    if not value.any():
        raise BriefError(f"the weight {name!r} is 0 in every row", remedy="leave --weight out")
    return np.asarray(value, dtype=np.float64)
