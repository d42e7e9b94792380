"""How rows are split so that a score is that of new rows: forward in time, by whom they are about, or at random."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.look import joined
from journeyman.curation.fold_count import MOST_FOLDS, count_of, most_folds, units_of
from journeyman.curation.grounds import Groups, Times, groups_of, is_panel, met_again, panel, times_of
from journeyman.curation.likeness import goal_of
from journeyman.curation.no_time import is_late, late, why_not_by_time, without_time
from journeyman.curation.scored import scored_folds
from journeyman.errors import BriefError
from journeyman.plan.target import Target
from journeyman.statistics.folds import FoldKind, Folds, make_folds
from journeyman.table.columns import Integers, Strings
from journeyman.table.finding import Finding, Remedy
from journeyman.table.schema import Schema
from journeyman.table.table import Table

#: What was found, and not given, is gone by only if it allows so many folds.
FEWEST_FOUND = 3
#: The first block in time, which is never scored, has this share of the rows, or more where it is of one class. A model
#: that has seen a sixth of them is another one than that which is shipped: on a table of two years, one that has never
#: seen a summer.
FIRST_BLOCKS = (0.5, 0.75, 0.85, 0.9)
#: In forward folds, words of whom rows are about stay a feature where they come back in this share of later rows.
COMES_BACK = 0.5


@dataclass(frozen=True, kw_only=True)
class Split:
    """The target of the rows, how they are split, and why.

    Parameters
    ----------
    schema : with the roles that were found
    time : the time of decision, in words; empty where folds are not by time
    entity : the column by which rows belong together; empty where there is none
    units : (rows,) whom each row is about, or which rows are copies: rows of one unit are one piece of evidence, also
        where they may stand on both sides of a split; None where each stands for itself
    """

    target: Target
    folds: Folds
    reason: str
    schema: Schema
    findings: tuple[Finding, ...] = ()
    time: str = ""
    entity: str = ""
    units: Integers | None = None


def split(table: Table, brief: Brief, target: Target, copies: Integers | None, telling: Sequence[str] = ()) -> Split:
    """Split by what the brief says, or else by what the table shows.

    Rows in time are split forward, whomever they are about, except in a panel: where each of many is seen once at each
    of a few times, all of them stand on both sides of every moment, and a model that knows them again would look good.
    Forward folds would then be right for the same ones later, and for nobody else.

    Parameters
    ----------
    table : the rows that are used, with their roles
    target : of these rows; groups, order and the kind of folds are given to it here
    copies : (rows,) which rows belong together by the audit, or None
    telling : columns that the audit sets aside because they give the target away

    Raises
    ------
    BriefError : the rows cannot be split by the time or entity that the brief names
    """
    goal = goal_of(target)
    times, asked = times_of(table, brief, goal)
    groups, told = groups_of(table, brief, goal, times.columns if times else (), telling)
    findings = [*asked, *told]
    if times and not times.is_given and groups and groups.column and is_panel(times.order, groups.codes):
        findings.append(panel(times, groups))
        times = None
    folds = (
        None if times is None else _forward(times, target, _most(table.schema, target, brief, "forward", MOST_FOLDS))
    )
    if times is None or folds is None:
        if times is not None and is_late(times, target):
            # At random, such a time would look as if it told the class, which it does of no row to come.
            findings.append(late(times, target))
            table = table.with_schema(without_time(table.schema, times))
        found = _apart(table, brief, target, groups, copies)
        why = why_not_by_time(table, brief, times, findings)
        found = replace(found, reason=f"{found.reason}; {why}") if why else found
    else:
        if groups and groups.column and not groups.is_given:
            findings = [met_again(groups, times), *asked]
        found = _in_time(table, target, folds, times, groups, copies)
    return _fewer(replace(found, findings=(*findings, *found.findings)), brief)


def _in_time(
    table: Table, target: Target, folds: Folds, times: Times, groups: Groups | None, copies: Integers | None
) -> Split:
    """Forward folds; the time stays a feature, and whom rows are about does where it comes back."""
    blocks = f"learn from the past, score on the future: {folds.count} blocks forward in {times.name}"
    reason = f"{times.why} → {blocks}" if times.why else blocks
    schema, entity = table.schema, groups.column if groups else ""
    if times.column:
        schema = schema.with_role(times.column, "time", times.why or schema[times.column].role_reason)
        # Times later than any so far are what is to come, and nothing unusual.
        schema = schema.with_column(replace(schema[times.column], high=None))
    units = apart = groups.codes if groups else copies
    if groups and entity:
        reason += f"; rows of one {entity!r} may be in the past and in the future"
        comes_back = _comes_back(table, groups, folds)
        if not groups.is_given and not comes_back:
            schema = _named(schema, entity, groups.why)
        if comes_back:
            # Rows to come are of known ones: what is encoded inside a fold must know them as well as it will then.
            apart = copies
    target = replace(target, groups=apart, order=times.order, fold_kind="forward")
    return Split(target=target, folds=folds, reason=reason, schema=schema, time=times.name, entity=entity, units=units)


def _apart(table: Table, brief: Brief, target: Target, groups: Groups | None, copies: Integers | None) -> Split:
    """Folds of whole groups where rows belong together, else of rows; copies on one side of every split."""
    classes = target.codes if target.classes else None
    findings: list[Finding] = []
    alike: Integers | None = None
    kind: FoldKind = "stratified" if target.classes else "random"
    if groups and groups.is_given:
        count = count_of(target, groups.codes, repr(groups.column))
    elif groups and (groups.column or groups.why) and units_of(target, groups.codes) >= FEWEST_FOUND:
        count = min(most_folds(len(target)), units_of(target, groups.codes))
    else:
        # Rows that are equal in all columns, whatever their targets, are copies.
        if groups and not groups.column and not groups.why:
            alike = groups.codes
        groups = None
    schema, entity = table.schema, groups.column if groups else ""
    if groups:
        kind, copies = "entity", groups.codes
        number = len(np.unique(copies))
        if entity:
            by = "" if groups.is_given else f" ({groups.why})"
            reason = f"rows of one {entity!r} stay together{by}, {number:,} of them → {count} folds by {entity!r}"
            schema = _named(schema, entity, groups.why)
        else:
            reason = f"{groups.why} → {count} folds, of which each holds whole ones ({number:,} of them)"
    else:
        told = _copies_in_words(copies, alike)
        if alike is not None:
            copies = alike if copies is None else joined(copies, alike)
        if copies is not None and units_of(target, copies) < 2:
            findings.append(_ungrouped())
            copies = None
        count = count_of(target, copies, "class")
        reason = f"rows are independent → {count} {kind} folds"
        if copies is not None:
            reason += told
    folds = make_folds(kind, count, rows=len(target), classes=classes, groups=copies, seed=brief.seed)
    target = replace(target, groups=copies, fold_kind=kind)
    said = tuple(findings)
    return Split(target=target, folds=folds, reason=reason, schema=schema, findings=said, entity=entity, units=copies)


def _named(schema: Schema, entity: str, why: str) -> Schema:
    """The schema with whom rows are about. A new row is of a new one, so who that is says nothing; but a text says more
    than who, and its words come back: it stays a feature, unless a person gave it its role.
    """
    if schema[entity].kind == "text" and schema[entity].role == "feature":
        return schema
    return schema.with_role(entity, "entity", why)


def _copies_in_words(copies: Integers | None, alike: Integers | None) -> str:
    """How many rows stand several times, and what is equal in them: the audit's number is told as the audit tells it.

    Parameters
    ----------
    copies : (rows,) equal for rows that are equal in every column, the target among them
    alike : (rows,) equal for rows that are equal in every column but, perhaps, the target
    """
    whole, others = 0 if copies is None else _in_several(copies), 0 if alike is None else _in_several(alike)
    if others <= whole:
        return f"; {whole:,} duplicate rows kept on one side" if whole else ""
    also = f" ({whole:,} of them in the target, too)" if whole else ""
    return f"; {others:,} rows that equal another one in all but the target are kept on one side{also}"


def _in_several(codes: Integers) -> int:
    """How many rows are not alone."""
    _, sizes = np.unique(codes, return_counts=True)
    return int(sizes[sizes > 1].sum())


def _fewer(found: Split, brief: Brief) -> Split:
    """The same with only as many folds scored as there is time for."""
    most = _most(found.schema, found.target, brief, found.folds.kind, found.folds.count)
    if most >= found.folds.count:
        return found
    reason = f"{found.reason}; {most} of the {found.folds.count} folds are scored, because rows are many for the time"
    return replace(found, folds=found.folds.scoring(most), reason=reason)


def _most(schema: Schema, target: Target, brief: Brief, kind: FoldKind, count: int) -> int:
    """How many of so many folds there is time for."""
    columns = len(schema.features)
    return scored_folds(kind, count, rows=len(target), columns=columns, outputs=target.outputs, seconds=brief.seconds)


def _forward(times: Times, target: Target, most: int) -> Folds | None:
    """As many blocks in time, at most so many, as leave both sides of every fold with rows, and the first two classes.

    Where there is time for few, they are longer: a model that will be used for months is judged by weeks too kindly.
    None where a time that was found allows too few; of a time that was given, that is an error.
    """
    classes = target.codes if target.classes else None
    fewest = 1 if times.is_given else FEWEST_FOUND
    for first, count in itertools.product(FIRST_BLOCKS, range(most, fewest - 1, -1)):
        folds = make_folds("forward", count, rows=len(times.order), order=times.order, first=first)
        sizes = np.bincount(folds.number + 1, minlength=count + 1)
        seen = len(np.unique(classes[folds.training(0)])) if classes is not None else 2
        if sizes.min() > 0 and seen > 1:
            return folds
    if not times.is_given:
        return None
    raise BriefError(
        f"the rows cannot be split by the time {times.name}",
        because="all have one time, or all earlier ones are of one class",
        remedy="leave --when out, or name another column",
    )


def _comes_back(table: Table, groups: Groups, folds: Folds) -> bool:
    """Whether words of whom rows are about are mostly known when a block of later rows is scored."""
    if not isinstance(table.values[groups.column], Strings):
        return False
    known = [
        float(np.isin(groups.codes[folds.scored(fold)], groups.codes[folds.training(fold)]).mean())
        for fold in folds.usable
    ]
    return float(np.mean(known)) >= COMES_BACK


def _ungrouped() -> Finding:
    return Finding(
        code="duplicate_rows",
        severity="warning",
        message="equal rows are not kept together, because all rows of a class are equal",
        remedy=Remedy(action="review", words="the score may be too good; give rows that differ"),
    )
