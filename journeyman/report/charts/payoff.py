"""What acting on more or fewer rows is worth, and where the decision rule stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from journeyman.report.charts.drawing import element, nice_ticks, picture
from journeyman.report.charts.numbers import is_number, part
from journeyman.report.words import about, number, share, signed

_WIDTH, _HEIGHT = 440.0, 340.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 70.0, 22.0, 12.0, 66.0


@dataclass(frozen=True)
class Point:
    """Acting on this share of the rows: the probability (or promise) of the last of them, the payoff per 1,000."""

    share: float
    threshold: float | None
    payoff: float


@dataclass(frozen=True)
class Payoff:
    """The curve; where the rule stands; the corrected payoff there with its interval; the best that needs no model.

    ``by`` is what the threshold is: ``probability`` or ``promise``; ``acts`` says from where on the rule acts;
    ``capacity`` is the largest share of rows that can be acted on, None where that is not limited.
    """

    points: tuple[Point, ...]
    chosen: Point
    value: float | None
    low: float | None
    high: float | None
    by: str
    acts: str
    capacity: float | None = None

    @property
    def best(self) -> Point:
        """The highest point, were there no limit."""
        return max(self.points, key=lambda one: one.payoff)

    @property
    def is_best(self) -> bool:
        """Whether the rule stands where acting on more or fewer rows, as far as there is room, is hardly worth more."""
        possible = [one for one in self.points if self.capacity is None or one.share <= self.capacity + 1e-9]
        best = max(possible, key=lambda one: one.payoff, default=self.chosen)
        reach = self.best.payoff - min(one.payoff for one in self.points)
        return self.chosen.payoff >= best.payoff - 0.03 * reach

    @property
    def headline(self) -> str:
        """What the curve shows, in words."""
        more = self.best.payoff - self.chosen.payoff
        if self.capacity is not None and self.is_best and self.best.share > self.capacity and more > 0:
            return (
                f"There is room to act on {share(self.capacity)} of the rows;"
                f" with room for {share(self.best.share)} it would pay {about(more)} more"
            )
        if self.is_best:
            return f"Worth most where the rule stands: acting on {share(self.chosen.share)} of the rows"
        return (
            f"The rule acts on {share(self.chosen.share)} of the rows;"
            f" {share(self.best.share)} would have been worth more"
        )

    @property
    def everybody(self) -> Point:
        """Acting on every row."""
        return self.points[-1]


def facts(summary: Mapping[str, Any]) -> Payoff | None:
    """The record, or None where there is no payoff to follow."""
    curve = part(summary, "payoff_curve")
    points = [found for one in curve.get("points") or () if (found := _point(one)) is not None]
    chosen = _point(curve.get("chosen"))
    if len(points) < 3 or chosen is None:
        return None
    told = part(part(summary, "evaluation"), "payoff")
    value, low, high = (float(told[name]) if is_number(told.get(name)) else None for name in ("value", "low", "high"))
    points.sort(key=lambda one: one.share)
    acts = _acts(part(summary, "payoff_rule"), [str(one) for one in summary.get("classes") or ()])
    limit = curve.get("capacity")
    capacity = float(limit) if is_number(limit) and 0 < limit < 1 else None
    return Payoff(tuple(points), chosen, value, low, high, str(curve.get("by", "")), acts, capacity)


def draw(record: Payoff) -> Markup:
    """The payoff against the share of rows acted on, with the probability below; a whisker is the interval."""
    worths = [one.payoff for one in record.points] + [
        one for one in (0.0, record.low, record.high, record.value) if one is not None
    ]
    low, high = min(worths), max(worths)
    room = (high - low or 1.0) * 0.08
    low, high = low - room, high + room

    def down(value: float) -> float:
        return _TOP + (_HEIGHT - _TOP - _BOTTOM) * (high - value) / (high - low)

    strokes = []
    for tick in nice_ticks(low, high):
        kind = "zero" if not tick else "grid"
        strokes += [
            element("line", x1=_across(0), y1=down(tick), x2=_across(1), y2=down(tick), class_=kind),
            element("text", signed(float(tick)), x=_LEFT - 8, y=down(tick) + 4, text_anchor="end"),
        ]
    bottom = _HEIGHT - _BOTTOM
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        anchor = "start" if not tick else "end" if tick == 1 else "middle"
        strokes.append(element("text", share(tick), x=_across(tick), y=bottom + 18, text_anchor=anchor))
        threshold = _threshold(record, tick)
        if threshold:
            strokes.append(
                element("text", threshold, x=_across(tick), y=bottom + 34, text_anchor=anchor, class_="faint")
            )
    lowest = ", and the lowest probability" if record.by == "probability" else ""
    words = f"share of the rows that are acted on{lowest}"
    strokes.append(element("text", words, x=_across(0.5), y=_HEIGHT - 8, text_anchor="middle", class_="axis"))
    path = [(_across(one.share), down(one.payoff)) for one in record.points]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in path)
    under = f"{path[0][0]:.1f},{down(0):.1f} {line} {path[-1][0]:.1f},{down(0):.1f}"
    strokes += [element("polygon", points=under, class_="under"), element("polyline", points=line, class_="path")]
    strokes += _limit(record, bottom)
    x, y = _across(record.chosen.share), down(record.chosen.payoff if record.value is None else record.value)
    strokes.append(element("line", x1=x, y1=_TOP, x2=x, y2=bottom, class_="ideal"))
    if record.low is not None and record.high is not None:
        strokes.append(element("line", x1=x, y1=down(record.low), x2=x, y2=down(record.high), class_="whisker"))
    strokes.append(element("circle", cx=x, cy=y, r=6.0, class_="chosen"))
    at = record.chosen.share
    anchor, shift = ("end", -10.0) if at > 0.5 else ("start", 10.0)
    strokes.append(
        element("text", f"the rule: {share(at)}", x=x + shift, y=bottom - 8, text_anchor=anchor, class_="mark")
    )
    about = (
        f"Acting on {share(at)} of the rows is worth {signed(record.chosen.payoff)} per 1,000 rows;"
        f" acting on all of them {signed(record.everybody.payoff)}, on none 0."
    )
    return picture(_WIDTH, _HEIGHT, "Payoff per 1,000 rows against the share of rows acted on", strokes, about)


def _limit(record: Payoff, bottom: float) -> list[Markup]:
    """A veil over the shares for which there is no room, and its edge with words."""
    if record.capacity is None:
        return []
    x = _across(record.capacity)
    anchor, shift = ("end", -8.0) if record.capacity > 0.6 else ("start", 8.0)
    words = f"room for {share(record.capacity)}"
    return [
        element("rect", x=x, y=_TOP, width=_across(1) - x, height=bottom - _TOP, class_="veil"),
        element("line", x1=x, y1=_TOP, x2=x, y2=bottom, class_="limit"),
        element("text", words, x=x + shift, y=_TOP + 12, text_anchor=anchor, class_="mark"),
    ]


def _acts(rule: Mapping[str, Any], classes: list[str]) -> str:
    """From where on the rule acts: its own break-even, not the lowest score that it happened to see."""
    actions = list(rule.get("actions") or ())
    cutoff = rule.get("cutoff", 0.0)
    least = f"more than {number(cutoff)}" if is_number(cutoff) and cutoff else "more than 0"
    promise = f"It acts where the expected amount is {least}."
    if len(actions) != 1 or len(classes) != 2 or not is_number(cutoff):
        return promise
    no, yes = (actions[0][1].get(one, 0.0) for one in classes)
    # Amounts that are computed from the row break even at another probability in every row.
    if not is_number(no) or not is_number(yes) or not yes > no:
        return promise
    at = (cutoff - no) / (yes - no)
    if not 0 < at < 1:
        return "It acts whatever the probability." if at <= 0 else "It never acts: no probability makes it worth while."
    of = f": {number(cutoff - no)} of {number(yes - no)}" if not cutoff else ""
    return f"It acts above a probability of {100 * at:.3g} %{of}."


def _threshold(record: Payoff, at: float) -> str:
    if record.by != "probability" or not at:
        return ""
    found = next((one for one in record.points if one.share >= at - 1e-9), None)
    return "" if found is None or found.threshold is None else f"≥ {share(found.threshold)}"


def _across(value: float) -> float:
    return _LEFT + (_WIDTH - _LEFT - _RIGHT) * value


def _point(one: object) -> Point | None:
    if not isinstance(one, Mapping) or not is_number(one.get("share")) or not is_number(one.get("payoff")):
        return None
    threshold = one.get("threshold")
    return Point(float(one["share"]), float(threshold) if is_number(threshold) else None, float(one["payoff"]))
