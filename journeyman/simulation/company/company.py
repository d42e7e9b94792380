"""A company: a world, and around it what a business adds: people, money, delays, other tables.

company = Company(world=World(rows=2000), parts=("incumbent", "payoffs", "capacity"))
company.columns, company.tables      # what an engineer is given
company.truth                        # what is true of it, one mapping a part
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from journeyman.simulation.company.part import Cases, Part
from journeyman.simulation.draft import Scene
from journeyman.simulation.kinds import built, data_of
from journeyman.simulation.outcome import Outcome
from journeyman.simulation.truth import TRUTH_ROWS
from journeyman.simulation.world import MANY, TABLE, World

#: Rows and stream by which parts know the scale of what the law says.
_PILOT_ROWS, _PILOT = 20_000, 4


@dataclass(frozen=True, kw_only=True)
class Company:
    """A world with parts of a business around it; parts work in the order of their turns, then as given.

    Parameters
    ----------
    world : the law and its table
    parts : names on the shelf ``simulation/company``, mappings with ``kind`` and fields, or parts; kept as parts

    Raises
    ------
    ValueError : no such part, or a part that needs another one that is not there
    """

    world: World
    parts: tuple[Any, ...]

    def __post_init__(self) -> None:
        parts = [built("company", Part, one) for one in self.parts]
        object.__setattr__(self, "parts", tuple(sorted(parts, key=lambda part: part.turn)))

    def as_data(self) -> dict[str, Any]:
        """The company's spec as JSON."""
        return {"world": self.world.as_data(), "parts": [data_of("company", Part, one) for one in self.parts]}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Company:
        """The company of a spec."""
        return cls(world=World.from_data(data["world"]), parts=data["parts"])

    @property
    def target(self) -> str:
        """The target column's name."""
        return self.world.target

    @property
    def columns(self) -> Mapping[str, Any]:
        """The main table's columns by name."""
        return self.cases.columns

    @property
    def tables(self) -> Mapping[str, Mapping[str, Any]]:
        """The other tables by name, each with its columns by name."""
        return self.cases.tables

    @cached_property
    def cases(self) -> Cases:
        """The table's cases."""
        return self.draw(self.world.rows, stream=TABLE, plain=False)

    @cached_property
    def truth(self) -> tuple[Mapping[str, Any], ...]:
        """What is true because of each part, as JSON. Amounts are expected ones, over 100,000 new cases."""
        many = self.draw(TRUTH_ROWS, stream=MANY)
        scenes = self._scenes(TABLE, plain=False)
        return tuple({**data_of("company", Part, part), **part.facts(self.cases, many, at)} for at, part in scenes)

    def draw(self, rows: int, *, stream: int, plain: bool = True) -> Cases:
        """Draw cases; ``plain`` ones are new, with their outcome for who scores, as `World.draw` says."""
        cases = Cases(draft=self.world.draft(rows, stream=stream, plain=plain), pilot=self._pilot)
        for scene, part in self._scenes(stream, plain=plain):
            cases = part.wrap(cases, scene)
        columns = dict(cases.columns)
        target = columns.pop(self.target)
        return replace(cases, draft=replace(cases.draft, columns={**columns, self.target: target}))

    @cached_property
    def _pilot(self) -> Outcome:
        return self.world.draft(_PILOT_ROWS, stream=_PILOT, plain=True).outcome

    def _scenes(self, stream: int, *, plain: bool) -> Iterator[tuple[Scene, Part]]:
        for place, part in enumerate(self.parts):
            yield self.world.scene(f"part {place}", stream, plain=plain), part
