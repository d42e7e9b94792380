"""What the parts of a search earned, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from journeyman.report.charts.numbers import is_number, part
from journeyman.report.words import counted, interval, metric, number


@dataclass(frozen=True)
class Parts:
    """The table's lines (part, candidates, seconds, gain with interval, whether that is beyond noise), and what ten
    times the time would bring, and what there was no time to judge; empty where there is nothing to tell.
    """

    lines: tuple[tuple[str, str, float, str, bool], ...]
    tenfold: str
    unjudged: str


def parts_earned(summary: Mapping[str, Any]) -> Parts | None:
    """What ``run.json`` says of it; None where it says nothing."""
    told = part(summary, "earned")
    if not told:
        return None
    lines = tuple(
        (
            str(one.get("name", "")),
            counted(int(one.get("candidates") or 0), "candidate"),
            float(one.get("seconds") or 0.0),
            interval(part(one, "gain"), with_sign=True),
            bool(is_number(part(one, "gain").get("low")) and part(one, "gain")["low"] > 0),
        )
        for one in told.get("parts") or ()
    )
    missing = int(told.get("unjudged") or 0)
    unjudged = f"There was no time to see what {counted(missing, 'more part')} earned." if missing else ""
    return Parts(lines, _tenfold(part(told, "tenfold"), str(told.get("metric", ""))), unjudged)


def _tenfold(told: Mapping[str, Any], name: str) -> str:
    if not is_number(told.get("value")) or not is_number(told.get("high")):
        return ""
    if not told["high"] > 0:
        return "Ten times the time would likely bring nothing more: the last doubling brought nothing."
    most = f"{number(told['high'])} of {metric(name)}"
    if not told["value"] > 0:
        return f"Ten times the time would likely bring nothing more, and at most {most}."
    return f"Ten times the time would likely bring {number(told['value'])}, and at most {most}."
