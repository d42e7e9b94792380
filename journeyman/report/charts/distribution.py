"""A column's values at a glance: a small bar for each range, or for each word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from journeyman.report.charts.drawing import element, percent, strip
from journeyman.report.charts.numbers import floats, is_number
from journeyman.report.words import cell, share

_HEIGHT = 34.0


@dataclass(frozen=True)
class Bar:
    """A range of values, or a word, with the share of the cells that are known."""

    label: str
    share: float
    is_rest: bool = False


@dataclass(frozen=True)
class Distribution:
    """The bars of a column, in the order of its values, or the most frequent word first."""

    name: str
    bars: tuple[Bar, ...]
    is_words: bool


def facts(column: Mapping[str, Any]) -> Distribution | None:
    """The record of a column's profile, or None where there is nothing to draw."""
    name, rows, missing = str(column.get("name", "")), column.get("rows"), column.get("missing")
    known = rows - missing if is_number(rows) and is_number(missing) else 0
    if not known > 0:
        return None
    levels = [
        (str(one[0]), float(one[1]))
        for one in column.get("levels") or ()
        if isinstance(one, (list, tuple)) and len(one) == 2 and is_number(one[1])
    ]
    if levels:
        bars = [Bar(word, count / known) for word, count in levels]
        others = column.get("others")
        if is_number(others) and others:
            bars.append(Bar("any other", others / known, is_rest=True))
        return Distribution(name, tuple(bars), is_words=True)
    edges, counts = floats(column.get("edges")), floats(column.get("counts"))
    if len(counts) < 2 or len(edges) not in (len(counts), len(counts) + 1):
        return None
    if len(edges) == len(counts):
        labels = [cell(at, column) for at in edges]
        bars = [Bar(label, count / known) for label, count in zip(labels, counts, strict=True)]
        return Distribution(name, tuple(bars), is_words=False)
    return Distribution(
        name,
        tuple(
            Bar(f"{cell(low, column)} to {cell(high, column)}", count / known)
            for low, high, count in zip(edges, edges[1:], counts, strict=False)
        ),
        is_words=False,
    )


def draw(record: Distribution) -> Markup:
    """A bar each, the highest as high as the picture."""
    most = max(one.share for one in record.bars) or 1.0
    width = 1 / max(len(record.bars), 6)
    strokes = []
    for place, one in enumerate(record.bars):
        height = max(1.0, (_HEIGHT - 2) * one.share / most) if one.share else 0.0
        strokes.append(
            element(
                "rect",
                [element("title", f"{one.label}: {share(one.share)}")],
                x=percent(place * width),
                y=_HEIGHT - height,
                width=percent(width * 0.86),
                height=height,
                class_="rest" if one.is_rest else "bar",
            )
        )
    strokes.append(element("line", x1="0", y1=_HEIGHT, x2="100%", y2=_HEIGHT, class_="grid"))
    return strip(_HEIGHT, f"how the values of {record.name} spread", strokes)
