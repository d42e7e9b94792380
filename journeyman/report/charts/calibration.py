"""Do the probabilities come true? What was predicted against what happened, in bins."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from journeyman.report.charts.drawing import element, picture
from journeyman.report.charts.numbers import is_number
from journeyman.report.words import share

_WIDTH, _HEIGHT = 440.0, 340.0
_LEFT, _TOP, _ACROSS, _DOWN = 70.0, 12.0, 348.0, 278.0


@dataclass(frozen=True)
class Bin:
    """Rows whose predictions are near each other: their mean prediction, the share that came true, how many."""

    predicted: float
    observed: float
    rows: int


@dataclass(frozen=True)
class Calibration:
    """The bins from the lowest prediction to the highest, and the largest gap of a bin with 2 % of the rows or more."""

    bins: tuple[Bin, ...]
    gap: float

    @property
    def rows(self) -> int:
        """Rows in all bins."""
        return sum(one.rows for one in self.bins)


def facts(summary: Mapping[str, Any]) -> Calibration | None:
    """The record, or None where the run has no probabilities to hold to account."""
    bins = [
        Bin(float(one["predicted"]), float(one["observed"]), int(one["rows"]))
        for one in summary.get("calibration") or ()
        if one.get("rows") and is_number(one.get("predicted")) and is_number(one.get("observed"))
    ]
    if len(bins) < 2 or summary.get("task") == "regression":
        return None
    bins.sort(key=lambda one: one.predicted)
    fair = 0.02 * sum(one.rows for one in bins)
    gap = max(abs(one.predicted - one.observed) for one in bins if one.rows >= fair)
    return Calibration(tuple(bins), gap)


def draw(record: Calibration) -> Markup:
    """A square with the diagonal on which true probabilities lie; a disc's area is its rows."""
    strokes = []
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        label = f"{100 * tick:.0f} %"
        strokes += [
            element("line", x1=_x(tick), y1=_y(0), x2=_x(tick), y2=_y(1), class_="grid"),
            element("line", x1=_x(0), y1=_y(tick), x2=_x(1), y2=_y(tick), class_="grid"),
            element("text", label, x=_x(tick), y=_y(0) + 17, text_anchor="middle"),
            element("text", label, x=_x(0) - 7, y=_y(tick) + 4, text_anchor="end"),
        ]
    strokes.append(element("line", x1=_x(0), y1=_y(0), x2=_x(1), y2=_y(1), class_="ideal"))
    path = " ".join(f"{_x(one.predicted):.1f},{_y(one.observed):.1f}" for one in record.bins)
    strokes.append(element("polyline", points=path, class_="path"))
    most = max(one.rows for one in record.bins)
    for one in record.bins:
        words = f"{one.rows:,} rows: predicted {share(one.predicted)}, came true {share(one.observed)}"
        radius = 2.0 + 4.0 * math.sqrt(one.rows / most)
        disc = element("title", words)
        strokes.append(element("circle", [disc], cx=_x(one.predicted), cy=_y(one.observed), r=radius, class_="dot"))
    strokes.append(element("text", "predicted", x=_x(0.5), y=_HEIGHT - 8, text_anchor="middle", class_="axis"))
    middle = _TOP + _DOWN / 2
    turned = f"rotate(-90 12 {middle:g})"
    strokes.append(
        element("text", "came true", x=12.0, y=middle, text_anchor="middle", class_="axis", transform=turned)
    )
    return picture(_WIDTH, _HEIGHT, "Predicted probability against the share that came true", strokes)


def _x(value: float) -> float:
    return _LEFT + _ACROSS * value


def _y(value: float) -> float:
    return _TOP + _DOWN * (1 - value)
