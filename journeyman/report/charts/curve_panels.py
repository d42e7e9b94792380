"""The drawing of an additive model's curves: lines of steps, bars of levels, fields of pairs."""

from __future__ import annotations

import math
from collections.abc import Sequence

from markupsafe import Markup

from journeyman.report.charts.axes import Axis, axis_of, clipped, short
from journeyman.report.charts.curves import Bar, Panel, Record, Step
from journeyman.report.charts.drawing import element, picture

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _FOOT = 420.0, 240.0, 66.0, 14.0, 12.0, 64.0
#: Height of the rows' bars below a line, and how many there are.
_ROWS_HEIGHT, _ROWS_BARS = 24.0, 32
#: Fields along a line that can be pointed at.
_POINTED = 40
_LINE, _NAMES, _COUNTS = 24.0, 146.0, 74.0
_FIELD, _SHADES = 22.0, 6


def draw(record: Record, panel: Panel) -> Markup:
    """One curve: a line with its band above the rows behind it, bars, or fields."""
    if panel.fields:
        return _fields(record, panel)
    if panel.steps:
        return _line(record, panel)
    return _bars(record, panel)


def _line(record: Record, panel: Panel) -> Markup:
    steps, bottom, right = panel.steps, _HEIGHT - _FOOT, _WIDTH - _RIGHT
    across = Axis(steps[0].begin, steps[-1].end, _LEFT, right)
    missing = [one for one in panel.bars if one.rows]
    parts: list[Step | Bar] = [*steps, *missing]
    reach = [end for one in parts for end in (one.low, one.high)]
    down = axis_of([0.0, *_held(reach, [one.value for one in parts])], bottom, _TOP)
    if down is None or across.low >= across.high:
        return Markup("")
    strokes = _levels(record, down, right)
    for tick in across.ticks(4):
        strokes.append(element("text", short(tick), x=across.at(tick), y=_HEIGHT - 22, text_anchor="middle"))
    if record.has_intervals:
        upper = [(x, one.high) for one in steps for x in (one.begin, one.end)]
        lower = [(x, one.low) for one in reversed(steps) for x in (one.end, one.begin)]
        strokes.append(element("polygon", points=_path([*upper, *lower], across, down), class_="under"))
    strokes.append(element("line", x1=_LEFT, y1=down.at(0.0), x2=right, y2=down.at(0.0), class_="ideal"))
    ends = [point for one in steps for point in ((one.begin, one.value), (one.end, _at_end(one)))]
    path = _path(ends, across, down)
    strokes.append(element("polyline", points=path, class_="path"))
    strokes += _pointed(record, steps, across, bottom)
    for gone in missing:
        strokes.append(
            element(
                "circle",
                [element("title", f"missing: {_told(record, gone)}")],
                cx=right,
                cy=down.at(gone.value),
                r=4.5,
                class_="dot other",
            )
        )
    strokes += _rows(steps, across)
    name = clipped(panel.names[0], 44)
    strokes.append(element("text", name, x=(_LEFT + right) / 2, y=_HEIGHT - 5, text_anchor="middle", class_="axis"))
    return picture(_WIDTH, _HEIGHT, f"what {panel.title} {record.what}; dashed: nothing", strokes)


def _pointed(record: Record, steps: Sequence[Step], across: Axis, bottom: float) -> list[Markup]:
    """Fields that are not seen, but tell their numbers to who points at them: a stretch each, or several together."""
    strokes, stride = [], math.ceil(len(steps) / _POINTED)
    for place in range(0, len(steps), stride):
        some = steps[place : place + stride]
        begin, end = some[0].begin, some[-1].end
        if len(some) > 1:
            values = [one.value for one in some]
            rows = sum(one.rows for one in some)
            told = f"{record.shown(min(values))} to {record.shown(max(values))}, {rows:,} rows"
        else:
            told = _told(record, some[0])
        title = element("title", f"{short(_round(begin))} to {short(_round(end))}: {told}")
        wide = across.at(end) - across.at(begin)
        strokes.append(
            element("rect", [title], x=across.at(begin), y=_TOP, width=wide, height=bottom - _TOP, fill_opacity=0.0)
        )
    return strokes


def _held(reach: Sequence[float], values: Sequence[float]) -> list[float]:
    """Ends of intervals, held so near the values that a wild one does not flatten the line."""
    low, high = min(values), max(values)
    room = 0.6 * (high - low) or 1.0
    return [min(max(one, low - room), high + room) for one in reach]


def _path(points: Sequence[tuple[float, float]], across: Axis, down: Axis) -> str:
    # A band that leaves the picture ends at its edge.
    return " ".join(f"{across.at(x):.1f},{min(max(down.at(y), down.end), down.begin):.1f}" for x, y in points)


def _levels(record: Record, down: Axis, right: float) -> list[Markup]:
    strokes = []
    for tick in record.ticks(down, 5):
        strokes += [
            element("line", x1=_LEFT, y1=down.at(tick), x2=right, y2=down.at(tick), class_="grid"),
            element("text", record.shown(tick), x=_LEFT - 7, y=down.at(tick) + 4, text_anchor="end"),
        ]
    return strokes


