"""A table that a case is tried on, and what is done to it: shuffled, doubled, given a leak, cut to a size."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from journeyman.brief.aim import find_aim, labelled
from journeyman.brief.brief import Brief
from journeyman.simulation.world import World
from journeyman.sources.names import fresh_name
from journeyman.sources.read import read
from journeyman.table.columns import Integers, Strings
from journeyman.table.schema import Column, Schema
from journeyman.table.table import Dates, Table, Values

#: Rows of the user's table that are tried, and cells: a wide table is cut to fewer rows.
ROWS, CELLS, FEWEST = 1_000, 40_000, 300


@dataclass(frozen=True)
class Subject:
    """A table, and the column that is to be predicted."""

    table: Table
    target: str

    @classmethod
    def of_world(cls, world: World) -> Subject:
        """A world's table, read as any other."""
        return cls(read(world.columns, target=world.target), world.target)

    def drawn(self, seed: int) -> Subject:
        """So many rows as a minute has room for, drawn by chance, in their order, small classes first.

        Rows without a target are left out.
        """
        table, random = self.table, np.random.default_rng(seed)
        known = np.flatnonzero(~table.missing(self.target))
        room = min(ROWS, max(FEWEST, CELLS // max(1, len(table.schema.columns))))
        known = random.permutation(known)
        if len(known) > room and self._is_of_classes():
            # The first row of every class, then the second of every class, …: a rare class is seen as well.
            known = known[np.argsort(_place_among_equals(labelled(table, self.target)[0][known]), kind="stable")]
        return Subject(table.take(np.sort(known[:room])), self.target)

    def shuffled(self, seed: int) -> Subject:
        """The same columns, and the target in an order that chance gives: no column tells it any more."""
        order = np.random.default_rng(seed).permutation(self.table.rows)
        values = {**self.table.values, self.target: _taken(self.table.values[self.target], order)}
        return Subject(replace(self.table, values=values), self.target)

    def doubled(self) -> Subject:
        """Every row twice; a row and its copy have one number in the source."""
        rows = np.arange(self.table.rows)
        return Subject(self.table.take(np.concatenate([rows, rows])), self.target)

    def without_copies(self) -> Subject:
        """Rows that differ from all others."""
        codes = [_codes(value) for value in self.table.values.values()]
        _, first = np.unique(np.column_stack(codes), axis=0, return_index=True)
        return Subject(self.table.take(np.sort(first)), self.target)

    def with_leak(self) -> tuple[Subject, str]:
        """One more column, which is the target under another name: other words, or another scale."""
        names = {one.name for one in self.table.schema}
        name, value = fresh_name("planted", names), self.table.values[self.target]
        if isinstance(value, Strings):
            planted: Values = Strings.of([f"code {place}" for place in value.codes.tolist()])
        elif isinstance(value, Dates):
            planted = value
        else:
            planted = 3 * value + 10
        kind: Any = "category" if isinstance(value, Strings) else "number"
        schema = Schema((*self.table.schema.columns, Column(name=name, kind=kind, role="feature")))
        table = replace(self.table, schema=schema, values={**self.table.values, name: planted})
        return Subject(table, self.target), name

    def _is_of_classes(self) -> bool:
        return find_aim(self.table, Brief(predict=self.target)).task != "regression"


def _taken(value: Values, rows: Integers) -> Values:
    return value[rows] if isinstance(value, np.ndarray) else value.take(rows)


def _codes(value: Values) -> Any:
    """Cells as numbers that are equal where the cells are, (rows,)."""
    if isinstance(value, Strings):
        return value.codes.astype(np.float64)
    if isinstance(value, Dates):
        return np.where(value.missing, -1.0, np.unique(value.at, return_inverse=True)[1])
    return np.unique(value, return_inverse=True, equal_nan=True)[1].astype(np.float64)


def _place_among_equals(codes: Any) -> Integers:
    """For each row, how many rows before it have its code, (rows,)."""
    order = np.argsort(codes, kind="stable")
    starts = np.r_[0, np.flatnonzero(np.diff(codes[order])) + 1]
    places = np.arange(len(codes)) - np.repeat(starts, np.diff(np.r_[starts, len(codes)]))
    found = np.empty(len(codes), np.int64)
    found[order] = places
    return found
