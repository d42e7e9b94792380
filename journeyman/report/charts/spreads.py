"""How a number spreads in a few groups: a line over nine in ten of the rows, a bar over half, a disc in the middle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from journeyman.report.charts.axes import axis_of, clipped, shown
from journeyman.report.charts.drawing import element, picture
from journeyman.report.charts.numbers import floats, is_number

_WIDTH, _LEFT, _RIGHT, _LINE, _FOOT = 560.0, 168.0, 92.0, 40.0, 40.0


@dataclass(frozen=True)
class Group:
    """A group's name, its 5th, 25th, 50th, 75th and 95th percentile, and its rows."""

    label: str
    spread: tuple[float, ...]
    rows: int


@dataclass(frozen=True)
class Spreads:
    """The groups, the one that is told of first; ``bound`` is what it lies beyond."""

    title: str
    of: str
    groups: tuple[Group, ...]
    bound: float | None
    is_log: bool


def facts(data: Mapping[str, Any]) -> Spreads | None:
    """The record, or None where there is nothing to draw."""
    groups = [
        Group(str(one.get("label", "")), floats(one.get("spread")), int(one["rows"]))
        for one in data.get("groups") or ()
        if len(floats(one.get("spread"))) == 5 and is_number(one.get("rows"))
    ]
    if not groups:
        return None
    bound, is_log = data.get("bound"), bool(data.get("is_log")) and all(min(one.spread) > 0 for one in groups)
    title, of = str(data.get("title", "")), str(data.get("of", ""))
    return Spreads(title, of, tuple(groups), float(bound) if is_number(bound) else None, is_log)


def draw(record: Spreads) -> Markup:
    """A line for each group; the bound dashed."""
    values = [one for group in record.groups for one in group.spread]
    bounds = [] if record.bound is None or (record.is_log and record.bound <= 0) else [record.bound]
    axis = axis_of([*values, *bounds], _LEFT, _WIDTH - _RIGHT, is_log=record.is_log)
    if axis is None:
        return Markup("")
    bottom, say = _LINE * len(record.groups) + 4, shown()
    strokes = []
    for tick in axis.ticks(4):
        strokes += [
            element("line", x1=axis.at(tick), y1=2.0, x2=axis.at(tick), y2=bottom, class_="grid"),
            element("text", say(tick), x=axis.at(tick), y=bottom + 15, text_anchor="middle"),
        ]
    for place, group in enumerate(record.groups):
        middle, ends = _LINE * (place + 0.5) + 2, [axis.at(one) for one in group.spread]
        kind = "" if place == 0 else " other"
        words = element(
            "title",
            f"{group.label}: half of {group.rows:,} rows lie from {say(group.spread[1])} to {say(group.spread[3])}",
        )
        strokes += [
            element(
                "text",
                clipped(group.label, 24),
                x=_LEFT - 8,
                y=middle + 4,
                text_anchor="end",
                class_="axis" if kind else "mark",
            ),
            element("line", x1=ends[0], y1=middle, x2=ends[4], y2=middle, class_=f"reach{kind}"),
            element(
                "rect",
                [words],
                x=ends[1],
                y=middle - 6,
                width=max(ends[3] - ends[1], 1.0),
                height=12.0,
                class_="bar light",
            ),
            element("circle", cx=ends[2], cy=middle, r=5.0, class_=f"dot{kind}"),
            element("text", f"{group.rows:,} rows", x=_WIDTH - _RIGHT + 8, y=middle + 4, class_="faint"),
        ]
    for bound in bounds:
        strokes.append(element("line", x1=axis.at(bound), y1=2.0, x2=axis.at(bound), y2=bottom, class_="ideal"))
    name = clipped(record.of, 50) + (" (logarithmic)" if record.is_log else "")
    strokes.append(
        element("text", name, x=(_LEFT + _WIDTH - _RIGHT) / 2, y=bottom + 33, text_anchor="middle", class_="axis")
    )
    return picture(_WIDTH, bottom + _FOOT, f"{record.title}; dashed: the bound", strokes)
