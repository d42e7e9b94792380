"""Rows in the making: what plants change after the outcome is drawn. And the scene in which they do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from zlib import crc32

import numpy as np

from journeyman.plan.target import Task
from journeyman.simulation.features import Features
from journeyman.simulation.outcome import Outcome
from journeyman.table.columns import Flags, Integers, Numbers


def generator(*parts: int | str) -> np.random.Generator:
    """A generator of its own for every purpose, so that one plant more does not change what another draws."""
    return np.random.default_rng([one if isinstance(one, int) else crc32(one.encode()) for one in parts])


@dataclass(frozen=True, kw_only=True)
class Scene:
    """Where and when a plant works.

    Parameters
    ----------
    seed, stream, key : what its generators come from; ``key`` is the plant's own within its world
    task, labels, target : the classes' names in the order of their codes, empty for numbers; the target column's name
    levels : how many levels each column of words has
    table_rows : rows of the world's table, whatever number is drawn now
    plain : rows as they are at the moment of decision, not the rows of a table
    table : the finished rows of the table, for what is computed from its outcomes
    """

    seed: int
    stream: int
    key: str
    task: Task
    labels: tuple[str, ...]
    target: str
    levels: tuple[int, ...]
    numbers: int
    table_rows: int
    plain: bool
    table: Callable[[], Draft]

    def law(self, purpose: str = "") -> np.random.Generator:
        """A generator that is the same for all rows of the world."""
        return generator(self.seed, 0, self.key, purpose)

    def random(self, purpose: str = "") -> np.random.Generator:
        """A generator that is another for every stream."""
        return generator(self.seed, self.stream, self.key, purpose)

    def shown(self, truth: Numbers) -> Any:
        """Targets as the table shows them."""
        if not self.labels:
            return truth.copy()
        names = np.array(self.labels, dtype=object)
        return names[truth.astype(np.int64)].tolist()


@dataclass(frozen=True, kw_only=True)
class Draft:
    """Rows with their outcome.

    Shapes: ``columns`` by name with the target among them; ``truth`` (rows,) class codes or values that really came;
    ``outcome`` what the law said; ``features`` what it said it of; ``marks``: which rows a plant touched, by its key;
    ``clusters`` (rows,): rows of one code are copies of one another, None where there are no copies.
    """

    columns: Mapping[str, Any]
    truth: Numbers
    outcome: Outcome
    features: Features
    marks: Mapping[str, Flags] = field(default_factory=dict)
    clusters: Integers | None = None

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.truth)

    def take(self, rows: Integers) -> Draft:
        """Some rows, in this order; marks go with them."""
        return replace(
            self,
            columns={name: taken(cells, rows) for name, cells in self.columns.items()},
            truth=self.truth[rows],
            outcome=self.outcome.take(rows),
            features=self.features.take(rows),
            marks={key: mark[rows] for key, mark in self.marks.items()},
            clusters=None if self.clusters is None else self.clusters[rows],
        )

    def beside(self, name: str, cells: Any) -> Draft:
        """The same with another column.

        Raises
        ------
        ValueError : there is one of that name
        """
        if name in self.columns:
            raise ValueError(f"two plants would make a column {name!r}; name one of them differently")
        return replace(self, columns={**self.columns, name: cells})

    def changed(self, name: str, cells: Any) -> Draft:
        """The same with other cells in a column that is there."""
        return replace(self, columns={**self.columns, name: cells})

    def marked(self, key: str, rows: Flags) -> Draft:
        """The same, with the rows (rows,) that a plant touched."""
        return replace(self, marks={**self.marks, key: rows})


def taken(cells: Any, rows: Integers) -> Any:
    """Some cells of a column."""
    return [cells[row] for row in rows.tolist()] if isinstance(cells, list) else cells[rows]
