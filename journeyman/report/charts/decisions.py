"""What the decisions met: of 1,000 rows so many were acted on and came out so, as one line."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from journeyman.report.charts.drawing import element, percent, strip
from journeyman.report.charts.numbers import is_number, part

_HEIGHT = 30.0


@dataclass(frozen=True)
class Met:
    """Rows of 1,000 that an action met with an outcome, what that was worth, and whether anything was done.

    ``count`` is ``rows`` as a whole number, so rounded that the counts of all add up. ``swatch`` is the name of its
    shade: the larger of an action's outcomes' worth the darker.
    """

    action: str
    outcome: str
    rows: float
    payoff: float
    is_act: bool
    swatch: str
    count: int


@dataclass(frozen=True)
class Decisions:
    """What every action met, those that do something first."""

    met: tuple[Met, ...]

    @property
    def acted(self) -> int:
        """Rows of 1,000 for which something is done."""
        return sum(one.count for one in self.met if one.is_act)

    @property
    def headline(self) -> str:
        """How many are acted on, and how many of those pay."""
        paying = sum(one.count for one in self.met if one.is_act and one.payoff > 0)
        return f"acts on {self.acted:,}, and for {paying:,} of them that pays"


def facts(summary: Mapping[str, Any]) -> Decisions | None:
    """The record, or None where there are no decisions."""
    outcomes = [
        one
        for one in part(summary, "payoff_curve").get("outcomes") or ()
        if is_number(one.get("rows")) and is_number(one.get("payoff")) and one["rows"] > 0
    ]
    found = []
    for one, count in zip(outcomes, _whole([float(one["rows"]) for one in outcomes]), strict=True):
        action, is_act = str(one.get("action", "")), one.get("action") != "none"
        swatch = ("gain" if one["payoff"] > 0 else "cost") if is_act else "idle"
        found.append(
            Met(action, str(one.get("outcome", "")), float(one["rows"]), float(one["payoff"]), is_act, swatch, count)
        )
    found.sort(key=lambda one: (not one.is_act, one.action, -one.payoff, one.rows))
    return Decisions(tuple(found)) if found else None


def _whole(rows: list[float]) -> list[int]:
    """Rows as whole numbers that add up to the rounded whole: by the largest remainder."""
    counts = [math.floor(one) for one in rows]
    missing = round(sum(rows)) - sum(counts)
    for place in sorted(range(len(rows)), key=lambda place: counts[place] - rows[place])[:missing]:
        counts[place] += 1
    return counts


def draw(record: Decisions) -> Markup:
    """A part of the line each, as long as its rows."""
    total = sum(one.rows for one in record.met) or 1.0
    strokes, start = [], 0.0
    for one in record.met:
        length = one.rows / total
        words = f"{one.action}, {one.outcome}: {one.count:,} of 1,000 rows"
        strokes.append(
            element(
                "rect",
                [element("title", words)],
                x=percent(start),
                y=0.0,
                width=percent(max(0.0, length - 0.002)),
                height=_HEIGHT,
                class_=one.swatch,
            )
        )
        if length > 0.06:
            strokes.append(
                element(
                    "text",
                    f"{one.count:,}",
                    x=percent(start + length / 2),
                    y=_HEIGHT / 2 + 4.5,
                    text_anchor="middle",
                    class_=f"on-{one.swatch}",
                )
            )
        start += length
    return strip(_HEIGHT, "what the decisions met, of 1,000 rows", strokes)
