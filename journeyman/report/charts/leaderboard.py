"""How the candidates compare: each score with its interval, floors among them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from journeyman.report.charts.drawing import element, nice_ticks, picture
from journeyman.report.words import number, plain

_WIDTH, _NAMES, _RIGHT, _LINE, _AXIS = 760.0, 290.0, 20.0, 22.0, 40.0
#: More lines than this say no more; floors are always among them.
MOST = 14
#: A name longer than this would run into the picture.
_LONGEST = 38


@dataclass(frozen=True)
class Mark:
    """A candidate: name, score and interval; whether it is a floor, ties with the best, or was chosen."""

    name: str
    score: float
    low: float
    high: float
    floor: bool
    ties: bool
    chosen: bool


@dataclass(frozen=True)
class Leaderboard:
    """The marks, best first, and the name of what they are measured in."""

    metric: str
    marks: tuple[Mark, ...]


def facts(summary: Mapping[str, Any]) -> Leaderboard | None:
    """The record, or None where fewer than two candidates have a score."""
    rows = [one for one in summary.get("leaderboard") or () if _finite(one.get("score"))]
    if len(rows) < 2:
        return None
    chosen = (summary.get("chosen") or {}).get("name")
    kept = [one for place, one in enumerate(rows) if place < MOST or one.get("floor") or one.get("name") == chosen]
    marks = tuple(
        Mark(
            name=str(one.get("name", "")),
            score=float(one["score"]),
            low=float(one["low"]) if _finite(one.get("low")) else float(one["score"]),
            high=float(one["high"]) if _finite(one.get("high")) else float(one["score"]),
            floor=bool(one.get("floor")),
            ties=one.get("tie") == 1,
            chosen=one.get("name") == chosen,
        )
        for one in kept
    )
    return Leaderboard(str(summary.get("metric", "score")), marks)


def draw(record: Leaderboard) -> Markup:
    """A line a candidate: a disc at the score, a stroke over the interval; hollow discs are floors."""
    low, high = min(one.low for one in record.marks), max(one.high for one in record.marks)
    room = (high - low or abs(high) or 1.0) * 0.04
    low, high = low - room, high + room
    height = _LINE * len(record.marks) + _AXIS

    def across(value: float) -> float:
        return _NAMES + (_WIDTH - _NAMES - _RIGHT) * (value - low) / (high - low)

    strokes = []
    for tick in nice_ticks(low, high):
        strokes += [
            element("line", x1=across(tick), y1=4.0, x2=across(tick), y2=height - _AXIS + 4, class_="grid"),
            element("text", number(float(tick)), x=across(tick), y=height - _AXIS + 18, text_anchor="middle"),
        ]
    for place, one in enumerate(record.marks):
        y = _LINE * place + _LINE / 2 + 2
        kind = " ".join(
            [
                "mark",
                *(["floor"] if one.floor else []),
                *(["tie"] if one.ties else []),
                *(["chosen"] if one.chosen else []),
            ]
        )
        name = one.name if len(one.name) <= _LONGEST else one.name[: _LONGEST - 1] + "…"
        words = f"{one.name}: {number(one.score)} [{number(one.low)}, {number(one.high)}]"
        strokes += [
            element("text", name, x=_NAMES - 12, y=y + 4, text_anchor="end", class_=kind),
            element("line", x1=across(one.low), y1=y, x2=across(one.high), y2=y, class_=kind),
            element("circle", [element("title", words)], cx=across(one.score), cy=y, r=5.0, class_=kind),
        ]
    middle = (_NAMES + _WIDTH - _RIGHT) / 2
    strokes.append(element("text", plain(record.metric), x=middle, y=height - 4, text_anchor="middle", class_="axis"))
    return picture(_WIDTH, height, f"Candidates by {plain(record.metric)}, with intervals", strokes)


def _finite(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
