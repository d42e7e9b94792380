"""How a deployed model does, batch by batch: what was expected of it, what came, and what is tolerated."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from journeyman.report.charts.drawing import element, nice_ticks, picture

_WIDTH, _HEIGHT = 620.0, 260.0
_LEFT, _TOP, _ACROSS, _DOWN = 62.0, 14.0, 540.0, 190.0
#: So many of the newest batches are drawn.
MOST = 120


@dataclass(frozen=True)
class Point:
    """A batch: its number, rows, the estimate with its interval, and the loss that came; None where not known."""

    batch: int
    rows: int
    estimated: float | None
    low: float | None
    high: float | None
    real: float | None


@dataclass(frozen=True)
class Watch:
    """The newest batches, what was promised, and what is tolerated."""

    points: tuple[Point, ...]
    name: str
    promised: float
    tolerated: float


def facts(recent: Sequence[Mapping[str, Any]], name: str, promised: float, tolerated: float) -> Watch | None:
    """The record; None where fewer than two batches say anything."""
    points = [
        Point(
            int(one["batch"]),
            int(one["rows"] or one["known"]),
            one.get("estimated"),
            one.get("estimated_low"),
            one.get("estimated_high"),
            one.get(f"real_{name}"),
        )
        for one in recent[-MOST:]
    ]
    there = [one for one in points if one.estimated is not None or one.real is not None]
    return Watch(tuple(there), name.replace("_", " "), promised, tolerated) if len(there) > 1 else None


def draw(record: Watch) -> Markup:
    """Estimates as a line with its intervals, losses that came as discs, the tolerance as a dashed line."""
    values = [record.promised, record.tolerated]
    values += [one.estimated for one in record.points if one.estimated is not None]
    values += [one.real for one in record.points if one.real is not None]
    most = max(values) * 1.08 or 1.0
    first, last = record.points[0].batch, record.points[-1].batch

    def x(batch: float) -> float:
        return _LEFT + _ACROSS * ((batch - first) / max(last - first, 1) * 0.96 + 0.02)

    def y(value: float) -> float:
        return _TOP + _DOWN * (1 - min(value, most) / most)

    strokes = []
    for tick in nice_ticks(0.0, most, 4):
        strokes += [
            element("line", x1=_LEFT, y1=y(tick), x2=_LEFT + _ACROSS, y2=y(tick), class_="grid"),
            element("text", f"{tick:.4g}", x=_LEFT - 7, y=y(tick) + 4, text_anchor="end"),
        ]
    for value, class_ in ((record.promised, "grid"), (record.tolerated, "ideal")):
        strokes.append(element("line", x1=_LEFT, y1=y(value), x2=_LEFT + _ACROSS, y2=y(value), class_=class_))
    strokes.append(
        element("text", "tolerated", x=_LEFT + _ACROSS, y=y(record.tolerated) - 5, text_anchor="end", class_="axis")
    )
    for one in record.points:
        if one.low is not None and one.high is not None:
            strokes.append(
                element("line", x1=x(one.batch), y1=y(one.low), x2=x(one.batch), y2=y(one.high), class_="path")
            )
    line = [one for one in record.points if one.estimated is not None]
    if len(line) > 1:
        path = " ".join(f"{x(one.batch):.1f},{y(one.estimated or 0.0):.1f}" for one in line)
        strokes.append(element("polyline", points=path, class_="path"))
    for one in record.points:
        if one.real is not None and math.isfinite(one.real):
            words = element("title", f"batch {one.batch}: {one.real:.4g} in {one.rows:,} rows")
            strokes.append(element("circle", [words], cx=x(one.batch), cy=y(one.real), r=3.5, class_="dot"))
    for batch in sorted({first, last}):
        strokes.append(element("text", f"batch {batch}", x=x(batch), y=_TOP + _DOWN + 18, text_anchor="middle"))
    told = f"The {record.name} batch by batch: estimated, real, and the {record.tolerated:.4g} that is tolerated"
    return picture(_WIDTH, _HEIGHT - 24, told, strokes)
