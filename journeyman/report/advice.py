"""What would be tried next: what the run itself says would help, each with the option that does it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from shlex import quote
from typing import Any

from journeyman.report.charts.numbers import is_number, part
from journeyman.report.understood import Point
from journeyman.report.words import counted, duration

#: So many times the time is offered, and so many columns are named in an option.
_LONGER, _MOST_NAMED = 4, 6
#: A column is hardly used whose share is less than this part of an equal one.
_HARDLY = 0.1


def advice(summary: Mapping[str, Any]) -> list[Point]:
    """The most pressing first."""
    steps = [*_findings(summary)]
    if not summary.get("payoff_rule") and summary.get("classes"):
        why = "then the verdict is about money, and the model acts where it pays"
        steps.append(Point("Say what a decision is worth", why, "--gain"))
    return [*steps, *_time(summary), *_split(summary), *_columns(summary)]


def _findings(summary: Mapping[str, Any]) -> Iterator[Point]:
    for one in summary.get("findings") or ():
        remedy = part(one, "remedy")
        if remedy.get("action") in ("review", "stop") and one.get("severity") in ("error", "warning"):
            said = " ".join(_ended(str(words or "")) for words in (one.get("message"), remedy.get("words")))
            yield Point("Settle a finding", said.strip())


def _time(summary: Mapping[str, Any]) -> Iterator[Point]:
    seconds = part(summary, "brief").get("seconds")
    waiting = [one for one in summary.get("trials") or () if one.get("status") in ("stopped", "skipped")]
    if waiting and is_number(seconds):
        names = " · ".join(str(one.get("name", "")) for one in waiting[:3]) + (" · …" if len(waiting) > 3 else "")
        longer = duration(_LONGER * seconds).replace(" min 0 s", "m").replace(" min", "m").replace(" ", "")
        why = f"{counted(len(waiting), 'candidate')} did not get to the end: {names}"
        yield Point("Give more time", why, f"--time {longer}")


def _split(summary: Mapping[str, Any]) -> Iterator[Point]:
    brief, folds = part(summary, "brief"), part(summary, "folds")
    dates = _of_kind(summary, "date")
    if dates and not brief.get("when") and folds.get("kind") != "forward":
        why = "if the model is to answer for days to come: rows of the past may be easier than those to come"
        yield Point("Judge on the future", why, f"--when {quote(dates[0])}")
    returning = [one for one in _of_kind(summary, "id") if _returns(summary, one)]
    if returning and not brief.get("entity") and not folds.get("entity"):
        why = f"“{returning[0]}” returns in several rows"
        yield Point("Keep together what belongs together", why, f"--entity {quote(returning[0])}")


def _columns(summary: Mapping[str, Any]) -> Iterator[Point]:
    idle = _hardly_used(summary)
    if idle:
        what = ", ".join(f"“{one}”" for one in idle[:4]) + (", …" if len(idle) > 4 else "")
        is_short = len(idle) <= _MOST_NAMED and not any("," in one for one in idle)
        verb = "moves" if len(idle) == 1 else "move"
        yield Point(
            "Build a leaner model",
            f"{counted(len(idle), 'column')} hardly {verb} any answer: {what}",
            f"--ignore {quote(','.join(idle))}" if is_short else "",
        )


def _of_kind(summary: Mapping[str, Any], kind: str) -> list[str]:
    target = summary.get("target")
    return [
        str(one.get("name"))
        for one in summary.get("schema") or ()
        if one.get("kind") == kind and one.get("name") != target
    ]


def _returns(summary: Mapping[str, Any], name: str) -> bool:
    """Whether most values of a column stand in more than one row."""
    for one in summary.get("profile") or ():
        if one.get("name") == name and is_number(one.get("distinct")) and is_number(one.get("rows")):
            return bool(0 < one["distinct"] < 0.8 * (one["rows"] - (one.get("missing") or 0)))
    return False


def _hardly_used(summary: Mapping[str, Any]) -> Sequence[str]:
    """Columns with next to no share, where the others have more than that."""
    shares = [
        (str(one.get("name")), float(one["share"]))
        for one in part(summary, "uses").get("columns") or ()
        if is_number(one.get("share"))
    ]
    if not any(one for _, one in shares):
        return ()
    return [name for name, one in shares if one < _HARDLY / len(shares)]


def _ended(words: str) -> str:
    words = words.strip()
    if not words:
        return ""
    words = words[:1].upper() + words[1:]
    return words if words.endswith((".", "!", "?")) else words + "."
