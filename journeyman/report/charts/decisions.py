"""What the decisions met: of 1,000 rows so many were acted on and came out so, as one line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from journeyman.report.charts.drawing import element, percent, strip
from journeyman.report.charts.numbers import is_number, part
from journeyman.report.words import number

_HEIGHT = 30.0


@dataclass(frozen=True)
class Met:
    """Rows of 1,000 that an action met with an outcome, what that was worth, and whether anything was done.

    ``swatch`` is the name of its shade: the larger of an action's outcomes' worth the darker.
    """

    action: str
    outcome: str
    rows: float
    payoff: float
    is_act: bool
    swatch: str


@dataclass(frozen=True)
class Decisions:
    """What every action met, those that do something first."""

    met: tuple[Met, ...]

    @property
    def acted(self) -> float:
        """Rows of 1,000 for which something is done."""
        return sum(one.rows for one in self.met if one.is_act)

    @property
    def headline(self) -> str:
        """How many are acted on, and how many of those pay."""
        paying = sum(one.rows for one in self.met if one.is_act and one.payoff > 0)
        return f"acts on {number(float(round(self.acted)))}, and for {number(float(round(paying)))} of them that pays"


def facts(summary: Mapping[str, Any]) -> Decisions | None:
    """The record, or None where there are no decisions."""
    found = []
    for one in part(summary, "payoff_curve").get("outcomes") or ():
        if not is_number(one.get("rows")) or not is_number(one.get("payoff")) or not one["rows"] > 0:
            continue
        action, is_act = str(one.get("action", "")), one.get("action") != "none"
        swatch = ("gain" if one["payoff"] > 0 else "cost") if is_act else "idle"
        found.append(Met(action, str(one.get("outcome", "")), float(one["rows"]), float(one["payoff"]), is_act, swatch))
    found.sort(key=lambda one: (not one.is_act, one.action, -one.payoff, one.rows))
    return Decisions(tuple(found)) if found else None


def draw(record: Decisions) -> Markup:
    """A part of the line each, as long as its rows."""
    total = sum(one.rows for one in record.met) or 1.0
    strokes, start = [], 0.0
    for one in record.met:
        length = one.rows / total
        words = f"{one.action}, {one.outcome}: {number(float(round(one.rows)))} of 1,000 rows"
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
                    number(float(round(one.rows))),
                    x=percent(start + length / 2),
                    y=_HEIGHT / 2 + 4.5,
                    text_anchor="middle",
                    class_=f"on-{one.swatch}",
                )
            )
        start += length
    return strip(_HEIGHT, "what the decisions met, of 1,000 rows", strokes)
