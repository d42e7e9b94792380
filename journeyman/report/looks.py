"""What earlier builds on the same rows have cost: how sure intervals are, and how much wider."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from journeyman.evaluation.looks import MOST_BUILDS, Odometer
from journeyman.report.charts.numbers import is_number, part

#: The level of a first build.
_FIRST = 0.95


def level(summary: Mapping[str, Any]) -> str:
    """What intervals hold, as ``95 %``."""
    told = part(summary, "choice").get("share")
    return f"{100 * (told if is_number(told) else _FIRST):.4g} %"


def looks(summary: Mapping[str, Any]) -> str:
    """How many other builds were judged by these rows before, and what follows; empty for the first.

    A run says at which level its intervals are; each number of earlier builds has a level of its own.
    """
    told = part(summary, "choice").get("share")
    if not is_number(told):
        return ""
    for count in range(1, 10 * MOST_BUILDS):
        odometer = Odometer(("",) * count)
        if abs(odometer.left_out - (1 - told)) < 1e-3 * odometer.left_out:
            return f"{odometer.sentence}."
    return ""
