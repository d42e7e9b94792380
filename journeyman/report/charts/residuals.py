"""How far predicted numbers are off: what came against what was predicted, and how errors spread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from journeyman.report.charts.drawing import element, nice_ticks, picture
from journeyman.report.charts.numbers import floats, is_number, part
from journeyman.report.words import number, signed

_WIDTH, _HEIGHT = 440.0, 340.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 86.0, 22.0, 12.0, 50.0


@dataclass(frozen=True)
class Band:
    """Rows of like prediction: its mean; what came for a tenth, half and nine tenths of them at most; how many."""

    predicted: float
    low: float
    middle: float
    high: float
    rows: int


@dataclass(frozen=True)
class Residuals:
    """The bands; the bars of the errors; how far half, and nine tenths, of the rows are off at most."""

    bands: tuple[Band, ...]
    edges: tuple[float, ...]
    counts: tuple[float, ...]
    half: float
    most: float
    without: float
    rows: int


def facts(summary: Mapping[str, Any]) -> Residuals | None:
    """The record, or None where no numbers are predicted."""
    told = part(summary, "residuals")
    edges, counts = floats(told.get("edges")), floats(told.get("counts"))
    numbers = [told.get(name) for name in ("half", "most", "without", "rows")]
    bands = []
    for one in told.get("bands") or ():
        values = floats([one.get(name) for name in ("predicted", "low", "middle", "high", "rows")])
        if values:
            predicted, low, middle, high, rows = values
            bands.append(Band(predicted, low, middle, high, int(rows)))
    if len(bands) < 2 or not counts or len(edges) != len(counts) + 1 or not all(map(is_number, numbers)):
        return None
    half, most, without, count = floats(numbers)
    return Residuals(tuple(bands), edges, counts, half, most, without, int(count))


def draw(record: Residuals) -> Markup:
    """What came against what was predicted: a disc at the middle, a stroke from the tenth to the ninth tenth."""
    ends = [value for one in record.bands for value in (one.predicted, one.low, one.high)]
    low, high = min(ends), max(ends)
    room = (high - low or 1.0) * 0.04
    low, high = low - room, high + room

    def across(value: float) -> float:
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * (value - low) / (high - low)

    def down(value: float) -> float:
        return _TOP + (_HEIGHT - _TOP - _BOTTOM) * (high - value) / (high - low)

    strokes = []
    for tick in nice_ticks(low, high, 4):
        at = float(tick)
        strokes += [
            element("line", x1=across(at), y1=down(low), x2=across(at), y2=down(high), class_="grid"),
            element("line", x1=across(low), y1=down(at), x2=across(high), y2=down(at), class_="grid"),
            element("text", number(at), x=across(at), y=_HEIGHT - _BOTTOM + 17, text_anchor="middle"),
            element("text", number(at), x=_LEFT - 7, y=down(at) + 4, text_anchor="end"),
        ]
    strokes.append(element("line", x1=across(low), y1=down(low), x2=across(high), y2=down(high), class_="ideal"))
    for one in record.bands:
        words = (
            f"{one.rows:,} rows predicted about {number(one.predicted)}:"
            f" {number(one.middle)} in the middle, eight in ten from {number(one.low)} to {number(one.high)}"
        )
        x = across(one.predicted)
        strokes += [
            element("line", x1=x, y1=down(one.low), x2=x, y2=down(one.high), class_="whisker"),
            element("circle", [element("title", words)], cx=x, cy=down(one.middle), r=4.5, class_="dot"),
        ]
    strokes.append(
        element("text", "predicted", x=across((low + high) / 2), y=_HEIGHT - 8, text_anchor="middle", class_="axis")
    )
    middle = down((low + high) / 2)
    turned = f"rotate(-90 10 {middle:g})"
    strokes.append(
        element("text", "what came", x=10.0, y=middle, text_anchor="middle", class_="axis", transform=turned)
    )
    return picture(_WIDTH, _HEIGHT, "What came against what was predicted", strokes)


def draw_errors(record: Residuals) -> Markup:
    """How errors spread: bars, dark where half of the rows lie."""
    low, high = record.edges[0], record.edges[-1]
    most = max(record.counts) or 1.0
    bottom = _HEIGHT - _BOTTOM

    def across(value: float) -> float:
        return 30.0 + (_WIDTH - 60.0) * (value - low) / (high - low)

    strokes = []
    for left, right, count in zip(record.edges, record.edges[1:], record.counts, strict=False):
        height = (bottom - _TOP) * count / most
        middle = abs((left + right) / 2)
        kind = "bar" if middle <= record.half else "bar light" if middle <= record.most else "rest"
        words = f"{int(count):,} rows off by {signed(left)} to {signed(right)}"
        strokes.append(
            element(
                "rect",
                [element("title", words)],
                x=across(left) + 0.5,
                y=bottom - height,
                width=max(0.5, across(right) - across(left) - 1),
                height=height,
                class_=kind,
            )
        )
    for tick in nice_ticks(low, high, 4):
        strokes.append(element("text", signed(float(tick)), x=across(float(tick)), y=bottom + 17, text_anchor="middle"))
    strokes += [
        element("line", x1=30.0, y1=bottom, x2=_WIDTH - 30, y2=bottom, class_="zero"),
        element("line", x1=across(0), y1=_TOP, x2=across(0), y2=bottom, class_="ideal"),
        element("text", "what came − predicted", x=_WIDTH / 2, y=_HEIGHT - 8, text_anchor="middle", class_="axis"),
    ]
    return picture(_WIDTH, _HEIGHT, "How errors spread", strokes)
