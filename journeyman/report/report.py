"""The door of the room: a run's summary becomes a page that one can send to anybody."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from journeyman.bundle.decision import ANY
from journeyman.report import amounts, argument, glance
from journeyman.report.advice import advice
from journeyman.report.charts import (
    calibration,
    confusion,
    coverage,
    curve_panels,
    curves,
    decisions,
    folds,
    leaderboard,
    learning,
    payoff,
    residuals,
    uses,
)
from journeyman.report.charts.numbers import is_number, part
from journeyman.report.earned import parts_earned
from journeyman.report.insights import insights
from journeyman.report.latency import told_latency
from journeyman.report.looks import level, looks
from journeyman.report.naming import naming
from journeyman.report.needed import needed
from journeyman.report.page import write_page
from journeyman.report.reading import reading, told_apart
from journeyman.report.review import reviewed
from journeyman.report.surety import surety
from journeyman.report.taught import taught
from journeyman.report.trueness import RANKING, trueness
from journeyman.report.understood import understood
from journeyman.report.ways import ways
from journeyman.report.weakest import weakest
from journeyman.report.words import interval, metric, share

_FINDING: Mapping[str, Any] = {"severity": "info", "message": "", "cost": None, "evidence": None}
_ORDER = {"error": 0, "warning": 1, "info": 2}
_CHOICE: dict[str, Any] = {
    "replays": None,
    "rows": None,
    "too_few": False,
    "too_few_reason": "",
    "too_late": (),
    "gain": None,
    "against": "",
}
#: How reasons begin that the page says with a mark of their own.
_SAID_APART = ("It does harm", "What it predicts is off")
#: Estimates that say something without a lesson.
_TOLD_FIRST = ("roc_auc", "accuracy", "mae", "r2")
#: Columns whose effect is shown.
_MOST_USED = 10
#: Curves that are seen without opening anything.
_MOST_CURVES = 12


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
    return {
        "name": summary.get("name") or "table",
        "target": summary.get("target", ""),
        "origin": summary.get("origin", ""),
        "task": summary.get("task", ""),
        "positive": summary.get("positive") or "",
        "metric": str(summary.get("metric", "")),
        **_verdict(summary),
        **_asked(summary),
        **_data(summary),
        **_tried(summary),
        **_worth(summary),
        **_trust(summary),
        "told": insights({**part(summary, "explored"), "insights": summary.get("insights") or []})
        if summary.get("explored")
        else None,
        "uses": uses.facts(summary),
        "curves": curves.facts(summary),
        "draw_curve": curve_panels.draw,
        "shown_curves": _MOST_CURVES,
        "most_used": _MOST_USED,
        "next_steps": advice(summary),
        "learning": learning.facts(summary),
        "draw_learning": learning.draw,
        "draw_learning_axis": learning.draw_axis,
        "needed": needed(summary),
        "reviewed": reviewed(summary),
        "seconds": summary.get("seconds"),
        "timings": part(summary, "timings"),
        "versions": part(summary, "versions"),
        "digests": part(summary, "digests"),
    }


def sorted_findings(summary: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The findings, those that matter most first, each with the ``words`` of its remedy.

    The gravest come first, and among them those that cost most to ignore.
    """
    found = sorted(
        summary.get("findings") or (), key=lambda one: (_ORDER.get(str(one.get("severity")), 3), -_apart(one))
    )
    return [{**_FINDING, **one, "words": (one.get("remedy") or {}).get("words", "")} for one in found]


def _apart(finding: Mapping[str, Any]) -> float:
    cost = part(finding, "cost")
    figures = [cost.get(name) for name in ("ignored", "heeded")]
    return abs(float(figures[0]) - float(figures[1])) if all(map(is_number, figures)) else 0.0  # type: ignore[arg-type]  # they are numbers


def _verdict(summary: Mapping[str, Any]) -> dict[str, Any]:
    empty: dict[str, Any] = {"decision": "", "probability": None, "reasons": [], "would_change": []}
    return {
        "interrupted": summary.get("status") == "interrupted",
        "verdict": empty | dict(part(summary, "verdict")),
        "headline": argument.headline(summary),
        "ability": argument.worth_in_words(summary),
        "payoff": part(summary, "evaluation").get("payoff"),
        "choice": _CHOICE | dict(part(summary, "choice")),
        "against": argument.the(str(part(summary, "choice").get("against", ""))),
        "chosen": str((summary.get("chosen") or {}).get("name", "")),
        "estimates": _estimates(summary),
        "keys": _keys(summary),
        "level": level(summary),
        "looks": looks(summary),
        "said_apart": _SAID_APART,
        "cautions": _cautions(summary),
    }


def _asked(summary: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "asked": understood(summary),
        "aim_reason": str(summary.get("aim_reason") or ""),
        "outcomes": [f"if {one}" for one in summary.get("classes") or ()] or ["whatever comes"],
        "payoffs": _payoffs(summary),
        "computed": amounts.computed(summary),
    }


def _data(summary: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "rows": {"read": None, "used": None, "set_aside": 0} | dict(part(summary, "rows")),
        "findings": sorted_findings(summary),
        "shown_findings": told_apart(sorted_findings(summary)),
        "reading": reading(summary),
        "columns": glance.lines(summary, uses.facts(summary)),
        "open_columns": glance.OPEN,
    }


