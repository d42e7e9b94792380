"""An outcome by two conditions at once: two lines of two points; were the two to add up, they would be parallel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from journeyman.report.charts.axes import axis_of, clipped, frame, shown
from journeyman.report.charts.drawing import element, picture
from journeyman.report.charts.level_bars import Bar, bars_of

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _FOOT = 560.0, 270.0, 66.0, 178.0, 14.0, 38.0


@dataclass(frozen=True)
class Line:
    """The rows of one condition: a point for each of the other."""

    name: str
    points: tuple[Bar, ...]


@dataclass(frozen=True)
class Crossed:
    """The lines, and what they show."""

    title: str
    of: str
    is_rate: bool
    lines: tuple[Line, ...]


def facts(data: Mapping[str, Any]) -> Crossed | None:
    """The record, or None where a point is missing."""
    lines = []
    for line in data.get("lines") or ():
        bars = bars_of(line.get("points"))
        if len(bars) < len(line.get("points") or ()):
            return None
        lines.append(Line(str(line.get("name", "")), tuple(bars)))
    if not lines or any(len(one.points) < 2 for one in lines):
        return None
    return Crossed(str(data.get("title", "")), str(data.get("of", "")), bool(data.get("is_rate")), tuple(lines))


def draw(record: Crossed) -> Markup:
    """The lines, named at their ends; the first is the one that the condition holds for."""
    bottom, right = _HEIGHT - _FOOT, _WIDTH - _RIGHT
    ends = [end for line in record.lines for one in line.points for end in (one.low, one.high)]
    down = axis_of(ends, bottom, _TOP)
    across = axis_of([0.0, float(len(record.lines[0].points) - 1)], _LEFT, right, room=0.22)
    if down is None or across is None:
        return Markup("")
    say = shown(is_rate=record.is_rate)
    strokes = frame(across, down, lambda _: "", say)
    for place, one in enumerate(record.lines[0].points):
        strokes.append(
            element(
                "text", clipped(one.label, 34), x=across.at(place), y=bottom + 18, text_anchor="middle", class_="axis"
            )
        )
    for number, line in enumerate(record.lines):
        kind = "" if number == 0 else " other"
        path = " ".join(f"{across.at(place):.1f},{down.at(one.value):.1f}" for place, one in enumerate(line.points))
        strokes.append(element("polyline", points=path, class_=f"path{kind}"))
        for place, one in enumerate(line.points):
            words = element("title", f"{line.name}, {one.label}: {say(one.value)}, {one.rows:,} rows")
            x = across.at(place)
            strokes += [
                element("line", x1=x, y1=down.at(one.low), x2=x, y2=down.at(one.high), class_=f"whisker{kind}"),
                element(
                    "circle", [words], cx=x, cy=down.at(one.value), r=6.0 if one.marked else 4.5, class_=f"dot{kind}"
                ),
            ]
    strokes += _names(
        record, [down.at(line.points[-1].value) for line in record.lines], across.at(len(record.lines[0].points) - 1)
    )
    return picture(_WIDTH, _HEIGHT, f"{record.of} {record.title}; parallel lines would add up", strokes)


def _names(record: Crossed, heights: list[float], x: float) -> list[Markup]:
    """The lines' names beside their last points, apart enough to be read."""
    order = sorted(range(len(heights)), key=lambda place: heights[place])
    strokes, last = [], -100.0
    for place in order:
        y = max(heights[place], last + 16)
        last = y
        kind = "mark" if place == 0 else "axis"
        strokes.append(element("text", clipped(record.lines[place].name, 26), x=x + 12, y=y + 4, class_=kind))
    return strokes
