"""The curves of an additive model: what each value adds, how sure that is, and how many rows stand behind it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from journeyman.report.charts.axes import Axis, short
from journeyman.report.charts.numbers import floats, is_number, part

#: Levels of a column that have a bar, those with most rows.
MOST_BARS = 10
#: A line is drawn over this share of the rows; the others lie beyond its ends.
_SHOWN = 0.99
#: Round factors, for the ticks of an axis.
_FACTORS = tuple(
    sorted(
        {1.1, 1.2, 0.9, 0.8, 1.5, 0.7}
        | {one * 10.0**power for one in (1, 2, 5) for power in range(7)}
        | {1 / (one * 10.0**power) for one in (1, 2, 5) for power in range(7)}
    )
)
#: Fields of a pair along either side.
MOST_FIELDS = 12


@dataclass(frozen=True)
class Step:
    """A stretch along a column: where it begins and ends, what it adds, with interval, and its rows.

    Where what it adds changes along the way, ``value`` is at its beginning and ``later`` at its end.
    """

    begin: float
    end: float
    value: float
    low: float
    high: float
    rows: int
    later: float | None = None


@dataclass(frozen=True)
class Bar:
    """A level, or missing: what it adds, with interval, and its rows."""

    label: str
    value: float
    low: float
    high: float
    rows: int


@dataclass(frozen=True)
class Field:
    """A field of a pair: its place along both columns, what it adds, and its rows."""

    across: int
    down: int
    value: float
    rows: int


@dataclass(frozen=True)
class Panel:
    """One curve: ``steps`` of a number, ``bars`` of words (and of what is missing), or ``fields`` of a pair.

    ``names`` are one column or two, the second running down; ``labels`` of the fields along both; ``of`` is the class
    whose curve it is, where there are several.
    """

    names: tuple[str, ...]
    steps: tuple[Step, ...] = ()
    bars: tuple[Bar, ...] = ()
    fields: tuple[Field, ...] = ()
    labels: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    of: str = ""

    @property
    def title(self) -> str:
        """The columns."""
        return " and ".join(self.names)


@dataclass(frozen=True)
class Record:
    """The panels, most telling first; ``is_factor``: what is added is a logarithm, so it multiplies."""

    panels: tuple[Panel, ...]
    is_factor: bool
    what: str
    left_out: int
    untold: tuple[str, ...] = ()
    has_intervals: bool = True

    def ticks(self, axis: Axis, about: int) -> list[float]:
        """Round values along an axis; of factors, the logarithms of round ones."""
        if not self.is_factor:
            return list(axis.ticks(about))
        inside = [one for one in _FACTORS if axis.low <= math.log(one) <= axis.high]
        # Those on either side of 1 that are about evenly apart.
        far = max((abs(math.log(one)) for one in inside), default=0.0)
        least = (axis.high - axis.low) / (about + 2)
        kept = [0.0] if 1.0 in inside else []
        for one in sorted((math.log(one) for one in inside if one != 1.0), key=abs):
            if all(abs(one - other) >= least for other in kept):
                kept.append(one)
        return sorted(kept) if far else [0.0]

    def shown(self, value: float) -> str:
        """What is added, or what is multiplied by.

        >>> Record((), True, "", 0).shown(math.log(1.5)), Record((), False, "", 0).shown(-2.0)
        ('×1.5', '−2')
        """
        if self.is_factor:
            return f"×{math.exp(min(value, 60.0)):.3g}"
        return f"{'+' if value > 0 else ''}{short(float(f'{value:.3g}'))}"


_WHAT = {
    "target": "adds to the prediction",
    "log odds": "multiplies the odds by",
    "log rate": "multiplies the prediction by",
    "log": "multiplies one more than the prediction by",
}


def facts(summary: Mapping[str, Any]) -> Record | None:
    """The record, or None where the model has no curves."""
    told = part(summary, "curves")
    classes = [str(one) for one in summary.get("classes") or ()]
    panels = [_panel(one, classes) for one in told.get("curves") or () if isinstance(one, Mapping)]
    there = tuple(one for one in panels if one is not None)
    if not there:
        return None
    scale = str(told.get("scale", "target"))
    left = told.get("left_out")
    return Record(
        there,
        scale != "target",
        _WHAT.get(scale, _WHAT["target"]),
        int(left) if is_number(left) else 0,
        tuple(str(one) for one in told.get("untold") or ()),
        bool(told.get("has_intervals", True)),
    )


def _panel(curve: Mapping[str, Any], classes: Sequence[str]) -> Panel | None:
    axes = [one for one in curve.get("axes") or () if isinstance(one, Mapping)]
    rows = [int(one) for one in floats(curve.get("rows"))]
    tables = {name: [floats(one) for one in curve.get(name) or ()] for name in ("values", "low", "high")}
    if not axes or any(len(one) != len(rows) or not all(one) for one in tables.values()):
        return None
    output, of = 0, ""
    if len(tables["values"][0]) > 1:
        # Of several classes the one that the column moves most.
        sizes = [
            sum(count * abs(value[place]) for count, value in zip(rows, tables["values"], strict=True))
            for place in range(len(tables["values"][0]))
        ]
        output = sizes.index(max(sizes))
        of = classes[output] if output < len(classes) else ""
    values, low, high = ([one[output] for one in tables[name]] for name in ("values", "low", "high"))
    names = tuple(str(one.get("name", "")) for one in axes)
    if len(axes) == 2:
        return _pair(names, axes, values, rows, of)
    cells = list(zip(values, low, high, rows, strict=True))
    levels = [str(one) for one in axes[0].get("levels") or ()]
    if levels and len(levels) < len(cells):
        bars = [Bar(label, *cell) for label, cell in zip(levels, cells, strict=False) if cell[3]]
        bars.sort(key=lambda one: -one.rows)
        bars = sorted(bars[:MOST_BARS], key=lambda one: -one.value)
    else:
        bars = []
    if cells[-1][3]:
        bars.append(Bar("missing", *cells[-1]))
    cuts = floats(axes[0].get("cuts"))
    is_line = bool(axes[0].get("is_line"))
    if not levels and len(cells) <= 3 and len(cuts) == (2 if is_line else 1):
        # Of two values, as of a flag, there is no line.
        labels = [f"{one:.4g}" for one in cuts] if is_line else [f"≤ {cuts[0]:.4g}", f"> {cuts[0]:.4g}"]
        return Panel(names, bars=(*(Bar(one, *cell) for one, cell in zip(labels, cells, strict=False)), *bars), of=of)
    steps = () if levels else _lines(cuts, cells) if is_line else _steps(cuts, cells)
    return Panel(names, steps=steps, bars=tuple(bars), of=of) if steps or bars else None


def _steps(cuts: Sequence[float], cells: Sequence[tuple[float, float, float, int]]) -> tuple[Step, ...]:
    """The stretches within which nearly all rows lie."""
    if not cuts or len(cells) != len(cuts) + 2:
        return ()
    total = max(sum(cell[3] for cell in cells[:-1]), 1)
    outside = (1 - _SHOWN) / 2 * total
    first, last, before, behind = 0, len(cuts), 0, 0
    while first < last and before + cells[first][3] <= outside:
        before += cells[first][3]
        first += 1
    while last > first and behind + cells[last][3] <= outside:
        behind += cells[last][3]
        last -= 1
    inner = cuts[first:last] or cuts[min(first, len(cuts) - 1) : min(first, len(cuts) - 1) + 1]
    # The outer stretches have no end of their own.
    room = 0.08 * (inner[-1] - inner[0]) or abs(inner[0]) * 0.1 or 1.0
    ends = [inner[0] - room if first == 0 else cuts[first - 1], *inner]
    ends.append(inner[-1] + room if last == len(cuts) else cuts[last])
    return tuple(
        Step(begin, end, *cells[first + place])
        for place, (begin, end) in enumerate(pairwise(ends))
        if first + place <= last
    )


def _lines(points: Sequence[float], cells: Sequence[tuple[float, float, float, int]]) -> tuple[Step, ...]:
    """Straight lines from point to point; half of the rows near a point lie on either side of it."""
    if len(cells) != len(points) + 1:
        return ()
    stretches = zip(pairwise(points), pairwise(cells[:-1]), strict=True)
    return tuple(
        Step(begin, end, one[0], min(one[1], other[1]), max(one[2], other[2]), (one[3] + other[3]) // 2, other[0])
        for (begin, end), (one, other) in stretches
    )


def _pair(
    names: tuple[str, ...], axes: Sequence[Mapping[str, Any]], values: Sequence[float], rows: Sequence[int], of: str
) -> Panel | None:
    """Fields of neighbouring cells, each with about as many rows."""
    sizes = [len(one.get("levels") or ()) + 1 if one.get("levels") else len(one.get("cuts") or ()) + 2 for one in axes]
    if sizes[0] * sizes[1] != len(values):
        return None
    grid = [list(rows[place * sizes[1] : (place + 1) * sizes[1]]) for place in range(sizes[0])]
    sides = [[sum(line) for line in grid], [sum(line[place] for line in grid) for place in range(sizes[1])]]
    groups, labels = zip(*(_grouped(one, side) for one, side in zip(axes, sides, strict=True)), strict=True)
    sums: dict[tuple[int, int], tuple[float, int]] = {}
    for place, (value, count) in enumerate(zip(values, rows, strict=True)):
        key = groups[0][place // sizes[1]], groups[1][place % sizes[1]]
        total, seen = sums.get(key, (0.0, 0))
        sums[key] = total + value * count, seen + count
    fields = tuple(Field(*key, total / seen, seen) for key, (total, seen) in sorted(sums.items()) if seen)
    return Panel(names, fields=fields, labels=(labels[0], labels[1]), of=of) if fields else None


def _grouped(axis: Mapping[str, Any], rows: Sequence[int]) -> tuple[list[int], tuple[str, ...]]:
    """For each cell its group, and the groups' labels; missing is a group of its own, where there is any."""
    levels, cuts = [str(one) for one in axis.get("levels") or ()], floats(axis.get("cuts"))
    groups: list[int] = []
    labels: list[str] = []
    if levels:
        for place, level in enumerate(levels):
            groups.append(min(place, MOST_FIELDS - 1))
            if place < MOST_FIELDS:
                labels.append(level if place < MOST_FIELDS - 1 or len(levels) <= MOST_FIELDS else "others")
    else:
        share, seen = max(sum(rows[:-1]), 1) / MOST_FIELDS, 0
        for place, count in enumerate(rows[:-1]):
            if not labels or seen >= share * len(labels):
                labels.append("")
            seen += count
            groups.append(len(labels) - 1)
            labels[-1] = f"≤ {cuts[place]:.4g}" if place < len(cuts) else f"> {cuts[-1]:.4g}" if cuts else ""
    if rows[-1]:
        labels.append("missing")
    groups.append(len(labels) - 1)
    return groups, tuple(labels)
