"""How many rows of each group are held by bounds or sets: points with intervals, against the share promised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from journeyman.report.charts.drawing import element, nice_ticks, percent, strip
from journeyman.report.charts.numbers import is_number, part
from journeyman.report.words import finely, share

_LINE, _AXIS = 26.0, 22.0


@dataclass(frozen=True)
class Group:
    """Rows of a class, of a band of predictions, or of a level: the share that is held, with its interval."""

    name: str
    held: float
    low: float
    high: float
    rows: int
    is_short: bool


@dataclass(frozen=True)
class Coverage:
    """All rows first, then the groups; the share promised; the axis; what the groups are."""

    groups: tuple[Group, ...]
    nominal: float
    low: float
    high: float
    what: str

    def across(self, value: float) -> float:
        """Where a share stands on the axis, as a share of its width."""
        return (value - self.low) / (self.high - self.low)


def facts(summary: Mapping[str, Any]) -> Coverage | None:
    """The record, or None where nothing is promised, or nothing was measured.

    A group is short where even the upper end of its interval is below what is promised.
    """
    told = part(summary, "uncertainty")
    nominal, all_rows = told.get("nominal"), part(told, "coverage")
    if not is_number(nominal):
        return None
    groups = [_group(one, str(one.get("name", "")), nominal) for one in told.get("groups") or ()]
    worst = part(told, "worst")
    if worst:
        groups.append(_group(worst, f"{worst.get('column', '')}: {worst.get('name', '')}", nominal))
    whole = _group({**all_rows, "coverage": all_rows.get("value")}, "all rows", nominal)
    found = [one for one in (whole, *groups) if one is not None]
    if whole is None or len(found) < 2:
        return None
    low, high = min(nominal, *(one.low for one in found)), max(nominal, *(one.high for one in found))
    room = max(high - low, 0.02) * 0.08
    kinds = {str(one.get("kind")) for one in told.get("groups") or ()}
    what = "rows whose class is" if "class" in kinds else "rows predicted"
    return Coverage(tuple(found), float(nominal), low - room, high + room, what)


def draw(record: Coverage, group: Group) -> Markup:
    """One line: a disc at the share held, a stroke over its interval, dashed what is promised."""
    kind = "mark short" if group.is_short else "mark"
    middle, at = _LINE / 2, percent(record.across(record.nominal))
    low, high = percent(record.across(group.low)), percent(record.across(group.high))
    words = f"{group.name}: {finely(group.held)} [{finely(group.low)}, {finely(group.high)}] are held"
    return strip(
        _LINE,
        words,
        [
            element("line", x1=at, y1=0.0, x2=at, y2=_LINE, class_="ideal"),
            element("line", x1=low, y1=middle, x2=high, y2=middle, class_=kind),
            element("circle", cx=percent(record.across(group.held)), cy=middle, r=5.0, class_=kind),
        ],
    )


def draw_axis(record: Coverage) -> Markup:
    """The share promised below the lines, and round shares that stand clear of it."""
    ticks = [float(one) for one in nice_ticks(record.low, record.high, 3)]
    clear = [one for one in ticks if abs(record.across(one) - record.across(record.nominal)) > 0.18]
    strokes = [
        element("text", share(one), x=percent(record.across(one)), y=14.0, text_anchor="middle", class_=kind)
        for one, kind in [(record.nominal, "mark"), *((one, "") for one in clear)]
        if 0.04 < record.across(one) < 0.96
    ]
    return strip(_AXIS, f"axis: share of rows held; {share(record.nominal)} is promised", strokes)


def _group(one: Mapping[str, Any], name: str, nominal: float) -> Group | None:
    held, low, high, rows = (one.get(key) for key in ("coverage", "low", "high", "rows"))
    if not (is_number(held) and is_number(low) and is_number(high) and is_number(rows)):
        return None
    return Group(name, float(held), float(low), float(high), int(rows), high < nominal)
