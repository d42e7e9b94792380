"""A cell that breaks what another column says of it: a postal code of one town beside the name of another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from journeyman.repairs.grid import Grid, Written
from journeyman.repairs.rule import Doubts, Rule, Verdict, at_rows
from journeyman.repairs.together import Together, together
from journeyman.table.columns import Integers, Numbers

STAGE = 2
#: A column says another where so few cells break it, and so few beside what one would guess without it.
BROKEN, LIFT = 0.1, 0.15
#: Where so many texts each say another one, so many cells may break it.
RICH, MANY = 15, 0.3
#: What a text says is taken from so many cells, of which so many agree.
FEWEST, AGREE = 3, 0.7
#: So many texts must say something: classes that go together are no names of things.
GROUPS = 10
#: So much of the rows must hold a text that says something.
COVERED = 0.3
#: Columns that are asked for one other, the best first; wider tables are not compared all with all.
MOST_ASKED, MOST_COLUMNS = 6, 60
_MOST_TEXTS = 0.7
#: Numbers of so many digits are codes.
_CODE, _LOOKED_AT = 4, 200
#: Two columns that go together mostly need not always: so much is taken off the log odds, and so much they count.
_DOUBT, _STEEP = 1.2, 0.7
#: A repair is less sure than that something is wrong: the other column may be.
_CAUTION = 0.1


def learn(grid: Grid) -> Iterator[Rule]:
    """A rule for each column that others say: what each text of them says, and how surely."""
    usable = [one for one in grid.columns.values() if one.filled and one.present >= 2][:MOST_COLUMNS]
    asked = [one for one in usable if one.present <= _MOST_TEXTS * one.filled]
    for column in usable:
        if column.is_numeric and not _is_of_codes(column):
            continue  # amounts that go together are near each other, and need not be equal
        found = sorted(
            (
                (strictness, by.name, by, seen)
                for by in asked
                if by is not column and (strictness := _strictness(seen := together(by, column), column)) is not None
            ),
            key=lambda each: (each[0].broken, each[1]),
        )
        if found:
            by = {name: _says(by, column, seen) for _, name, by, seen in found[:MOST_ASKED]}
            fills = [name for strictness, name, _, _ in found[:MOST_ASKED] if strictness.is_rich]
            yield Rule("dependency", column.name, {"by": by, "fills": fills})


def apply(rule: Rule, grid: Grid) -> Doubts | None:
    """The cells that most of what says them disagree with, and what they say instead.

    A cell that says wrong things of many others is at fault itself: the others have columns that agree with them.
    An empty cell is told only where things stand that each have a text of their own here.
    """
    column = grid.columns[rule.column]
    extra: dict[str, int] = {}
    names = [name for name in rule.knows["by"] if name in grid.columns]
    votes = [_votes(grid.columns[name], column, rule.knows["by"][name], extra) for name in names]
    if not votes:
        return None
    said, weight = np.column_stack([one for one, _ in votes]), np.column_stack([one for _, one in votes])
    mine = column.codes[:, None]
    fills = np.array([name in rule.knows["fills"] for name in names])
    weight = np.where(column.is_filled[column.codes][:, None] | fills, weight, 0.0)
    rows = np.flatnonzero(((said >= 0) & (said != mine) & (weight > 0)).any(axis=1))
    if not len(rows):
        return None
    said, weight, mine = said[rows], weight[rows], column.codes[rows]
    # the text that is said most surely, all columns that say it together
    total = np.stack([(weight * (said == said[:, [each]])).sum(axis=1) for each in range(said.shape[1])], axis=1)
    best = np.argmax(total, axis=1)
    place = np.arange(len(rows))
    found, sure = said[place, best], total[place, best]
    kept = (weight * (said == mine[:, None])).sum(axis=1)
    odd = (found != mine) & (sure > kept) & (sure > 0)
    rows, found, sure, kept = rows[odd], found[odd], sure[odd], kept[odd]
    strength = 1 / (1 + np.exp(-_STEEP * (sure - kept - _DOUBT)))
    return _doubts(rule, rows, found, strength, [*column.levels, *extra])


def _is_of_codes(column: Written) -> bool:
    """Whether a column of numbers is one of codes: whole ones of several digits."""
    some = [level for level in column.levels if level.strip()][:_LOOKED_AT]
    return not any("." in level for level in some) and bool(np.median([len(level) for level in some]) >= _CODE)


class Strictness(NamedTuple):
    """Which share of the cells breaks what one column says of another; whether each thing has a text of its own."""

    broken: float
    is_rich: bool


def _strictness(seen: Together, column: Written) -> Strictness | None:
    """How strictly one column says another; None where it says nothing of it."""
    enough = seen.total >= FEWEST
    cells = int(seen.total[enough].sum())
    if cells < COVERED * column.filled or enough.sum() < GROUPS:
        return None
    usual = int(np.argmax(np.bincount(seen.best[enough], weights=seen.most[enough], minlength=1)))
    breaking = int((seen.total - seen.most)[enough].sum())
    told = int(seen.most[enough & (seen.best != usual)].sum())
    otherwise = told + breaking
    groups, kinds = int(enough.sum()), len(set(seen.best[enough].tolist()))
    # things that each have a text of their own here: many cells can break it
    is_rich = kinds >= max(RICH, 0.5 * groups) and cells >= 5 * groups and breaking <= MANY * cells
    if otherwise == 0 or told < FEWEST or (breaking > BROKEN * cells and not is_rich):
        return None
    # where nearly all cells are the same there is little to say, and rare texts beside it are all that breaks it
    is_wide = cells >= 8 * groups and breaking <= min(1.5 * told, 0.03 * cells)
    return Strictness(breaking / cells, is_rich) if breaking <= LIFT * otherwise or is_wide or is_rich else None


def _says(by: Written, column: Written, seen: Together) -> dict[str, tuple[str, float]]:
    """What each text says, and the share of its cells that agree."""
    is_clear = (seen.total >= FEWEST) & (seen.most >= AGREE * seen.total)
    return {
        by.levels[code]: (column.levels[seen.best[code]], round(float(seen.most[code] / (seen.total[code] + 1)), 4))
        for code in np.flatnonzero(is_clear).tolist()
    }


def _votes(by: Written, column: Written, says: Mapping[str, Any], extra: dict[str, int]) -> tuple[Integers, Numbers]:
    """For each row: the code of the text that is said (-2: nothing; behind the column's own codes: one that it does
    not hold, which is added to ``extra``), and the log odds of it.
    """
    index = {level: code for code, level in enumerate(column.levels)}
    told = np.full(len(by.levels), -2, np.int64)
    weight = np.zeros(len(by.levels))
    for code, level in enumerate(by.levels):
        if level in says:
            text, share = says[level]
            told[code] = index.get(text, len(index) + extra.setdefault(text, len(extra)))
            weight[code] = np.log(share / max(1 - share, 1e-6))
    return told[by.codes], np.maximum(weight, 0)[by.codes]


def _doubts(rule: Rule, rows: Integers, found: Integers, strength: Numbers, texts: list[str]) -> Doubts | None:
    """One verdict for each text that is said, with a strength of its own for each row."""
    which, place = np.unique(found, return_inverse=True)
    by = list(rule.knows["by"])[:3]
    told = f"{by[0]!r} says" if len(by) == 1 else f"{', '.join(map(repr, by))} say"
    verdicts = [Verdict(1.0, texts[code], 1.0, f"{told} that it is {texts[code]!r}") for code in which.tolist()]
    made = at_rows(rule, rows, verdicts, place)
    if made is None:
        return None
    return Doubts(made.detector, made.column, rows, strength, made.after, strength - _CAUTION, made.why)
