"""Which class was taken for which, as a table whose shades are shares of a line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from journeyman.report.charts.numbers import floats, is_number, part

#: How many shades there are; `Cell.shade` is one of them.
SHADES = 6


@dataclass(frozen=True)
class Cell:
    """Rows of a true class that were named so, their share of the true class, whether that is right, and a shade."""

    rows: float
    share: float
    is_right: bool
    shade: int


@dataclass(frozen=True)
class Confusion:
    """One line a true class; the share named rightly; what always naming the commonest class would get right.

    ``confused`` are the two classes that are mixed up most: true, named, share; None where nothing is.
    """

    labels: tuple[str, ...]
    lines: tuple[tuple[Cell, ...], ...]
    right: float
    commonest: float
    confused: tuple[str, str, float] | None


def facts(summary: Mapping[str, Any]) -> Confusion | None:
    """The record, or None where no classes are predicted."""
    told = part(summary, "confusion")
    counts = [floats(line) for line in told.get("counts") or ()]
    labels = [str(one) for one in told.get("classes") or ()]
    if is_number(told.get("others")) and told.get("others"):
        labels.append(f"{told['others']} others")
    shares = (told.get("right"), told.get("commonest"))
    if len(labels) < 2 or any(len(line) != len(labels) for line in counts) or len(counts) != len(labels):
        return None
    if not all(map(is_number, shares)):
        return None
    lines = []
    for place, line in enumerate(counts):
        total = sum(line) or 1.0
        lines.append(
            tuple(
                Cell(count, count / total, at == place, min(SHADES - 1, round(count / total * (SHADES - 1))))
                for at, count in enumerate(line)
            )
        )
    wrong = [
        (cell.share, labels[place], labels[at])
        for place, line in enumerate(lines)
        for at, cell in enumerate(line)
        if at != place and cell.rows
    ]
    worst = max(wrong, default=None)
    confused = None if worst is None else (worst[1], worst[2], worst[0])
    right, commonest = floats(shares)
    return Confusion(tuple(labels), tuple(lines), right, commonest, confused)
