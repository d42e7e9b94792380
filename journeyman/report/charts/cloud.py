"""Two numbers against each other: a disc a row where rows are few, shaded fields where they are many; a smooth line."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from journeyman.report.charts.axes import Axis, axis_of, clipped, frame, shown
from journeyman.report.charts.drawing import element, picture
from journeyman.report.charts.numbers import floats

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _FOOT = 560.0, 330.0, 72.0, 20.0, 12.0, 46.0
#: Shades of fields.
_SHADES = 6


@dataclass(frozen=True)
class Cloud:
    """Either ``points`` (x, y), or ``fields`` (column, row, rows in it) of a grid with ``bounds`` and ``size``.

    Where an axis is logarithmic, its bounds are powers of ten.
    """

    title: str
    across: str
    down: str
    logs: tuple[bool, bool]
    points: tuple[tuple[float, float], ...]
    fields: tuple[tuple[int, int, int], ...]
    bounds: tuple[tuple[float, float], ...]
    size: tuple[int, int]
    smooth: tuple[tuple[float, float], ...]
    rows: int


def facts(data: Mapping[str, Any]) -> Cloud | None:
    """The record, or None where there is nothing to draw."""
    points, smooth = _pairs(data.get("points")), _pairs(data.get("smooth"))
    fields = [tuple(map(int, one)) for one in data.get("fields") or () if len(floats(one)) == 3]
    bounds, size = _pairs(data.get("bounds")), floats(data.get("size"))
    if len(points) < 2 and not (fields and len(bounds) == 2 and len(size) == 2):
        return None
    logs = bool(data.get("across_is_log")), bool(data.get("down_is_log"))
    return Cloud(
        str(data.get("title", "")),
        str(data.get("across", "")),
        str(data.get("down", "")),
        logs,
        points,
        tuple((one[0], one[1], one[2]) for one in fields),
        bounds,
        (int(size[0]), int(size[1])) if len(size) == 2 else (1, 1),
        smooth,
        int(data.get("rows") or 0),
    )


def draw(record: Cloud) -> Markup:
    """The cloud in its frame."""
    axes = _axes(record)
    if axes is None:
        return Markup("")
    across, down = axes
    strokes = frame(across, down, shown(), shown())
    strokes += _discs(record, across, down) if record.points else _fields(record, across, down)
    if len(record.smooth) > 1:
        line = " ".join(f"{across.at(x):.1f},{down.at(y):.1f}" for x, y in record.smooth)
        strokes.append(element("polyline", points=line, class_="path smooth"))
    middle = _TOP + (_HEIGHT - _TOP - _FOOT) / 2
    names = [
        clipped(name, 44) + (" (logarithmic)" if is_log else "")
        for name, is_log in zip((record.across, record.down), record.logs, strict=True)
    ]
    strokes += [
        element("text", names[0], x=(_LEFT + _WIDTH - _RIGHT) / 2, y=_HEIGHT - 8, text_anchor="middle", class_="axis"),
        element(
            "text",
            names[1],
            x=14.0,
            y=middle,
            text_anchor="middle",
            class_="axis",
            transform=f"rotate(-90 14 {middle:g})",
        ),
    ]
    return picture(_WIDTH, _HEIGHT, f"{record.title}, {record.rows:,} rows; the line goes through the middle", strokes)


def _axes(record: Cloud) -> tuple[Axis, Axis] | None:
    right, bottom = _WIDTH - _RIGHT, _HEIGHT - _FOOT
    if record.points:
        across = axis_of([x for x, _ in record.points], _LEFT, right, is_log=record.logs[0])
        down = axis_of([y for _, y in record.points], bottom, _TOP, is_log=record.logs[1])
        return None if across is None or down is None else (across, down)
    ends = [
        tuple(10.0**one if is_log else one for one in pair)
        for pair, is_log in zip(record.bounds, record.logs, strict=True)
    ]
    return (
        Axis(ends[0][0], ends[0][1], _LEFT, right, is_log=record.logs[0]),
        Axis(ends[1][0], ends[1][1], bottom, _TOP, is_log=record.logs[1]),
    )


def _discs(record: Cloud, across: Axis, down: Axis) -> list[Markup]:
    size = 3.0 if len(record.points) < 300 else 2.0
    kept = [(x, y) for x, y in record.points if (not record.logs[0] or x > 0) and (not record.logs[1] or y > 0)]
    return [element("circle", cx=across.at(x), cy=down.at(y), r=size, class_="grain") for x, y in kept]


def _fields(record: Cloud, across: Axis, down: Axis) -> list[Markup]:
    wide, high = (across.end - across.begin) / record.size[0], (down.begin - down.end) / record.size[1]
    most = max(rows for _, _, rows in record.fields)
    strokes = []
    for column, row, rows in record.fields:
        shade = min(_SHADES - 1, int(_SHADES * math.log1p(rows) / math.log1p(most)))
        strokes.append(
            element(
                "rect",
                [element("title", f"{rows:,} rows")],
                x=across.begin + column * wide,
                y=down.begin - (row + 1) * high,
                width=wide + 0.3,
                height=high + 0.3,
                class_=f"field f{shade}",
            )
        )
    return strokes


def _pairs(values: object) -> tuple[tuple[float, float], ...]:
    found = [floats(one) for one in values] if isinstance(values, (list, tuple)) else []
    return tuple((one[0], one[1]) for one in found if len(one) == 2)
