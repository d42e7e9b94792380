"""How the candidates compare: each score with its interval on one axis, ties together, floors marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from journeyman.report.charts.drawing import element, nice_ticks, percent, strip
from journeyman.report.charts.numbers import is_number
from journeyman.report.words import number, plain

#: More lines than these say no more; floors, and what ships, are always among them.
MOST = 12
_LINE, _AXIS = 26.0, 22.0


@dataclass(frozen=True)
class Mark:
    """A candidate: name, score and interval, seconds; its tie; whether it is a floor, ties with the best, is chosen."""

    name: str
    score: float
    low: float
    high: float
    seconds: float
    tie: int
    floor: bool
    ties: bool
    chosen: bool


@dataclass(frozen=True)
class Leaderboard:
    """The marks, best first; those left out; the axis that all of them stand on, and what it measures."""

    metric: str
    marks: tuple[Mark, ...]
    others: tuple[Mark, ...]
    low: float
    high: float
    is_more_better: bool

    @property
    def groups(self) -> tuple[tuple[Mark, ...], ...]:
        """The marks by tie, in order."""
        found: list[list[Mark]] = []
        for one in self.marks:
            if found and found[-1][0].tie == one.tie:
                found[-1].append(one)
            else:
                found.append([one])
        return tuple(map(tuple, found))

    @property
    def best_floor(self) -> float | None:
        """The score of the best floor."""
        return next((one.score for one in self.marks if one.floor), None)

    def across(self, value: float) -> float:
        """Where a score stands on the axis, as a share of its width; what lies outside stands at the end."""
        return min(1.0, max(0.0, (value - self.low) / (self.high - self.low)))


def facts(summary: Mapping[str, Any]) -> Leaderboard | None:
    """The record, or None where fewer than two candidates have a score."""
    rows = [one for one in summary.get("leaderboard") or () if is_number(one.get("score"))]
    if len(rows) < 2:
        return None
    chosen = (summary.get("chosen") or {}).get("name")
    kept: list[Mark] = []
    others: list[Mark] = []
    for place, one in enumerate(rows):
        stays = place < MOST or one.get("floor") or one.get("name") == chosen
        (kept if stays else others).append(_mark(one, place, chosen))
    low, high = _axis([*kept, *others])
    is_more_better = rows[0]["score"] >= rows[-1]["score"]
    metric = str(summary.get("metric", "score"))
    return Leaderboard(metric, tuple(kept), tuple(others), low, high, is_more_better)


def draw(record: Leaderboard, mark: Mark) -> Markup:
    """One line: a disc at the score, a stroke over the interval; hollow discs are floors."""
    kind = " ".join(name for name, is_so in (("mark", True), ("floor", mark.floor), ("chosen", mark.chosen)) if is_so)
    words = f"{mark.name}: {number(mark.score)} [{number(mark.low)}, {number(mark.high)}]"
    middle = _LINE / 2
    low, high = percent(record.across(mark.low)), percent(record.across(mark.high))
    strokes = [
        element("line", x1=at, y1=0.0, x2=at, y2=_LINE, class_="grid")
        for at in (percent(record.across(tick)) for tick in nice_ticks(record.low, record.high, 4))
    ]
    if record.best_floor is not None:
        at = percent(record.across(record.best_floor))
        strokes.append(element("line", x1=at, y1=0.0, x2=at, y2=_LINE, class_="ideal"))
    if record.low <= mark.score <= record.high:
        strokes += [
            element("line", x1=low, y1=middle, x2=high, y2=middle, class_=kind),
            element("circle", cx=percent(record.across(mark.score)), cy=middle, r=5.0, class_=kind),
        ]
    else:
        is_right = mark.score > record.high
        arrow, anchor = ("far off →", "end") if is_right else ("← far off", "start")
        at = "100%" if is_right else "0"
        strokes.append(element("text", arrow, x=at, y=middle + 4, text_anchor=anchor, class_="faint"))
    return strip(_LINE, words, strokes)


def draw_axis(record: Leaderboard) -> Markup:
    """The numbers below the lines."""
    ticks = nice_ticks(record.low, record.high, 4)
    # Where there is little room only the outer two are shown.
    strokes = [
        element(
            "text",
            number(float(tick)),
            x=percent(record.across(tick)),
            y=14.0,
            text_anchor="middle",
            class_="" if place in (0, len(ticks) - 1) else "extra",
        )
        for place, tick in enumerate(ticks)
    ]
    return strip(_AXIS, f"axis: {plain(record.metric)}", strokes)


def _mark(one: Mapping[str, Any], place: int, chosen: object) -> Mark:
    score = float(one["score"])
    return Mark(
        name=str(one.get("name", "")),
        score=score,
        low=float(one["low"]) if is_number(one.get("low")) else score,
        high=float(one["high"]) if is_number(one.get("high")) else score,
        seconds=float(one["seconds"]) if is_number(one.get("seconds")) else 0.0,
        tie=int(one["tie"]) if is_number(one.get("tie")) else place + 1,
        floor=bool(one.get("floor")),
        ties=one.get("tie") == 1,
        chosen=one.get("name") == chosen,
    )


def _axis(marks: list[Mark]) -> tuple[float, float]:
    """From the lowest to the highest end, but a candidate that is far off does not push the others together."""
    low, high = min(one.low for one in marks), max(one.high for one in marks)
    near = sorted(marks, key=lambda one: abs(one.score - marks[0].score))[: max(2, (3 * len(marks)) // 4)]
    span = max(one.high for one in near) - min(one.low for one in near)
    if span > 0:
        low = max(low, min(one.low for one in near) - span)
        high = min(high, max(one.high for one in near) + span)
    room = (high - low or abs(high) or 1.0) * 0.06
    return low - room, high + room
