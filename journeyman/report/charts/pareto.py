"""How much of an amount the rows with the most hold: a curve from few rows to all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from journeyman.report.charts.axes import Axis, frame
from journeyman.report.charts.drawing import element, picture
from journeyman.report.charts.numbers import floats
from journeyman.report.words import share

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _FOOT = 560.0, 270.0, 66.0, 24.0, 12.0, 46.0


@dataclass(frozen=True)
class Pareto:
    """Points (share of rows, share of the sum), and the one that is told."""

    title: str
    column: str
    points: tuple[tuple[float, float], ...]
    mark: tuple[float, float]


def facts(data: Mapping[str, Any]) -> Pareto | None:
    """The record, or None where there is no curve."""
    points = [floats(one) for one in data.get("points") or ()]
    kept = tuple((one[0], one[1]) for one in points if len(one) == 2)
    mark = floats(data.get("mark"))
    if len(kept) < 3 or len(mark) != 2:
        return None
    return Pareto(str(data.get("title", "")), str(data.get("column", "")), kept, (mark[0], mark[1]))


def draw(record: Pareto) -> Markup:
    """The curve above the diagonal on which all rows hold the same."""
    across, down = Axis(0.0, 1.0, _LEFT, _WIDTH - _RIGHT), Axis(0.0, 1.0, _HEIGHT - _FOOT, _TOP)
    strokes = frame(across, down, share, share)
    strokes.append(element("line", x1=across.begin, y1=down.begin, x2=across.end, y2=down.end, class_="ideal"))
    line = [f"{across.at(x):.1f},{down.at(y):.1f}" for x, y in record.points]
    area = [f"{across.begin:.1f},{down.begin:.1f}", *line, f"{across.end:.1f},{down.begin:.1f}"]
    strokes += [
        element("polygon", points=" ".join(area), class_="under"),
        element("polyline", points=" ".join(line), class_="path"),
    ]
    x, y = across.at(record.mark[0]), down.at(record.mark[1])
    words = f"{share(record.mark[0])} of the rows hold {share(record.mark[1])}"
    strokes += [
        element("circle", cx=x, cy=y, r=5.0, class_="dot"),
        element("text", words, x=x + 12, y=y + 16, class_="mark"),
        element(
            "text",
            "rows, those with the most first",
            x=(_LEFT + _WIDTH - _RIGHT) / 2,
            y=_HEIGHT - 8,
            text_anchor="middle",
            class_="axis",
        ),
    ]
    return picture(_WIDTH, _HEIGHT, f"{record.title}; dashed: were all rows alike", strokes)
