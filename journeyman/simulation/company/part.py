"""The contract of the shelf: what a part of a company is.

To add a part, write one file here with one class that says `wrap`: it adds columns, tables or policies to the cases,
takes outcomes away, and says in `facts` what is true because of it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

import numpy as np

from journeyman.simulation.draft import Draft, Scene, generator
from journeyman.simulation.features import dates, whole_days
from journeyman.simulation.outcome import Outcome
from journeyman.table.columns import Flags, Numbers

#: The column that says when a case is decided.
DECIDED = "decided_on"


@dataclass(frozen=True, kw_only=True)
class Cases:
    """Rows of a world with a company around them.

    Shapes: ``draft`` the rows and their law; ``pilot`` the law's answer to some other rows, for what needs a
    scale; ``tables`` other tables by name, each with its columns by name;
    ``policies`` by name: on which rows each acts today, (rows,); ``informed``: policies that know more of an outcome
    than the table tells; ``promises`` (rows,): what acting is worth by the law, None where nobody said.
    """

    draft: Draft
    pilot: Outcome
    tables: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    policies: Mapping[str, Flags] = field(default_factory=dict)
    informed: tuple[str, ...] = ()
    promises: Numbers | None = None
    gains: Numbers | None = None

    @property
    def columns(self) -> Mapping[str, Any]:
        """The main table's columns by name."""
        return self.draft.columns

    def beside(self, name: str, cells: Any) -> Cases:
        """The same with another column in the main table."""
        return replace(self, draft=self.draft.beside(name, cells))

    def decided(self, policy: str, acts: Flags, *, informed: bool = False) -> Cases:
        """The same with what a policy does."""
        more = (policy,) if informed else ()
        return replace(self, policies={**self.policies, policy: acts}, informed=self.informed + more)


@dataclass(frozen=True, kw_only=True)
class Part(ABC):
    """Something that a company adds to a table. Parts work in order of ``turn``."""

    turn: ClassVar[int] = 0

    @abstractmethod
    def wrap(self, cases: Cases, scene: Scene) -> Cases:
        """Put the part around cases."""

    @abstractmethod
    def facts(self, table: Cases, many: Cases, scene: Scene) -> dict[str, Any]:
        """What is true because of this part, as JSON: of the table's cases, and over many new ones."""


def merit(cases: Cases) -> Numbers:
    """How much speaks for acting, (rows,), in standard units of the pilot: the log-odds of the last class, or the mean.

    Without signal nothing does: zeros.
    """
    at, scale = _raw(cases.draft.outcome), _raw(cases.pilot)
    spread = float(scale.std())
    return (at - float(scale.mean())) / spread if spread > 1e-9 else np.zeros(len(at))


def event(draft: Draft, scene: Scene) -> Flags:
    """Which rows had the last class come true, (rows,); for numbers, which came out above their mean."""
    if scene.labels:
        return np.asarray(draft.truth == len(scene.labels) - 1)
    return np.asarray(draft.truth > draft.outcome.best[:, 0])


def with_decision_date(cases: Cases, scene: Scene) -> tuple[Cases, Numbers]:
    """Cases with the date of their decision, and its time (rows,) in spans of two years: the row's, or a drawn one."""
    time = cases.draft.features.time
    if time is None:
        # One column, whichever part asks for it: its draws have no key of a part.
        drawn = generator(scene.seed, scene.stream, DECIDED).uniform(size=cases.draft.rows)
        time = whole_days(1 + 0.25 * drawn if scene.plain else drawn)
    return (cases if DECIDED in cases.columns else cases.beside(DECIDED, dates(time))), time


def _raw(outcome: Outcome) -> Numbers:
    if outcome.task == "regression":
        return outcome.best[:, 0]
    chance = np.clip(outcome.best[:, -1], 1e-12, 1 - 1e-12)
    return np.asarray(np.log(chance / (1 - chance)))
