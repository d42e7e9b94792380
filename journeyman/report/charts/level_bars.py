"""A mean or a rate in each group: bars with intervals, or discs where bars from zero would all look the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from journeyman.report.charts.axes import Axis, clipped, shown
from journeyman.report.charts.drawing import element, picture
from journeyman.report.charts.numbers import is_number
from journeyman.report.words import number

_WIDTH, _LEFT, _RIGHT, _LINE, _FOOT = 560.0, 168.0, 92.0, 25.0, 30.0
#: Where the values lie this near each other, against their size, the axis does not begin at 0.
_NEAR = 0.3


@dataclass(frozen=True)
class Bar:
    """A group: its name, value, interval, rows, and whether it is what the insight is about."""

    label: str
    value: float
    low: float
    high: float
    rows: int
    marked: bool


@dataclass(frozen=True)
class LevelBars:
    """The groups in their order, the value in all rows, and what is shown."""

    title: str
    bars: tuple[Bar, ...]
    overall: float | None
    is_rate: bool
    of: str

    @property
    def from_zero(self) -> bool:
        """Whether lengths can be compared: the axis begins at 0."""
        values = [abs(one.value) for one in self.bars]
        return self.is_rate or max(values) - min(values) > _NEAR * max(values)


def bars_of(told: object) -> list[Bar]:
    """The groups that have all their numbers."""
    wanted = ("value", "low", "high", "rows")
    there = (
        [one for one in told if all(is_number(one.get(key)) for key in wanted)]
        if isinstance(told, list | tuple)
        else []
    )
    return [
        Bar(
            label=str(one.get("label", "")),
            value=float(one["value"]),
            low=float(one["low"]),
            high=float(one["high"]),
            rows=int(one["rows"]),
            marked=bool(one.get("marked")),
        )
        for one in there
    ]


def facts(data: Mapping[str, Any]) -> LevelBars | None:
    """The record, or None where there is nothing to draw."""
    bars = bars_of(data.get("bars"))
    if not bars:
        return None
    overall = data.get("overall")
    return LevelBars(
        str(data.get("title", "")),
        tuple(bars),
        float(overall) if is_number(overall) else None,
        bool(data.get("is_rate")),
        str(data.get("of", "")),
    )


def draw(record: LevelBars) -> Markup:
    """A line for each group; a dashed line where all rows are."""
    ends = [one for bar in record.bars for one in (bar.low, bar.high)]
    low, high = min(ends), max(ends)
    if record.from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    space = 0.04 * (high - low) or 1.0
    axis = Axis(low if low == 0 else low - space, high + space, _LEFT, _WIDTH - _RIGHT)
    bottom = _LINE * len(record.bars) + 6
    say = shown(is_rate=record.is_rate)
    strokes = []
    for tick in axis.ticks(4):
        strokes += [
            element("line", x1=axis.at(tick), y1=2.0, x2=axis.at(tick), y2=bottom, class_="grid"),
            element("text", say(tick), x=axis.at(tick), y=bottom + 16, text_anchor="middle"),
        ]
    for place, bar in enumerate(record.bars):
        strokes += _line(record, axis, bar, 4 + _LINE * (place + 0.5))
    if record.overall is not None:
        at = axis.at(record.overall)
        strokes.append(element("line", x1=at, y1=2.0, x2=at, y2=bottom, class_="ideal"))
    told = f"{record.of} {record.title}; dashed: all rows"
    return picture(_WIDTH, bottom + _FOOT - 6, told, strokes)


def _line(record: LevelBars, axis: Axis, bar: Bar, middle: float) -> list[Markup]:
    say = shown(is_rate=record.is_rate)
    value = f"{100 * bar.value:.1f} %" if record.is_rate else number(bar.value)
    words = element("title", f"{bar.label}: {value} [{say(bar.low)}, {say(bar.high)}], {bar.rows:,} rows")
    kind = "bar" if bar.marked else "bar light"
    strokes = [
        element(
            "text",
            clipped(bar.label, 24),
            x=_LEFT - 8,
            y=middle + 4,
            text_anchor="end",
            class_="mark" if bar.marked else "axis",
        )
    ]
    if record.from_zero:
        begin, end = sorted((axis.at(0.0), axis.at(bar.value)))
        strokes.append(
            element("rect", [words], x=begin, y=middle - 8, width=max(end - begin, 1.0), height=16.0, class_=kind)
        )
    else:
        strokes.append(element("circle", [words], cx=axis.at(bar.value), cy=middle, r=5.0, class_=kind))
    strokes += [
        element("line", x1=axis.at(bar.low), y1=middle, x2=axis.at(bar.high), y2=middle, class_="interval"),
        element("text", f"{value}", x=_WIDTH - _RIGHT + 8, y=middle, class_="axis"),
        element("text", f"{bar.rows:,} rows", x=_WIDTH - _RIGHT + 8, y=middle + 11, class_="faint"),
    ]
    return strokes
