"""What the model uses: how far answers move with each column, and in which direction its values push them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from journeyman.report.charts.drawing import element, percent, strip
from journeyman.report.charts.numbers import is_number, part
from journeyman.report.words import about, cell, share

_BAR, _EFFECT = 18.0, 40.0


@dataclass(frozen=True)
class Point:
    """The mean answer where the column holds this; ``answer`` and ``at`` are in words, too."""

    label: str
    answer: float
    shown: str
    is_missing: bool


@dataclass(frozen=True)
class Use:
    """A column: how far answers move when it is swapped, its share of all movement, and what its values do."""

    name: str
    change: float
    moves: str
    share: float
    points: tuple[Point, ...]
    is_words: bool

    @property
    def ends(self) -> tuple[Point, Point] | None:
        """The points of the lowest and the highest answer."""
        if len(self.points) < 2:
            return None
        return (
            min(self.points, key=lambda one: one.answer),
            max(self.points, key=lambda one: one.answer),
        )


@dataclass(frozen=True)
class Uses:
    """The columns, most used first; the answers' range over all effects, and the mean answer, where there is one."""

    columns: tuple[Use, ...]
    low: float
    high: float
    answer: float | None
    rows: int

    @property
    def has_effects(self) -> bool:
        """Whether it is told what single values do."""
        return any(len(one.points) > 1 for one in self.columns)

    def up(self, value: float) -> float:
        """How high an answer stands, as a share."""
        return (value - self.low) / (self.high - self.low or 1.0)


def facts(summary: Mapping[str, Any]) -> Uses | None:
    """The record, or None where the uses are not told, or the model uses nothing."""
    told = part(summary, "uses")
    is_class = bool(summary.get("classes"))
    known = {str(one.get("name")): one for one in summary.get("schema") or ()}
    for one in summary.get("profile") or ():
        known[str(one.get("name"))] = {**known.get(str(one.get("name")), {}), **one}
    columns = [
        _use(one, known.get(str(one.get("name")), {}), is_class=is_class)
        for one in told.get("columns") or ()
        if is_number(one.get("change")) and is_number(one.get("share"))
    ]
    if not any(one.change > 0 for one in columns):
        return None
    answers = [point.answer for one in columns for point in one.points]
    mean = told.get("answer")
    rows = sum(int(told[name]) for name in ("rows",) if is_number(told.get(name)))
    return Uses(
        tuple(columns),
        min(answers, default=0.0),
        max(answers, default=1.0),
        float(mean) if is_number(mean) else None,
        rows * int(told["rounds"]) if is_number(told.get("rounds")) else rows,
    )


def draw(record: Uses, use: Use) -> Markup:
    """A bar as long as the column's share, the longest over the whole width."""
    longest = max(one.share for one in record.columns) or 1.0
    bar = element("rect", x="0", y=3.0, width=percent(use.share / longest), height=_BAR - 6, rx=2.0, class_="bar")
    return strip(_BAR, f"{use.name}: {share(use.share)} of all movement", [bar])


def draw_effect(record: Uses, use: Use) -> Markup:
    """The mean answer by value: discs on a line for numbers, bars for words; dashed is the mean of all answers."""
    inside = _EFFECT - 8

    def down(value: float) -> float:
        return 4.0 + inside * (1 - record.up(value))

    strokes = []
    if record.answer is not None:
        y = down(record.answer)
        strokes.append(element("line", x1="0", y1=y, x2="100%", y2=y, class_="ideal"))
    width = 1 / max(len(use.points), 4)
    known = [one for one in use.points if not one.is_missing]
    for place, one in enumerate(use.points):
        x, title = (place + 0.5) * width, element("title", f"{one.label}: {one.shown}")
        if use.is_words or one.is_missing:
            top, bottom = sorted((down(one.answer), down(record.answer or 0.0)))
            kind = "rest" if one.is_missing else "bar"
            strokes.append(
                element(
                    "rect",
                    [title],
                    x=percent(x - 0.36 * width),
                    y=top - 0.75,
                    width=percent(0.72 * width),
                    height=bottom - top + 1.5,
                    class_=kind,
                )
            )
        else:
            if place + 1 < len(known):
                strokes.append(
                    element(
                        "line",
                        x1=percent(x),
                        y1=down(one.answer),
                        x2=percent(x + width),
                        y2=down(known[place + 1].answer),
                        class_="path",
                    )
                )
            strokes.append(element("circle", [title], cx=percent(x), cy=down(one.answer), r=3.0, class_="dot"))
    return strip(_EFFECT, f"the mean answer by {use.name}", strokes)


def _use(one: Mapping[str, Any], column: Mapping[str, Any], *, is_class: bool) -> Use:
    change = float(one["change"])
    points = [
        _point(point, column, is_class=is_class) for point in one.get("effect") or () if is_number(point.get("answer"))
    ]
    is_words = any(isinstance(point.get("at"), str) for point in one.get("effect") or ())
    # Missing is no value between others: it stands last.
    points.sort(key=lambda point: point.is_missing)
    moves = f"{100 * change:.1f} points" if is_class else about(change)
    return Use(str(one.get("name", "")), change, moves, float(one["share"]), tuple(points), is_words)


def _point(one: Mapping[str, Any], column: Mapping[str, Any], *, is_class: bool) -> Point:
    at, answer = one.get("at"), float(one["answer"])
    label = "missing" if at is None else at if isinstance(at, str) else cell(at, column)
    shown = share(min(1.0, max(0.0, answer))) if is_class else about(answer)
    return Point(str(label), answer, shown, at is None)
