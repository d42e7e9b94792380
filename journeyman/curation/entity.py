"""Whom the rows are about, found: a column by which rows belong together, so that new ones of it can judge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from shlex import quote

import numpy as np

from journeyman.curation import names
from journeyman.curation.cells import chance_of_equal, codes_of, ranks_of
from journeyman.curation.crossing import crossing
from journeyman.curation.likeness import likeness, pairs, some_groups
from journeyman.table.columns import Integers, Numbers, Strings
from journeyman.table.finding import Finding, Remedy
from journeyman.table.schema import Column
from journeyman.table.table import Dates, Table

#: Points of evidence from which on rows belong together: with the name of an id, and by what they hold alone.
ENOUGH_NAMED, ENOUGH = 3, 4
#: Fewer different values are levels; a value with more of the rows than this is no single thing. Where the name says of
#: whom, fewer will do, on more evidence.
FEWEST_GROUPS, LARGEST_SHARE = 30, 0.2
FEWEST_PEOPLE, ENOUGH_OF_FEW = 6, 5
#: Groups of at most this size on average are many small ones; beyond the other, rows of one must lie together.
SMALL, LARGE = 20.0, 50.0
MOST_MISSING = 0.3
#: Share of rows whose value is in another row, too: with the name of an id, fewer may be chance or a slip.
FEWEST_REPEATED, FEWEST_NAMED = 0.02, 0.005
#: How alike two rows of a group are in another column, of what is beyond chance, for the column to be fixed by it.
FIXED = 0.97
#: How alike in the target, beyond what other columns explain, for one point and for two; and standard errors.
ALIKE, VERY_ALIKE, ERRORS = 0.05, 0.2, 4.0
TOGETHER = 0.9
#: Of a measurement so many rows must have a value that comes again, and so many values stand beside each other.
FEWEST_MEASURED, BESIDE = 0.5, 4
_LOOKED_AT, _MOST_COLUMNS = 20_000, 60


@dataclass(frozen=True)
class Entity:
    """A column whose rows of one value belong together.

    Parameters
    ----------
    codes : (rows,) from 0 on, −1 where missing
    points, evidence : how sure, and why, in words
    is_named : whether its name is that of an id
    """

    name: str
    codes: Integers
    points: int
    evidence: tuple[str, ...]
    is_named: bool
    alike: float = 0.0

    @property
    def is_enough(self) -> bool:
        """Whether the evidence is enough to go by it."""
        if int(self.codes.max()) + 1 < FEWEST_GROUPS:
            return self.points >= ENOUGH_OF_FEW
        return self.points >= (ENOUGH_NAMED if self.is_named else ENOUGH)


def find_entity(
    table: Table, columns: Sequence[Column], goal: Numbers, times: Sequence[str] = ()
) -> tuple[Entity | None, tuple[Finding, ...]]:
    """The column of whom the rows are about, or none; and what to ask a person where it is not sure.

    Evidence is the name of an id, other columns that are fixed within its values, values that lie together in the
    file, small groups, and a target that is more alike within than the other columns explain. What separates it from
    a category is that its values are many and their groups small, or lie together: a new row would be of a new one.
    Two ids that cross, as users and films, are no entity: their meeting is what is learnt.

    Parameters
    ----------
    goal : (rows, outputs) the target, each output with mean 0
    times : columns that are times, which fix nothing and name nobody
    """
    others = [column for column in columns if column.name not in times and not names.says_clock(column.name)]
    seen = []
    for column in others:
        codes = _codes(table, column)
        if codes is not None:
            found = _weighed(table, column.name, codes, [one.name for one in others], goal)
            if found is not None:
                seen.append(found)
    seen.sort(key=lambda one: (-one.points, -one.alike))
    for found in seen:
        if not found.is_enough:
            continue
        other = crossing(table, found.name, others)
        if other:
            return None, (_ask(found, f"rows are where {found.name!r} and {other!r} meet"),)
        return found, (_told(found),)
    near = [one for one in seen if not one.is_enough and one.alike >= VERY_ALIKE and one.points >= ENOUGH - 1]
    if near:
        return None, (_ask(near[0], "new rows may well be of known ones"),)
    looked = (_measured_together(table, column, others, goal) for column in others)
    measured = next((one for one in looked if one is not None), None)
    return None, () if measured is None else (_ask(measured, "a measurement is no id"),)


def _told(entity: Entity) -> Finding:
    groups, rows = int(entity.codes.max()) + 1, int((entity.codes >= 0).sum())
    return Finding(
        code="groups",
        severity="warning",
        message=f"rows of one {entity.name!r} belong together ({', '.join(entity.evidence)})",
        columns=(entity.name,),
        numbers={"groups": groups, "rows": rows, "alike": round(entity.alike, 4)},
        remedy=Remedy(action="review", words=f"--entity none if new rows are of the same {groups:,} {entity.name!r}"),
    )


def _ask(entity: Entity, why: str) -> Finding:
    return Finding(
        code="groups",
        severity="warning",
        message=f"rows of one {entity.name!r} are alike ({', '.join(entity.evidence)}), but {why}; folds part them",
        columns=(entity.name,),
        numbers={"groups": int(entity.codes.max()) + 1, "alike": round(entity.alike, 4), "asked": why},
        remedy=Remedy(
            action="review", words=f"say --entity {quote(entity.name)} if new rows are of new {entity.name!r}"
        ),
    )


def _codes(table: Table, column: Column) -> Integers | None:
    """The groups of a column that may name somebody; None where it cannot."""
    value = table.values[column.name]
    is_named = names.says_subject(column.name)
    if isinstance(value, Dates) or column.kind == "flag" or (column.kind == "text" and not is_named):
        return None
    if isinstance(value, np.ndarray):
        numbers = value[~np.isnan(value)]
        if names.says_amount(column.name) or (not is_named and bool((numbers != np.floor(numbers)).any())):
            return None
    codes = codes_of(table, column.name)
    there = codes[codes >= 0]
    if len(there) < max(60, (1 - MOST_MISSING) * table.rows):
        return None
    counts = np.bincount(there)
    repeated = int(counts[counts > 1].sum())
    fewest = FEWEST_PEOPLE if names.says_somebody(column.name) else FEWEST_GROUPS
    if len(counts) < fewest or counts.max() > LARGEST_SHARE * len(there) or repeated < 2:
        return None
    return codes if repeated >= (FEWEST_NAMED if is_named else FEWEST_REPEATED) * len(there) else None


def _measured_together(table: Table, column: Column, others: Sequence[Column], goal: Numbers) -> Entity | None:
    """A measurement whose values come a few times each, and whose rows of one value are far more alike than those of
    values beside it: one thing may have been measured once and stand in several rows.
    """
    value = table.values[column.name]
    if not isinstance(value, np.ndarray) or not bool((value[~np.isnan(value)] % 1 != 0).any()):
        return None
    codes = codes_of(table, column.name)
    counts = np.bincount(codes[codes >= 0])
    again = counts[counts > 1]
    if len(again) < FEWEST_GROUPS or again.mean() > SMALL or again.sum() < FEWEST_MEASURED * len(codes):
        return None
    # The number itself explains, too, in bins; what is left of a steep course is as alike in values beside each other.
    names_of_others = [one.name for one in others]
    found = likeness(table, names_of_others, codes, goal)
    if found.rest < max(VERY_ALIKE, ERRORS * found.error):
        return None
    # Codes are in the order of the values, and missing ones stay −1.
    beside = likeness(table, names_of_others, codes // BESIDE, goal)
    if beside.rest > found.rest / 2:
        return None
    evidence = f"{again.mean():.1f} rows each, their likeness in the target {found.rest:.2f} and {beside.rest:.2f} in"
    return Entity(column.name, codes, 0, (f"{evidence} values beside each other",), False, found.rest)


def _weighed(table: Table, name: str, codes: Integers, others: Sequence[str], goal: Numbers) -> Entity | None:
    there = codes[codes >= 0]
    size = len(there) / (int(there.max()) + 1)
    is_named, points = names.says_subject(name), 0
    evidence = []
    if is_named:
        points += 2
        evidence.append("its name is that of an id")
    fixed = list(_fixed(table, name, codes, others))
    # A model fixes its brand, a town its county: kinds and places do so to words, and that is no sign of somebody.
    is_kind = names.says_kind(name) and all(isinstance(table.values[one], Strings) for one in fixed)
    if fixed and not is_kind:
        points += 2 if len(fixed) > 2 else 1
        evidence.append(f"it fixes {' and '.join(repr(one) for one in fixed[:2])}")
    together = _together(there)
    if together:
        points += 1
        evidence.append("its rows lie together")
    if size <= SMALL:
        points += 1
        evidence.append(f"{size:.1f} rows each")
    is_small = size <= SMALL or (is_named and (together or size <= LARGE)) or names.says_somebody(name)
    # A number that is no id by name must fix several columns, or it is a measurement.
    is_code = isinstance(table.values[name], Strings) or is_named or len(fixed) > 1 or (bool(fixed) and together)
    if not is_small or not is_code or points + 2 < (ENOUGH_NAMED if is_named else ENOUGH) - 1:
        return None
    found = likeness(table, [one for one in others if one != name], codes, goal)
    alike = found.rest if abs(found.rest) > ERRORS * found.error else 0.0
    if alike >= ALIKE:
        points += 2 if alike >= VERY_ALIKE else 1
        evidence.append(f"its rows are more alike in the target than other columns explain ({alike:.2f})")
    elif not is_named or alike < 0:
        points -= 1
    return Entity(name, codes, points, tuple(evidence), is_named, alike)


def _fixed(table: Table, name: str, codes: Integers, others: Sequence[str]) -> Iterator[str]:
    """Other columns, not constant, in which two rows of a group are equal, or as good as equal."""
    random = np.random.default_rng(np.random.PCG64(0))
    rows, groups = some_groups(codes, _LOOKED_AT, random)
    first, second = pairs(groups, random)
    if len(first) < 5:
        return
    for other in [one for one in others if one != name][:_MOST_COLUMNS]:
        cells = codes_of(table, other, rows) + 1
        chance = chance_of_equal(cells)
        if chance > 0.98:
            continue
        equal = (float((cells[first] == cells[second]).mean()) - chance) / (1 - chance)
        if equal < FIXED and isinstance(table.values[other], np.ndarray):
            ranks = ranks_of(cells)
            equal = 1 - float(((ranks[first] - ranks[second]) ** 2).mean()) / (2 * float(ranks.var()))
        if equal >= FIXED:
            yield other


def _together(codes: Integers) -> bool:
    """Whether rows of a value lie together in the file, nearly all of them."""
    chance = chance_of_equal(codes)
    most = 1 - (int(codes.max()) + 1) / len(codes)
    return most > chance and (float((np.diff(codes) == 0).mean()) - chance) / (most - chance) >= TOGETHER
