"""What more rows bring: the score of half of the rows, of a fold's, and what to expect of all and of many more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from journeyman.report.charts.drawing import element, nice_ticks, percent, strip
from journeyman.report.charts.numbers import is_number, part
from journeyman.report.words import counted, number

_LINE, _AXIS = 26.0, 22.0
#: Parts of the record, in the order of rows, and what is known of each.
_POINTS = (
    ("half", "measured, half of a round's", False),
    ("full", "measured, a round's", False),
    ("whole", "expected, all", True),
    ("more", "expected, if there were", True),
)


@dataclass(frozen=True)
class Point:
    """So many rows, what they are, their score with its interval; ``is_expected`` where nobody measured it."""

    rows: str
    what: str
    score: float
    low: float
    high: float
    is_expected: bool


@dataclass(frozen=True)
class Learning:
    """What it comes to in a sentence, the points, the axis, and what stands in for what ships, if anything does."""

    sentence: str
    metric: str
    points: tuple[Point, ...]
    low: float
    high: float
    of: str = ""

    def across(self, value: float) -> float:
        """Where a score stands on the axis, as a share of its width."""
        return (value - self.low) / (self.high - self.low)


def facts(summary: Mapping[str, Any]) -> Learning | None:
    """The record, or None where the curve was not measured."""
    told = part(summary, "learning_curve")
    found = [_point(part(told, name), what, is_expected) for name, what, is_expected in _POINTS]
    points = tuple(one for one in found if one is not None)
    if len(points) < len(_POINTS):
        return None
    low, high = min(one.low for one in points), max(one.high for one in points)
    room = 0.04 * (high - low) or 0.5
    return Learning(
        str(told.get("sentence") or ""),
        str(told.get("metric", "")),
        points,
        low - room,
        high + room,
        str(told.get("of") or ""),
    )


def draw(record: Learning, point: Point) -> Markup:
    """One line: a disc at the score, a stroke over its interval; hollow where it is expected."""
    kind = "mark floor" if point.is_expected else "mark"
    middle = _LINE / 2
    low, high = percent(record.across(point.low)), percent(record.across(point.high))
    words = f"{point.rows}, {point.what}: {number(point.score)} [{number(point.low)}, {number(point.high)}]"
    return strip(
        _LINE,
        words,
        [
            element("line", x1=low, y1=middle, x2=high, y2=middle, class_=kind),
            element("circle", cx=percent(record.across(point.score)), cy=middle, r=5.0, class_=kind),
        ],
    )


def draw_axis(record: Learning) -> Markup:
    """The numbers below the lines."""
    ticks = [float(one) for one in nice_ticks(record.low, record.high, 3)]
    strokes = [
        element("text", number(one), x=percent(record.across(one)), y=14.0, text_anchor="middle")
        for one in ticks
        if 0.04 < record.across(one) < 0.96
    ]
    return strip(_AXIS, "axis: score", strokes)


def _point(one: Mapping[str, Any], what: str, is_expected: bool) -> Point | None:
    rows, score, low, high = (one.get(name) for name in ("rows", "value", "low", "high"))
    if not (is_number(rows) and is_number(score) and is_number(low) and is_number(high)):
        return None
    return Point(counted(round(rows), "row"), what, float(score), float(low), float(high), is_expected)
