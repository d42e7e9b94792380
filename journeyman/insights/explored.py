"""What exploring a table gave, and how much was looked at for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from journeyman.insights.insight import Insight


@dataclass(frozen=True, repr=False)
class Explored:
    """The insights that were confirmed, those that say most first, and everything that was looked at.

    Parameters
    ----------
    insights : ranked; what says the same as another one is left out
    target : what they are about; empty where nothing is to be predicted
    looked_at : single things that were looked at; ``by_kind`` tells them apart
    found, confirmed : how many stood out on the first half, and how many of these held on the other
    first_rows, second_rows : rows that insights were found on, and rows that confirmed them
    split : how the rows were split, in words
    left_out : what could not be looked at, and why, in sentences
    """

    insights: tuple[Insight, ...]
    target: str
    looked_at: int
    found: int
    confirmed: int
    first_rows: int
    second_rows: int
    split: str
    seconds: float
    origin: str = ""
    left_out: tuple[str, ...] = ()
    by_kind: Mapping[str, int] = field(default_factory=dict)

    def __repr__(self) -> str:
        lines = [f"<Explored {self.origin or 'a table'}: {self.summary}>"]
        lines += [f"  {place}. {one.sentence}" for place, one in enumerate(self.insights, 1)]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        from html import escape

        return f"<pre>{escape(repr(self))}</pre>"

    @property
    def summary(self) -> str:
        """How much was looked at, found and confirmed, in words."""
        return f"{self.looked_at:,} things looked at, {self.found:,} stood out, {self.confirmed:,} held on other rows"

    def as_data(self) -> dict[str, Any]:
        """The result as JSON holds it."""
        return {
            "insights": [one.as_data() for one in self.insights],
            "target": self.target,
            "looked_at": self.looked_at,
            "found": self.found,
            "confirmed": self.confirmed,
            "rows": {"first": self.first_rows, "second": self.second_rows},
            "split": self.split,
            "seconds": round(self.seconds, 3),
            "origin": self.origin,
            "left_out": list(self.left_out),
            "by_kind": dict(self.by_kind),
        }
