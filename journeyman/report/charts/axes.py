"""An axis: where values stand on it, straight or logarithmic, and its round marks."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from markupsafe import Markup

from journeyman.report.charts.drawing import element, nice_ticks
from journeyman.report.words import moment, number, share


@dataclass(frozen=True)
class Axis:
    """Values from ``low`` to ``high``, drawn from ``begin`` to ``end`` (which may be the smaller one)."""

    low: float
    high: float
    begin: float
    end: float
    is_log: bool = False

    def at(self, value: float) -> float:
        """Where a value stands; beyond the ends at the ends."""
        low, high, here = (self._on(one) for one in (self.low, self.high, value))
        part = (here - low) / (high - low) if high > low else 0.5
        return self.begin + (self.end - self.begin) * min(max(part, 0.0), 1.0)

    def ticks(self, about: int = 5) -> list[float]:
        """Round values on it."""
        if not self.is_log:
            return [one for one in nice_ticks(self.low, self.high, about) if self.low <= one <= self.high]
        first, last = math.ceil(math.log10(self.low)), math.floor(math.log10(self.high))
        if last - first < 1:
            return [self.low, self.high]
        step = max(1, math.ceil((last - first) / about))
        return [10.0**power for power in range(first, last + 1, step)]

    def _on(self, value: float) -> float:
        return math.log10(max(value, 1e-300)) if self.is_log else value


def axis_of(
    values: Iterable[float], begin: float, end: float, *, is_log: bool = False, room: float = 0.05
) -> Axis | None:
    """An axis that holds some values, with a little room; None where there is none."""
    there = [one for one in values if math.isfinite(one) and (not is_log or one > 0)]
    if not there:
        return None
    low, high = min(there), max(there)
    if is_log:
        return Axis(low / 1.1, high * 1.1, begin, end, is_log=True)
    space = room * (high - low) or abs(high) * 0.1 or 1.0
    return Axis(low - space, high + space, begin, end)


def shown(*, is_rate: bool = False, is_date: bool = False) -> Callable[[float], str]:
    """How values of an axis are written."""
    return share if is_rate else moment if is_date else short


def short(value: float) -> str:
    """A round value in few characters.

    >>> short(0.25), short(1500.0), short(2_500_000.0)
    ('0.25', '1,500', '2.5M')
    """
    if abs(value) >= 1e6:
        return f"{value / 1e6:.6g}M".replace("-", "−")
    text = f"{value:,.6g}" if abs(value) < 1e6 else number(value)
    return text.replace("-", "−")


def frame(
    across: Axis, down: Axis, say_across: Callable[[float], str], say_down: Callable[[float], str]
) -> list[Markup]:
    """Lines at the round values of both axes, and what they are."""
    strokes = []
    for tick in down.ticks(5):
        strokes += [
            element("line", x1=across.begin, y1=down.at(tick), x2=across.end, y2=down.at(tick), class_="grid"),
            element("text", say_down(tick), x=across.begin - 7, y=down.at(tick) + 4, text_anchor="end"),
        ]
    for tick in across.ticks(4):
        strokes.append(element("text", say_across(tick), x=across.at(tick), y=down.begin + 17, text_anchor="middle"))
    return strokes


def clipped(text: str, most: int) -> str:
    """A text that is not longer than its place.

    >>> clipped("abcdef", 4)
    'abc…'
    """
    return text if len(text) <= most else text[: most - 1] + "…"