def _tried(summary: Mapping[str, Any]) -> dict[str, Any]:
    rounds, standing = folds.facts(summary), leaderboard.facts(summary)
    return {
        "folds": {"kind": "", "count": None, "reason": ""} | dict(part(summary, "folds")),
        "rounds": rounds,
        "draw_round": folds.draw,
        "standing": standing,
        "draw_standing": leaderboard.draw,
        "draw_axis": leaderboard.draw_axis,
        "earned": parts_earned(summary),
        "taught": taught(summary),
        "latency": told_latency(summary),
        "finished": len(summary.get("leaderboard") or ()),
        "tied": sum(one.get("tie") == 1 for one in summary.get("leaderboard") or ()),
        "only": [str(one.get("name", "")) for one in summary.get("leaderboard") or ()][:1],
        "unfinished": [
            {"reason": "", "name": ""} | one
            for one in summary.get("trials") or ()
            if one.get("status") not in ("done", "asked")
        ],
    }


def _worth(summary: Mapping[str, Any]) -> dict[str, Any]:
    worth, met = payoff.facts(summary), decisions.facts(summary)
    return {
        "over_floor": _over_floor(summary),
        "ways": ways(summary),
        "ranges": amounts.ranges(summary),
        "weakest": weakest(summary),
        "curve": worth,
        "curve_chart": payoff.draw(worth) if worth else "",
        "met": met.met if met else (),
        "met_headline": met.headline if met else "",
        "met_chart": decisions.draw(met) if met else "",
        "confusion": confusion.facts(summary),
        "naming": naming(summary),
        "draw_use": uses.draw,
        "draw_effect": uses.draw_effect,
        "top_uses": _top(uses.facts(summary)),
    }


def _trust(summary: Mapping[str, Any]) -> dict[str, Any]:
    honest, errors, held = calibration.facts(summary), residuals.facts(summary), coverage.facts(summary)
    return {
        "honest": trueness(summary),
        "has_trueness": bool(honest or errors),
        "calibration": honest,
        "calibration_chart": calibration.draw(honest) if honest else "",
        "residuals": errors,
        "residuals_chart": residuals.draw(errors) if errors else "",
        "errors_chart": residuals.draw_errors(errors) if errors else "",
        "sure": surety(summary),
        "held": held,
        "draw_held": coverage.draw,
        "draw_held_axis": coverage.draw_axis,
    }


def _cautions(summary: Mapping[str, Any]) -> list[str]:
    """What a reader of the verdict alone must not miss."""
    group, honest = weakest(summary), trueness(summary)
    found = [f"{group.sentence} {group.advice}"] if group and group.is_loss else []
    return found if honest.comes_true else [*found, f"{honest.headline}. {RANKING}"]


def _over_floor(summary: Mapping[str, Any]) -> str:
    """What it brings above the best floor; empty where money says it better."""
    choice = part(summary, "choice")
    over, floor = part(choice, "over_floor"), str(choice.get("floor") or "")
    if not floor or not is_number(over.get("value")) or "payoff" in part(summary, "evaluation"):
        return ""
    low = over.get("low")
    doubt = "" if is_number(low) and low > 0 else ", which may be none"
    name = metric(summary.get("metric", ""))
    return f"Above the best floor, {floor}, it brings {interval(over, with_sign=True)} of {name}{doubt}."


def _keys(summary: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    """The estimates that stand at the top: what was asked for, else those that one can tell a manager."""
    estimates = _estimates(summary)
    if part(summary, "brief").get("metric"):
        return estimates[:2]
    estimates.sort(key=lambda pair: _TOLD_FIRST.index(pair[0]) if pair[0] in _TOLD_FIRST else len(_TOLD_FIRST))
    return estimates[: 1 if "payoff" in part(summary, "evaluation") else 2]


def _estimates(summary: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    """The estimates but the payoff, which stands by itself; what was scored by comes first."""
    found = [
        (name, one)
        for name, one in part(summary, "evaluation").items()
        if name != "payoff" and isinstance(one, Mapping)
    ]
    return sorted(found, key=lambda pair: pair[0] != str(summary.get("metric", "")))


def _payoffs(summary: Mapping[str, Any]) -> list[tuple[str, list[float | str]]]:
    """What each action is worth by outcome, in the order of the classes: a number, or how it is computed."""
    actions = part(summary, "payoff_rule").get("actions") or ()
    outcomes = [str(one) for one in summary.get("classes") or ()] or [ANY]
    return [(str(action), [_amount(amounts.get(one, 0.0)) for one in outcomes]) for action, amounts in actions]


def _amount(amount: Any) -> float | str:
    return amount if isinstance(amount, str) else float(amount)


def _top(record: uses.Uses | None) -> str:
    """The columns that carry most, and how much they carry together."""
    if record is None:
        return ""
    first = [one for one in record.columns[:3] if one.share >= 0.05] or list(record.columns[:1])
    names = [f"“{one.name}”" for one in first]
    told = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    verb = "carries" if len(names) == 1 else "carry"
    return f"{told} {verb} {share(sum(one.share for one in first))} of what moves its answers"
