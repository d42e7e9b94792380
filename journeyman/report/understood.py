"""The request as it was understood: what was said, and every assumption with the option that changes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from journeyman.brief.brief import DEFAULT_VOLUME
from journeyman.report.charts.numbers import is_number, part
from journeyman.report.words import duration, metric, task

#: More classes than these are counted.
_MOST_CLASSES = 12


@dataclass(frozen=True)
class Point:
    """One thing that was asked or assumed: what, how it was understood, and what changes it (empty: as asked)."""

    what: str
    how: str
    change: str = ""


def understood(summary: Mapping[str, Any]) -> list[Point]:
    """What was asked, point by point."""
    return [*_aim(summary), *_rows(summary), *_limits(summary)]


def _aim(summary: Mapping[str, Any]) -> Iterator[Point]:
    brief, classes = part(summary, "brief"), [str(one) for one in summary.get("classes") or ()]
    yield Point("predict", f"“{summary.get('target', '')}”")
    named = f": {', '.join(classes[:_MOST_CLASSES])}" if classes else ""
    more = f" and {len(classes) - _MOST_CLASSES} more" if len(classes) > _MOST_CLASSES else ""
    yield Point("which is", task(summary.get("task", "")) + named + more, "" if brief.get("task") else "--task")
    positive = str(summary.get("positive") or "")
    if len(classes) == 2 and positive:
        yield Point("counts as true", f"“{positive}”", "" if brief.get("positive") else "--positive")
    if summary.get("payoff_rule"):
        yield Point("a decision is worth", "what the table below says")
    else:
        yield Point("a decision is worth", "not said, so the verdict stands on the score alone", "--gain")
    if is_number(brief.get("capacity")):
        volume = brief.get("volume")
        cases = f"{float(volume if is_number(volume) else DEFAULT_VOLUME):,g} cases"
        told = f"for {float(brief['capacity']):,g} of {cases} a period"
        yield Point("there is room to act", told, "" if is_number(volume) else "--volume")
    if brief.get("current"):
        yield Point("today it is decided by", f"“{brief['current']}”")
    if brief.get("interpretable"):
        yield Point("models are", "only such as one can read: curves, lines and rules that add up")
    for name in brief.get("monotone") or ():
        way = "rise" if str(name).endswith("+") else "fall"
        yield Point(f"with “{str(name)[:-1]}”", f"the answer may only {way}")
    name = str(summary.get("metric", ""))
    yield Point("candidates are chosen by", metric(name), "" if brief.get("metric") else "--metric")


def _rows(summary: Mapping[str, Any]) -> Iterator[Point]:
    brief, rows, folds = part(summary, "brief"), part(summary, "rows"), part(summary, "folds")
    time, entity = str(folds.get("time") or ""), str(folds.get("entity") or "")
    when = f"learn from the past, judge on the future, by {time}" if time else "plays no part: rows are not split by it"
    yield Point("time", when, "" if brief.get("when") else "--when")
    yield Point("rows", _together(time, entity), "" if brief.get("entity") else "--entity")
    if brief.get("weight"):
        yield Point("weight of a row", f"“{brief['weight']}”")
    ignored = [str(one) for one in brief.get("ignore") or ()]
    if ignored:
        yield Point("left out as asked", ", ".join(f"“{one}”" for one in ignored))
    used, aside = rows.get("used"), rows.get("set_aside")
    if is_number(used):
        text = f"{used:,} used" + (f", {aside:,} set aside" if is_number(aside) and aside else "")
        yield Point("rows in the table", f"{rows.get('read', used):,} read, {text}")


def _together(time: str, entity: str) -> str:
    """What was done with rows of one entity: apart in time they are not kept together."""
    if not entity:
        return "each stands for itself, apart from copies"
    if time:
        return f"those of one “{entity}” may be in the past and in the future, because {time} decides"
    return f"those of one “{entity}” are kept together"


def _limits(summary: Mapping[str, Any]) -> Iterator[Point]:
    brief = part(summary, "brief")
    if is_number(brief.get("seconds")):
        taken = f", of which {duration(summary['seconds'])} were taken" if is_number(summary.get("seconds")) else ""
        yield Point("time limit", duration(brief["seconds"]) + taken)
    if is_number(brief.get("trials")):
        yield Point("candidates besides the floors", f"at most {brief['trials']}")
    if is_number(brief.get("memory_bytes")):
        yield Point("memory", f"{brief['memory_bytes'] / 2**30:.1f} GiB")