def _rows(steps: Sequence[Step], across: Axis) -> list[Markup]:
    """How many rows there are along the axis, as bars that hang on a line of their own."""
    wide = (across.high - across.low) / _ROWS_BARS
    counts = [0.0] * _ROWS_BARS
    for one in steps:
        length = max(one.end - one.begin, 1e-300)
        for place in range(_ROWS_BARS):
            begin = across.low + place * wide
            shared = min(one.end, begin + wide) - max(one.begin, begin)
            counts[place] += one.rows * max(shared, 0.0) / length
    most, floor = max(counts) or 1.0, _HEIGHT - 36.0
    size = (across.end - across.begin) / _ROWS_BARS
    return [
        element(
            "rect",
            [element("title", f"about {count:,.0f} rows")],
            x=across.begin + place * size,
            y=floor - _ROWS_HEIGHT * count / most,
            width=size * 0.85,
            height=_ROWS_HEIGHT * count / most,
            class_="rest",
        )
        for place, count in enumerate(counts)
        if count > 0
    ]


def _bars(record: Record, panel: Panel) -> Markup:
    ends = _held([end for one in panel.bars for end in (one.low, one.high)], [one.value for one in panel.bars])
    found = axis_of([0.0, *ends], _NAMES, _WIDTH - _COUNTS)
    if found is None:
        return Markup("")
    bottom = _LINE * len(panel.bars) + 4
    strokes = []
    for tick in record.ticks(found, 2):
        strokes += [
            element("line", x1=found.at(tick), y1=2.0, x2=found.at(tick), y2=bottom, class_="grid"),
            element("text", record.shown(tick), x=found.at(tick), y=bottom + 16, text_anchor="middle"),
        ]
    for place, one in enumerate(panel.bars):
        strokes += _bar(record, found, one, 2 + _LINE * (place + 0.5))
    strokes.append(element("line", x1=found.at(0.0), y1=2.0, x2=found.at(0.0), y2=bottom, class_="zero"))
    return picture(_WIDTH, bottom + 24, f"what {panel.title} {record.what}", strokes)


def _bar(record: Record, axis: Axis, one: Bar, middle: float) -> list[Markup]:
    begin, end = sorted((axis.at(0.0), axis.at(one.value)))
    low, high = (min(max(axis.at(value), axis.begin), axis.end) for value in (one.low, one.high))
    words = element("title", f"{one.label}: {_told(record, one)}")
    return [
        element("text", clipped(one.label, 18), x=_NAMES - 10, y=middle + 4, text_anchor="end", class_="axis"),
        element("rect", [words], x=begin, y=middle - 7, width=max(end - begin, 1.0), height=14.0, class_="bar light"),
        element("line", x1=low, y1=middle, x2=high, y2=middle, class_="interval"),
        element("text", f"{one.rows:,} rows", x=_WIDTH - _COUNTS + 6, y=middle + 4, class_="faint"),
    ]


def _fields(record: Record, panel: Panel) -> Markup:
    across, down = panel.labels
    left, most = 118.0, max(abs(one.value) for one in panel.fields) or 1.0
    wide = min(_FIELD * 1.3, (_WIDTH - left - _RIGHT) / max(len(across), 1))
    bottom = _TOP + _FIELD * len(down)
    strokes = []
    for one in panel.fields:
        shade = min(_SHADES - 1, int(_SHADES * abs(one.value) / most))
        told = f"{across[one.across]}, {down[one.down]}: {record.shown(one.value)}, {one.rows:,} rows"
        strokes.append(
            element(
                "rect",
                [element("title", told)],
                x=left + one.across * wide,
                # Numbers rise upwards.
                y=bottom - (one.down + 1) * _FIELD,
                width=wide - 1,
                height=_FIELD - 1,
                class_=f"{'field' if one.value >= 0 else 'field less'} f{shade}",
            )
        )
    for place, label in enumerate(down):
        y = bottom - (place + 0.5) * _FIELD + 4
        strokes.append(element("text", clipped(label, 14), x=left - 6, y=y, text_anchor="end", class_="faint"))
    for place, label in enumerate(across):
        x, y = left + (place + 0.6) * wide, bottom + 10
        strokes.append(
            element(
                "text",
                clipped(label, 12),
                x=x,
                y=y,
                text_anchor="end",
                class_="faint",
                transform=f"rotate(-40 {x:g} {y:g})",
            )
        )
    high = bottom + 84
    names = f"{clipped(panel.names[0], 26)} (across), {clipped(panel.names[1], 26)} (up)"
    strokes.append(element("text", names, x=_WIDTH / 2, y=high - 6, text_anchor="middle", class_="axis"))
    return picture(_WIDTH, high, f"what {panel.title} together {record.what}", strokes)


def _at_end(one: Step) -> float:
    return one.value if one.later is None else one.later


def _told(record: Record, one: Step | Bar) -> str:
    if not record.has_intervals:
        return f"{record.shown(one.value)}, {one.rows:,} rows"
    return f"{record.shown(one.value)} [{record.shown(one.low)}, {record.shown(one.high)}], {one.rows:,} rows"


def _round(value: float) -> float:
    return float(f"{value:.4g}")
