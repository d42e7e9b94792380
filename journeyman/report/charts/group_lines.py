"""A mean or a rate along a number, in all rows and in each group of them: what turns round within groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from journeyman.report.charts.axes import axis_of, clipped, frame, shown
from journeyman.report.charts.drawing import element, picture
from journeyman.report.charts.numbers import floats

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _FOOT = 560.0, 290.0, 66.0, 128.0, 14.0, 46.0


@dataclass(frozen=True)
class Line:
    """A group's points (along, value, rows), or those of all rows."""

    name: str
    points: tuple[tuple[float, float, float], ...]
    is_all: bool


@dataclass(frozen=True)
class GroupLines:
    """The lines and what they show."""

    title: str
    of: str
    along: str
    is_rate: bool
    lines: tuple[Line, ...]


def facts(data: Mapping[str, Any]) -> GroupLines | None:
    """The record, or None with fewer than two lines."""
    lines = []
    for line in data.get("lines") or ():
        points = [floats(one) for one in line.get("points") or ()]
        kept = tuple((one[0], one[1], one[2]) for one in points if len(one) == 3)
        if len(kept) > 1:
            lines.append(Line(str(line.get("name", "")), kept, bool(line.get("is_all"))))
    if len(lines) < 2:
        return None
    title, of, along = (str(data.get(key, "")) for key in ("title", "of", "along"))
    return GroupLines(title, of, along, bool(data.get("is_rate")), tuple(lines))


def draw(record: GroupLines) -> Markup:
    """Groups in full, all rows dashed; each named at its end."""
    bottom, right = _HEIGHT - _FOOT, _WIDTH - _RIGHT
    points = [one for line in record.lines for one in line.points]
    across = axis_of([one[0] for one in points], _LEFT, right)
    down = axis_of([one[1] for one in points], bottom, _TOP)
    if across is None or down is None:
        return Markup("")
    strokes = frame(across, down, shown(), shown(is_rate=record.is_rate))
    taken: list[float] = []
    for line in record.lines:
        kind = "path all" if line.is_all else "path"
        path = " ".join(f"{across.at(x):.1f},{down.at(y):.1f}" for x, y, _ in line.points)
        strokes.append(element("polyline", points=path, class_=kind))
        for x, y, rows in line.points:
            words = element("title", f"{line.name}: {rows:,.0f} rows")
            strokes.append(
                element(
                    "circle",
                    [words],
                    cx=across.at(x),
                    cy=down.at(y),
                    r=3.0,
                    class_="dot other" if line.is_all else "dot",
                )
            )
        last = line.points[-1]
        at = down.at(last[1])
        while any(abs(at - one) < 14 for one in taken):
            at += 14
        taken.append(at)
        strokes.append(
            element(
                "text",
                clipped(line.name, 18),
                x=max(across.at(last[0]) + 8, right - 20),
                y=at + 4,
                class_="axis" if line.is_all else "mark",
            )
        )
    strokes.append(
        element(
            "text", clipped(record.along, 60), x=(_LEFT + right) / 2, y=_HEIGHT - 8, text_anchor="middle", class_="axis"
        )
    )
    return picture(_WIDTH, _HEIGHT, record.title, strokes)
