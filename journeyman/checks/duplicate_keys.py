"""Keys that stand for several rows which say the same: a join that doubled rows."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.check import looked_at, row_numbers, sample, some
from journeyman.checks.identifier import is_name_of_id
from journeyman.table.columns import Integers, Strings
from journeyman.table.finding import Finding, Remedy, Skip
from journeyman.table.schema import Column
from journeyman.table.table import Dates, Table

#: Rows of one key are the same in at least this share of the columns: only what was joined to them differs.
MOSTLY_SAME = 0.6
#: A column is the same within keys where it is in this share of them, beyond what chance makes.
SAME = 0.99
FEWEST_ROWS, FEWEST_KEYS = 20, 10
#: Beside the names of ids: by these, too, things are looked up.
_KEY = re.compile(
    r"(?i)(?:^|[\W_])(?:order|invoice|booking|ticket|receipt|reference|ref|transaction|code|number|nr|no|sku)$"
)
MOST_COLUMNS, MOST_ROWS = 60, 50_000


@dataclass(frozen=True)
class Key:
    """A column whose repeated values stand for rows that are the same in nearly all columns.

    Parameters
    ----------
    codes : (rows,) equal for rows of one key; rows without a key are alone
    repeated : (rows,) whether the key stands in another row, too
    same, others : columns that are the same within keys, and all that were looked at
    """

    name: str
    codes: Integers
    repeated: Integers
    same: int
    others: int


def look(table: Table, brief: Brief) -> Finding | Skip | None:
    """The first column with the name of a key whose rows are the same in the target and nearly everywhere.

    Where somebody comes again, as a patient, rows of one id differ in the target and in what was measured. Where they
    do not, one row became several, and a copy in training gives away the answer of another in a test.
    """
    if brief.predict not in table.schema:
        return Skip("no target is named")
    key = find(table, brief)
    if key is None:
        return None
    count, keys = len(key.repeated), len(np.unique(key.codes[key.repeated]))
    return Finding(
        code="duplicate_keys",
        severity="warning",
        message=f"{some(keys, 'value')} of {key.name!r} {'stands' if keys == 1 else 'stand'} in {count:,} rows of "
        f"{table.rows:,} that are the same in {brief.predict!r} and in {key.same:,} of {key.others:,} other columns: "
        "a join may have doubled them",
        columns=(key.name,),
        rows=row_numbers(table, key.repeated),
        numbers={"rows": count, "keys": keys, "extra": count - keys, "same": key.same, "columns": key.others},
        remedy=Remedy(
            action="group", words="rows of one key are kept on one side of every split; look how the table was joined"
        ),
    )


def clusters(table: Table, brief: Brief) -> Integers:
    """Which rows belong together, (rows,): equal numbers for rows of one key."""
    key = find(table, brief) if brief.predict in table.schema else None
    return np.arange(table.rows) if key is None else key.codes


def find(table: Table, brief: Brief) -> Key | None:
    """The first key that is repeated so, or None."""
    columns = looked_at(table, brief)
    for column in columns:
        if column.kind in ("category", "id", "number") and (is_name_of_id(column.name) or _KEY.search(column.name)):
            key = _of(table, brief, column, columns)
            if key is not None:
                return key
    return None


def _of(table: Table, brief: Brief, column: Column, columns: tuple[Column, ...]) -> Key | None:
    codes = _codes(table, column.name)
    counts = np.bincount(codes)
    repeated = np.flatnonzero((counts > 1)[codes])
    if len(repeated) < FEWEST_ROWS or len(np.unique(codes[repeated])) < FEWEST_KEYS:
        return None
    looked = repeated[sample(len(repeated), MOST_ROWS)]
    order = looked[np.argsort(codes[looked], kind="stable")]
    is_pair = codes[order][1:] == codes[order][:-1]
    first, second = order[:-1][is_pair], order[1:][is_pair]
    if not len(first) or not _is_same(table, brief.predict, first, second, looked):
        return None
    others = [one.name for one in columns if one.name != column.name][:MOST_COLUMNS]
    same = sum(_is_same(table, name, first, second, looked) for name in others)
    if same < MOSTLY_SAME * len(others):
        return None
    return Key(column.name, codes, repeated, same, len(others))


def _is_same(table: Table, name: str, first: Integers, second: Integers, rows: Integers) -> bool:
    """Whether two rows of a key have one value, and more surely than two rows drawn at random do."""
    codes = _codes(table, name, lone_gaps=False)
    shares = np.bincount(codes[rows]) / len(rows)
    chance = float(shares @ shares)
    equal = float((codes[first] == codes[second]).mean())
    return (chance >= SAME and equal >= chance) or (chance < SAME and (equal - chance) / (1 - chance) >= SAME)


def _codes(table: Table, name: str, *, lone_gaps: bool = True) -> Integers:
    """Equal cells as equal numbers from 0 on; a gap is a value of its own, or no two gaps are equal."""
    value = table.values[name]
    cells = value.codes if isinstance(value, Strings) else value.at if isinstance(value, Dates) else value
    codes = np.unique(cells, return_inverse=True)[1].astype(np.int64)
    gaps = np.flatnonzero(table.missing(name))
    top = int(codes.max(initial=-1)) + 1
    codes[gaps] = top + np.arange(len(gaps)) if lone_gaps else top
    return codes
