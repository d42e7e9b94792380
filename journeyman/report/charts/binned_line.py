"""A mean or a rate along time or a number: a line through stretches of rows, its interval around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from journeyman.report.charts.axes import axis_of, clipped, frame, shown
from journeyman.report.charts.drawing import element, picture
from journeyman.report.charts.numbers import is_number

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _FOOT = 560.0, 270.0, 66.0, 28.0, 14.0, 46.0


@dataclass(frozen=True)
class Point:
    """A stretch of rows: where it is, its value with interval, how many rows."""

    at: float
    value: float
    low: float
    high: float
    rows: int


@dataclass(frozen=True)
class BinnedLine:
    """Points from left to right; ``mark`` a place along the axis where something changes."""

    title: str
    points: tuple[Point, ...]
    along: str
    of: str
    is_rate: bool
    is_date: bool
    is_log: bool
    mark: float | None
    overall: float | None


def facts(data: Mapping[str, Any]) -> BinnedLine | None:
    """The record, or None with fewer than two points."""
    points = [
        Point(float(one["at"]), float(one["value"]), float(one["low"]), float(one["high"]), int(one["rows"]))
        for one in data.get("points") or ()
        if all(is_number(one.get(key)) for key in ("at", "value", "low", "high", "rows"))
    ]
    if len(points) < 2:
        return None
    mark, overall = data.get("mark"), data.get("overall")
    return BinnedLine(
        str(data.get("title", "")),
        tuple(sorted(points, key=lambda one: one.at)),
        str(data.get("along", "")),
        str(data.get("of", "")),
        bool(data.get("is_rate")),
        bool(data.get("is_date")),
        bool(data.get("is_log")) and all(one.at > 0 for one in points),
        float(mark) if is_number(mark) else None,
        float(overall) if is_number(overall) else None,
    )


def draw(record: BinnedLine) -> Markup:
    """A band, a line, and a disc for each stretch."""
    bottom, right = _HEIGHT - _FOOT, _WIDTH - _RIGHT
    across = axis_of([one.at for one in record.points], _LEFT, right, is_log=record.is_log, room=0.03)
    down = axis_of([end for one in record.points for end in (one.low, one.high)], bottom, _TOP)
    if across is None or down is None:
        return Markup("")
    say_across, say_down = shown(is_date=record.is_date), shown(is_rate=record.is_rate)
    strokes = frame(across, down, say_across, say_down)
    upper = [f"{across.at(one.at):.1f},{down.at(one.high):.1f}" for one in record.points]
    lower = [f"{across.at(one.at):.1f},{down.at(one.low):.1f}" for one in reversed(record.points)]
    strokes.append(element("polygon", points=" ".join([*upper, *lower]), class_="under"))
    if record.overall is not None:
        at = down.at(record.overall)
        strokes.append(element("line", x1=_LEFT, y1=at, x2=right, y2=at, class_="ideal"))
    line = " ".join(f"{across.at(one.at):.1f},{down.at(one.value):.1f}" for one in record.points)
    strokes.append(element("polyline", points=line, class_="path"))
    for one in record.points:
        words = element("title", f"{say_across(one.at)}: {say_down(one.value)}, {one.rows:,} rows")
        strokes.append(element("circle", [words], cx=across.at(one.at), cy=down.at(one.value), r=3.5, class_="dot"))
    if record.mark is not None and across.low <= record.mark <= across.high:
        at = across.at(record.mark)
        side = "end" if at > (_LEFT + right) / 2 else "start"
        strokes += [
            element("line", x1=at, y1=_TOP, x2=at, y2=bottom, class_="limit"),
            element(
                "text",
                say_across(record.mark),
                x=at + (-6 if side == "end" else 6),
                y=_TOP + 8,
                text_anchor=side,
                class_="mark",
            ),
        ]
    name = clipped(record.along, 60) + (" (logarithmic)" if record.is_log else "")
    strokes.append(element("text", name, x=(_LEFT + right) / 2, y=_HEIGHT - 8, text_anchor="middle", class_="axis"))
    return picture(_WIDTH, _HEIGHT, f"{record.title}; dashed: all rows", strokes)
