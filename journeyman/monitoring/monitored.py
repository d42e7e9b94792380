"""The value that `monitor` gives: alarms, estimates, drift, and how much of the alarm budget is bet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from journeyman.monitoring.alarm import ALARM_RATE, Alarm, threshold
from journeyman.monitoring.effects import Effect
from journeyman.monitoring.estimates import WARNING
from journeyman.monitoring.reference import Reference


@dataclass(frozen=True, kw_only=True)
class Monitored:
    """What new rows say of a deployed model.

    Parameters
    ----------
    folder : the run that serves, whose state was gone on with
    rows : how many rows were given; ``new`` of them were not counted before, nor ``outcomes`` outcomes
    batches, counted : how many batches, and rows, there were in all
    raised : alarms and notices
    evidence : the e-value of each kind of alarm; one is raised at ``threshold``
    facts : of the newest batch, as `journeyman.monitoring.watch.facts_of` gives them; None where none can be predicted
    drift : columns of these rows, the largest effect on predictions first
    told_apart : how well a classifier tells these rows from those of training (AUC); None before it has learnt
    recent : facts of the newest batches
    page : where the page was written
    """

    folder: Path
    name: str
    reference: Reference
    rows: int
    new: int
    outcomes: int
    set_aside: int
    batches: int
    counted: int
    raised: tuple[Alarm, ...]
    evidence: Mapping[str, float]
    facts: Mapping[str, Any] | None
    drift: tuple[Effect, ...]
    told_apart: float | None
    recent: tuple[Mapping[str, Any], ...]
    page: Path | None = None

    @property
    def alarms(self) -> tuple[Alarm, ...]:
        """What is wrong."""
        return tuple(one for one in self.raised if one.severity == "alarm")

    @property
    def notices(self) -> tuple[Alarm, ...]:
        """What changed and does no harm that could be seen."""
        return tuple(one for one in self.raised if one.severity == "notice")

    @property
    def sentence(self) -> str:
        """What there is to know, in a line."""
        count = len(self.alarms)
        told = f"{count} alarm{'s' if count != 1 else ''}" if count else "no alarm"
        more = f", {len(self.notices)} notice{'s' if len(self.notices) != 1 else ''}" if self.notices else ""
        batches = f"{self.batches:,} batch{'es' if self.batches != 1 else ''}"
        return f"{told}{more}; {self.counted:,} rows in {batches} so far"

    def as_data(self) -> dict[str, Any]:
        """All of it as JSON."""
        reference = self.reference
        return {
            "serving": str(self.folder),
            "rows": {"given": self.rows, "new": self.new, "outcomes": self.outcomes, "set_aside": self.set_aside},
            "batches": self.batches,
            "counted": self.counted,
            "alarms": [one.as_data() for one in self.alarms],
            "notices": [one.as_data() for one in self.notices],
            "evidence": {
                name: {"value": value, "needed": threshold(len(self.evidence))} for name, value in self.evidence.items()
            },
            "alarm_rate": ALARM_RATE,
            "estimated": self._estimated(),
            "real": self._real(),
            "drift": [one.as_data() for one in self.drift],
            "told_apart": self.told_apart,
            "certified": dict(reference.certified),
            "page": None if self.page is None else str(self.page),
        }

    def _estimated(self) -> dict[str, Any] | None:
        if self.facts is None or self.facts.get("estimated") is None:
            return None
        one = self.reference.estimated
        return {
            "measure": self.reference.measures[0].name,
            "value": self.facts["estimated"],
            "low": self.facts["estimated_low"],
            "high": self.facts["estimated_high"],
            "at_build": one.mean,
            "tolerated": one.limit,
            "warning": WARNING,
        }

    def _real(self) -> list[dict[str, Any]]:
        if self.facts is None or not self.facts["known"]:
            return []
        return [
            {
                "measure": one.name,
                "value": self.facts.get(f"real_{one.name}"),
                "rows": self.facts["known"],
                "at_build": one.mean,
                "tolerated": one.limit,
            }
            for one in self.reference.measures
        ]

    def __repr__(self) -> str:
        told = "".join(f"\n  {one.severity} {one.kind}: {one.sentence}" for one in self.raised)
        return f"<Monitored {self.folder}: {self.sentence}>{told}"

    def _repr_html_(self) -> str:
        items = "".join(f"<li>{escape(one.severity)}: {escape(one.sentence)}</li>" for one in self.raised)
        return f"<p><b>{escape(str(self.folder))}</b>: {escape(self.sentence)}</p><ul>{items}</ul>"
