"""Satellites: other tables about the same cases, some useful, some noise, some from the future."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np

from journeyman.simulation.company.part import DECIDED, Cases, Part, event, with_decision_date
from journeyman.simulation.draft import Scene
from journeyman.simulation.features import SPAN_DAYS, dates, number_name
from journeyman.table.columns import Integers, Numbers

#: Parts into which a number is split over a case's events.
_PARTS = 3


@dataclass(frozen=True, kw_only=True)
class Satellites(Part):
    """Tables joined by ``case_id``; numbers of the main table move into them, so that only a join brings them back.

    ``useful`` tables of one row a case hold a number each. The table of ``events`` has many rows a case, each with
    its day: the amounts before the day of decision add up to a number; those after it come of the outcome, and must
    not be used. ``noise`` tables hold a number by chance. Names do not tell which is which; the truth does. The
    world's best scores stay as they are.

    Raises
    ------
    ValueError : the world has not enough numbers that speak
    """

    turn: ClassVar[int] = 4
    useful: int = 1
    events: bool = True
    noise: int = 1
    key: str = "case_id"

    def wrap(self, cases: Cases, scene: Scene) -> Cases:
        """Move numbers into tables."""
        cases, time = with_decision_date(cases, scene)
        rows, random = cases.draft.rows, scene.random()
        ids = [f"{scene.stream}-{one}" for one in random.permutation(rows).tolist()]
        columns = dict(cases.columns)
        tables = dict(cases.tables)
        for (kind, moved), name in zip(self._kinds(scene), self._names(scene), strict=True):
            order = random.permutation(rows)
            if kind == "events":
                happened = event(cases.draft, scene)
                tables[name] = self._events(columns.pop(moved), time, happened, ids, random)
            else:
                values = columns.pop(moved) if kind == "useful" else random.standard_normal(rows)
                tables[name] = {self.key: [ids[one] for one in order.tolist()], moved: values[order]}
        draft = replace(cases.draft, columns={self.key: ids, **columns})
        return replace(cases, draft=draft, tables=tables)

    def facts(self, table: Cases, many: Cases, scene: Scene) -> dict[str, Any]:
        """Of each table: what it is, its key, what it holds, and how it is to be used."""
        del table, many
        told = {}
        for (kind, moved), name in zip(self._kinds(scene), self._names(scene), strict=True):
            told[name] = {"is": kind, "key": self.key, "column": moved if kind != "events" else "amount"}
            if kind == "events":
                told[name] |= {"time": "at", "use": f"{moved} = sum of amount where at < {DECIDED}"}
        return {"columns": [self.key, DECIDED], "tables": told}

    def _kinds(self, scene: Scene) -> list[tuple[str, str]]:
        """Of each table what it is, and the name of the number it holds."""
        wanted = self.useful + self.events
        speaking = np.arange(1, max(1, scene.numbers - 1))
        if wanted > len(speaking):
            raise ValueError(f"{wanted} tables need {wanted + 2} numbers in the world, which has {scene.numbers}")
        places = scene.law("moved").permutation(speaking)[:wanted].tolist()
        kinds = ["useful"] * self.useful + ["events"] * self.events
        moved = [(kind, number_name(place)) for kind, place in zip(kinds, places, strict=True)]
        return moved + [("noise", f"reading_{one + 1}") for one in range(self.noise)]

    def _names(self, scene: Scene) -> list[str]:
        count = self.useful + self.events + self.noise
        return [f"table_{one + 1}" for one in scene.law("names").permutation(count).tolist()]

    def _events(
        self, values: Numbers, time: Numbers, happened: Any, ids: list[str], random: np.random.Generator
    ) -> dict[str, Any]:
        """Rows of events: parts of the values before the decision, and consequences after it, shuffled."""
        there = np.flatnonzero(~np.isnan(values))
        spread = float(np.nanstd(values)) if len(there) else 1.0
        first = spread * random.standard_normal((len(there), _PARTS - 1)) + values[there, None] / _PARTS
        amounts = np.column_stack([first, values[there] - first.sum(axis=1)]).ravel()
        before: Integers = np.repeat(there, _PARTS)
        after: Integers = np.flatnonzero(happened)
        case = np.concatenate([before, after])
        days = np.concatenate([-random.integers(1, 90, len(before)), random.integers(1, 60, len(after))])
        amounts = np.concatenate([amounts, 3 * spread + spread * random.standard_normal(len(after))])
        order = random.permutation(len(case))
        at = dates(time[case] + (days + 0.5) / SPAN_DAYS)
        return {
            self.key: [ids[one] for one in case[order].tolist()],
            "at": [at[one] for one in order.tolist()],
            "amount": amounts[order],
        }
