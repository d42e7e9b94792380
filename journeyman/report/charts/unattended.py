"""How wrong is what would go out unattended? The error on the test cases by the share that is let through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from journeyman.report.charts.drawing import element, nice_ticks, picture
from journeyman.report.words import share

_WIDTH, _HEIGHT = 560.0, 320.0
_LEFT, _TOP, _ACROSS, _DOWN = 70.0, 16.0, 470.0, 250.0


@dataclass(frozen=True)
class Point:
    """A threshold: the share of cases that it lets through, the share of these that is wrong, whether it has passed."""

    share: float
    error: float
    cases: int
    passed: bool
    chosen: bool


@dataclass(frozen=True)
class Unattended:
    """The points from strict to lax, and the error that is allowed; ``decision`` where that is for one alone."""

    points: tuple[Point, ...]
    limit: float
    decision: str


def facts(test: Mapping[str, Any]) -> Unattended | None:
    """The record of one test, as ``automate.json`` holds it; None where no threshold let anything through."""
    total, threshold = test.get("cases") or 0, test.get("threshold")
    steps = [one for one in test.get("steps") or () if one.get("cases")]
    if not total or len(steps) < 2:
        return None
    points = tuple(
        Point(
            share=one["cases"] / total,
            error=one["wrong"] / one["cases"],
            cases=one["cases"],
            passed=bool(one["passed"]),
            chosen=threshold is not None and one["threshold"] == threshold,
        )
        for one in steps
    )
    return Unattended(points, float(test["limit"]), str(test.get("decision") or ""))


def draw(record: Unattended) -> Markup:
    """A line of errors over shares, the limit across it; what has passed stands out."""
    top = max(1.15 * max(one.error for one in record.points), 1.6 * record.limit, 1e-6)

    def x(value: float) -> float:
        return _LEFT + _ACROSS * value

    def y(value: float) -> float:
        return _TOP + _DOWN * (1 - value / top)

    strokes = []
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        strokes.append(element("line", x1=x(tick), y1=y(0), x2=x(tick), y2=y(top), class_="grid"))
        strokes.append(element("text", f"{100 * tick:.0f} %", x=x(tick), y=y(0) + 17, text_anchor="middle"))
    for tick in nice_ticks(0.0, top, 4):
        strokes.append(element("line", x1=x(0), y1=y(tick), x2=x(1), y2=y(tick), class_="grid"))
        strokes.append(element("text", f"{100 * tick:.3g} %", x=x(0) - 7, y=y(tick) + 4, text_anchor="end"))
    strokes.append(element("line", x1=x(0), y1=y(record.limit), x2=x(1), y2=y(record.limit), class_="limit"))
    words = f"allowed: {100 * record.limit:.3g} %"
    strokes.append(element("text", words, x=x(1), y=y(record.limit) - 6, text_anchor="end", class_="axis"))
    path = " ".join(f"{x(one.share):.1f},{y(one.error):.1f}" for one in record.points)
    strokes.append(element("polyline", points=path, class_="path"))
    for one in record.points:
        state = "chosen" if one.chosen else "has passed" if one.passed else "not shown to be within"
        told = f"{one.cases:,} cases ({share(one.share)}): {100 * one.error:.2f} % wrong; {state}"
        radius = 6.5 if one.chosen else 4.0
        kind = "dot" if one.passed or one.chosen else "dot floor"
        disc = [element("title", told)]
        strokes.append(element("circle", disc, cx=x(one.share), cy=y(one.error), r=radius, class_=kind))
    strokes.append(
        element(
            "text",
            "share of cases that would run unattended",
            x=x(0.5),
            y=_HEIGHT - 8,
            text_anchor="middle",
            class_="axis",
        )
    )
    middle = _TOP + _DOWN / 2
    turned = f"rotate(-90 12 {middle:g})"
    strokes.append(element("text", "wrong", x=12.0, y=middle, text_anchor="middle", class_="axis", transform=turned))
    return picture(_WIDTH, _HEIGHT, "Errors by the share of cases that run unattended", strokes)
