"""The door of the room: a run's summary becomes a page that one can send to anybody."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from journeyman.report import words
from journeyman.report.charts import calibration, leaderboard
from journeyman.report.page import write_page

_ORDER = {"error": 0, "warning": 1, "info": 2}
#: What the table of what was asked shows, and how it is called there.
_ASKED = {
    "entity": "rows of one entity stay together",
    "when": "time of decision",
    "weight": "weight of a row",
    "ignore": "not used by request",
    "seconds": "time",
    "trials": "trials",
    "memory_bytes": "memory",
    "seed": "seed",
}
_STANDING = {
    "rank": None,
    "tie": None,
    "name": "",
    "score": None,
    "low": None,
    "high": None,
    "seconds": None,
    "floor": False,
}
_CHOICE = {"replays": None, "rows": None, "too_few": False, "too_few_reason": "", "gain": None, "against": ""}
_COLUMN = {"name": "", "kind": "", "role": "", "unit": "", "reason": "", "role_reason": ""}


def write_report(summary: Mapping[str, Any], path: Path) -> Path:
    """Write the report of a run: one file, no scripts, nothing fetched from anywhere.

    Parameters
    ----------
    summary : what ``run.json`` holds; the report knows nothing else
    path : the page, replaced whole

    Raises
    ------
    ResourceError : the disk says no
    """
    return write_page("report.html", view_of(summary), path)


def view_of(summary: Mapping[str, Any]) -> dict[str, Any]:
    """What the page shows, part by part, in the page's own order. Parts that a run lacks are empty."""
    standing = leaderboard.facts(summary)
    honest = calibration.facts(summary)
    metric = str(summary.get("metric", ""))
    chosen = str((summary.get("chosen") or {}).get("name", ""))
    return {
        "name": summary.get("name") or "table",
        "target": summary.get("target", ""),
        "interrupted": summary.get("status") == "interrupted",
        "verdict": {"decision": "", "probability": None, "reasons": [], "would_change": []}
        | dict(_part(summary, "verdict")),
        "origin": summary.get("origin", ""),
        "rows": {"read": None, "used": None, "set_aside": 0} | dict(_part(summary, "rows")),
        "task": summary.get("task", ""),
        "classes": summary.get("classes") or [],
        "positive": summary.get("positive") or "",
        "aim_reason": summary.get("aim_reason", ""),
        "metric": metric,
        "asked": _asked(_part(summary, "brief")),
        "folds": {"kind": "", "count": None, "reason": ""} | dict(_part(summary, "folds")),
        "payoffs": _payoffs(summary),
        "outcomes": summary.get("classes") or [],
        "estimates": _estimates(summary, metric),
        "payoff": _part(summary, "evaluation").get("payoff"),
        "choice": _CHOICE | dict(_part(summary, "choice")),
        "chosen": chosen,
        "leaderboard": [_STANDING | one for one in summary.get("leaderboard") or ()],
        "leaderboard_chart": leaderboard.draw(standing) if standing else "",
        "calibration": honest,
        "calibration_chart": calibration.draw(honest) if honest else "",
        "unfinished": [{"reason": ""} | one for one in summary.get("trials") or () if one.get("status") != "done"],
        "findings": sorted_findings(summary),
        "schema": columns(summary),
        "seconds": summary.get("seconds"),
        "timings": _part(summary, "timings"),
        "versions": _part(summary, "versions"),
        "digests": _part(summary, "digests"),
    }


def sorted_findings(summary: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The findings, those that matter most first, each with the ``words`` of its remedy."""
    found = sorted(summary.get("findings") or (), key=lambda one: _ORDER.get(str(one.get("severity")), 3))
    return [
        {"severity": "info", "message": "", **one, "words": (one.get("remedy") or {}).get("words", "")} for one in found
    ]


def columns(summary: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The columns, with nothing missing that a table of them shows."""
    return [_COLUMN | one for one in summary.get("schema") or ()]


def _part(summary: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = summary.get(name)
    return part if isinstance(part, Mapping) else {}


def _estimates(summary: Mapping[str, Any], metric: str) -> list[tuple[str, Mapping[str, Any]]]:
    """The estimates but the payoff, which stands by itself; what was scored by comes first."""
    found = [(name, one) for name, one in _part(summary, "evaluation").items() if name != "payoff"]
    return sorted(found, key=lambda pair: pair[0] != metric)


def _payoffs(summary: Mapping[str, Any]) -> list[tuple[str, list[float]]]:
    """What each action is worth by outcome, in the order of the classes."""
    classes = [str(one) for one in summary.get("classes") or ()]
    actions = _part(summary, "payoff_rule").get("actions") or ()
    return [(str(action), [float(amounts.get(one, 0.0)) for one in classes]) for action, amounts in actions]


def _asked(brief: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What the brief says besides the target, in words; what was not asked for is left out."""
    shown = []
    for name, label in _ASKED.items():
        value = brief.get(name)
        if value in (None, "", [], ()):
            continue
        if name == "seconds":
            text = words.duration(value)
        elif name == "memory_bytes":
            text = f"{value / 2**30:.1f} GiB"
        else:
            text = ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
        shown.append((label, text))
    return shown
