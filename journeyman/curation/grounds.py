"""By what rows could be split: their times and whom they are about, as the brief says or as the table shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.curation.cells import codes_of
from journeyman.curation.entity import find_entity
from journeyman.curation.row_order import find_row_order
from journeyman.curation.specimens import find_specimens
from journeyman.curation.time import find_time
from journeyman.errors import BriefError
from journeyman.table.columns import MISSING_WORD, Integers, Numbers, Strings
from journeyman.table.finding import Finding, Remedy
from journeyman.table.schema import Role, Schema
from journeyman.table.table import Table

#: A panel: each of many is seen at most once at a time (so many of the rows), and at so many of the times.
PANEL_ONCE, PANEL_SEEN = 0.95, 0.25


@dataclass(frozen=True)
class Times:
    """When each row is.

    Parameters
    ----------
    name : what the time is called, in words
    column : the one column that it stands in; empty where that are several, or the order of the rows
    columns : all columns that it is made of
    order : (rows,) whole numbers; rows without a time are before all others
    why : in a sentence for people
    """

    name: str
    column: str
    columns: tuple[str, ...]
    order: Integers
    why: str
    is_given: bool


@dataclass(frozen=True)
class Groups:
    """Which rows belong together: equal ``codes`` (rows,); ``column`` is empty where no single column says so."""

    codes: Integers
    column: str
    why: str
    is_given: bool


def only(schema: Schema, role: Role) -> str | None:
    """The column of a role, or None.

    Raises
    ------
    BriefError : there are several
    """
    columns = schema.of_role(role)
    if len(columns) > 1:
        names = " and ".join(repr(one.name) for one in columns)
        raise BriefError(f"there are {len(columns)} columns of the role {role}: {names}", remedy="keep one of them")
    return columns[0].name if columns else None


def times_of(table: Table, brief: Brief, goal: Numbers) -> tuple[Times | None, tuple[Finding, ...]]:
    """The time of each row: as given, else found in the columns, else in the order of the rows; or none.

    Nothing is looked for where the brief says "none", or says whom rows are about: then that is what counts.

    Raises
    ------
    BriefError : the column that was given holds words
    """
    given = only(table.schema, "time")
    if given is not None:
        return Times(repr(given), given, (given,), _order(table, given), "", True), ()
    if brief.says_none("when", _names(table)) or only(table.schema, "entity") is not None:
        return None, ()
    columns = table.schema.of_role("feature")
    found, asked = find_time(table, columns)
    if found is not None:
        column = found.columns[0] if len(found.columns) == 1 else ""
        why = f"rows carry {found.name} ({', '.join(found.evidence)})"
        return Times(found.name, column, found.columns, found.order, why, False), asked
    clock, more = find_row_order(table, columns, goal)
    if not clock:
        return None, (*asked, *more)
    name = "the order of the rows"
    return Times(name, "", (), np.arange(table.rows), f"the file lies in time: {clock}", False), more


def groups_of(
    table: Table, brief: Brief, goal: Numbers, times: Sequence[str], telling: Sequence[str] = ()
) -> tuple[Groups | None, tuple[Finding, ...]]:
    """Whom rows are about: as given, else found in a column, else as one thing measured several times; or nobody.

    Parameters
    ----------
    times : columns that are the time
    telling : columns that are set aside because they give the target away; whom rows are about does so where rows are
        drawn without regard to it
    """
    given = only(table.schema, "entity")
    if given is not None:
        return Groups(_alone(codes_of(table, given)), given, "the brief says so", True), ()
    if brief.says_none("entity", _names(table)):
        return None, ()
    columns = table.schema.of_role("feature")
    named = [column for column in table.schema if column.name in telling and column.role == "ignored"]
    found, asked = find_entity(table, (*columns, *named), goal, times)
    if found is not None:
        return Groups(_alone(found.codes), found.name, ", ".join(found.evidence), False), asked
    if times:
        return None, asked
    specimens, told = find_specimens(table, columns)
    if specimens is None:
        return None, asked
    why = f"rows that differ in {specimens.varies!r} alone are of one thing" if specimens.varies else ""
    return Groups(specimens.codes, "", why, False), (*asked, *told)


def is_panel(order: Integers, groups: Integers) -> bool:
    """Whether each of many is seen once at each of a few times, as countries in years."""
    times, moments = np.unique(order, return_inverse=True)
    many = int(groups.max()) + 1
    cells = len(np.unique(groups * len(times) + moments))
    return many > len(times) and cells >= PANEL_ONCE * len(order) and cells >= PANEL_SEEN * many * len(times)


def panel(times: Times, groups: Groups) -> Finding:
    """What to say of a panel that is not split by time."""
    message = f"{times.name} may be the time of decision, but nearly every {groups.column!r} is seen at each of it"
    return Finding(
        code="time_order",
        severity="info",
        message=f"{message}: folds are by {groups.column!r}, so the score is that of new ones",
        columns=(*times.columns, groups.column),
        numbers={"time": times.name, "why": f"nearly every {groups.column!r} is seen at each of it"},
        remedy=Remedy(action="review", words="name the time with --when to be judged by the future of known ones"),
    )


def met_again(groups: Groups, times: Times) -> Finding:
    """What to say of rows that belong together and are split by time all the same."""
    message = f"rows of one {groups.column!r} are alike ({groups.why}), and may be in the past and in the future"
    return Finding(
        code="groups",
        severity="warning",
        message=f"{message}: folds are by {times.name}, so the score is that of later rows, of known ones too",
        columns=(groups.column,),
        numbers={"groups": int(groups.codes.max()) + 1},
        remedy=Remedy(action="review", words=f"say --when none if new rows are of new {groups.column!r}"),
    )


def _names(table: Table) -> list[str]:
    return [column.name for column in table.schema]


def _alone(codes: Integers) -> Integers:
    """Codes in which every row of no group is a group of its own."""
    apart = codes.copy()
    gaps = np.flatnonzero(codes < 0)
    apart[gaps] = int(codes.max(initial=-1)) + 1 + np.arange(len(gaps))
    return apart


def _order(table: Table, name: str) -> Integers:
    value = table.values[name]
    if isinstance(value, Strings):
        numbers = _numbers_of(value)
        if numbers is not None:
            cells, missing = numbers[value.codes], table.missing(name)
            return np.where(missing, -1, np.unique(np.where(missing, -np.inf, cells), return_inverse=True)[1])
        raise BriefError(
            f"{name!r} cannot be the time of decision",
            because=f"it holds words, as {value.levels[0]!r}" if value.levels else "it holds words",
            remedy="name a column of dates or numbers; or say how its dates are written",
        )
    # Whatever the unit, only the order of times counts.
    return codes_of(table, name)


def _numbers_of(value: Strings) -> Numbers | None:
    """(levels,) the numbers that all words are, as those of a column that counts its rows and was taken for a key."""
    try:
        found = np.array([np.nan if word == MISSING_WORD else float(word) for word in value.levels])
    except ValueError:
        return None
    there = np.array([word != MISSING_WORD for word in value.levels], np.bool_)
    return found if there.any() and np.isfinite(found[there]).all() else None
