"""The page and the lines of an automation: the answer, its guarantee, rules, consistency, savings, warnings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from journeyman.automation.apart import Apart
from journeyman.automation.consistency import Consistency
from journeyman.automation.rules import RuleList
from journeyman.automation.savings import Savings
from journeyman.report.charts import unattended
from journeyman.report.page import write_page
from journeyman.report.words import about, finely, number, share

_GROUNDS = {
    "repeated": "cases that were decided more than once",
    "near": "cases that are nearly equal",
    "model": "cases that the model takes for equal",
}
#: So many actors and rules are shown.
_MOST = 20


def apart_line(apart: Apart) -> str:
    """Which cases are for what."""
    how = "the newest for the test" if apart.by_time else "drawn at random"
    return (
        f"{len(apart.learn):,} cases teach the model, {len(apart.plan):,} plan the test, "
        f"{len(apart.test):,} are kept for it ({how})"
    )


def consistency_line(found: Consistency) -> str:
    """How far people agree, and what follows for any model."""
    if found.ground == "none":
        return "too few like cases to say how consistent people are"
    least = "at least " if found.ground == "model" else ""
    agreed = (
        f"people agree in {least}{share(found.agreement)} [{share(found.low)}, {share(found.high)}] of "
        f"{found.pairs:,} pairs of {_GROUNDS[found.ground]}"
    )
    if found.ground == "model":
        return f"{agreed}: nothing is known of what a better model could reach"
    return f"{agreed}: no model of these decisions can be right in more than {share(found.ceiling_high)} of such cases"


def rules_line(rules: RuleList) -> str:
    """What part is a rule."""
    kept = [one for one in rules.rules if one.kept]
    if not kept:
        return "no part of the decision is a short rule that holds as promised"
    many = f"{len(kept)} rule{'s' if len(kept) > 1 else ''}"
    return f"{many} in words decide{'' if len(kept) > 1 else 's'} {share(rules.share)} of cases with the same guarantee"


def savings_line(saved: Savings) -> str:
    """What is saved."""
    hours = f"{about(saved.hours[0])} hours [{about(saved.hours[1])}, {about(saved.hours[2])}]"
    per = f"{'in ' if saved.period == 'a year' else 'per '}{saved.period}"
    if saved.money is None:
        return f"{hours} {per}"
    return f"{hours}, {about(saved.money[0])} [{about(saved.money[1])}, {about(saved.money[2])}] {per}"


def write_automation(document: Mapping[str, Any], path: Path) -> Path:
    """Write the page of an automation.

    Parameters
    ----------
    document : what ``automate.json`` holds
    """
    return write_page("automate.html", view_of(document), path)


def view_of(document: Mapping[str, Any]) -> dict[str, Any]:
    """What the page shows."""
    policy = document["policy"]
    automates = bool(policy["automates"])
    needed = policy["needed"]
    records = [unattended.facts(one) for one in policy["tests"]]
    return {
        "decision": document["decision"],
        "target": document["outcome"] if document["goal"] == "outcome" else document["decision"],
        "document": document,
        "policy": policy,
        "tone": "deploy" if automates else "pilot" if needed else "do_not_deploy",
        "headline": "Yes, in part" if automates else "Not yet" if needed else "No",
        "keys": _keys(document),
        "charts": [{"decision": one.decision, "picture": unattended.draw(one)} for one in records if one is not None],
        "by_decision": [_by_decision(one) for one in policy["by_decision"]],
        "rules": [_rule(one) for one in document["rules"]["rules"] if one["guaranteed"] and one["cases"]][:_MOST],
        "other_rules": [_rule(one) for one in document["rules"]["rules"] if not one["guaranteed"] and one["cases"]][
            :_MOST
        ],
        "rules_share": _with_interval(document["rules"]["share"], share),
        "consistency": _consistency(document["consistency"]),
        "noise": _noise(document["noise"]),
        "failures": _failures(document["failures"]),
        "compared": _compared(document["compared"]),
        "savings": _savings(document["savings"]),
        "accuracy": _with_interval(document["accuracy"], share),
        "warnings": document["warnings"],
    }


def _keys(document: Mapping[str, Any]) -> list[dict[str, str]]:
    policy, saved, found = document["policy"], document["savings"], document["consistency"]
    limits = ", ".join(
        f"{one['decision']}: {finely(one['limit'])}" if one["decision"] else finely(one["limit"])
        for one in policy["tests"]
    )
    if not policy["automates"]:
        return []
    keys = [
        {
            "name": "of cases run unattended",
            "value": share(policy["share"]["value"]),
            "more": f"{share(policy['share']['low'])} to {share(policy['share']['high'])}; "
            f"{share(policy['audit_share'])} of these are audited",
        },
        {
            "name": "errors allowed",
            "value": limits,
            "more": f"at {share(policy['confidence'])} confidence; {policy['wrong']:,} of {policy['cases']:,} seen",
        },
    ]
    if found["ceiling"]["high"] is not None and found["ground"] in ("repeated", "near"):
        keys.append(
            {
                "name": "best possible accuracy",
                "value": share(found["ceiling"]["value"]),
                "more": f"{share(found['ceiling']['low'])} to {share(found['ceiling']['high'])}, as people disagree",
            }
        )
    if saved:
        told = saved["money"] or saved["hours"]
        unit = "" if saved["money"] else " h"
        keys.append(
            {
                "name": f"saved {'in' if saved['period'] == 'a year' else 'per'} {saved['period']}",
                "value": f"{about(told['value'])}{unit}",
                "more": f"{about(told['low'])} to {about(told['high'])}{unit}",
            }
        )
    return keys


def _by_decision(one: Mapping[str, Any]) -> dict[str, str]:
    instead = ", ".join(f"{other['decision']} {other['cases']:,}" for other in one["instead"][:3])
    return {
        "decision": one["decision"],
        "threshold": number(one["threshold"]),
        "cases": f"{one['cases']:,}",
        "wrong": f"{one['wrong']:,}",
        "error": finely(one["error"]["value"]),
        "bounds": f"{finely(one['error']['low'])} to {finely(one['error']['high'])}",
        "instead": instead,
    }


def _rule(one: Mapping[str, Any]) -> dict[str, str]:
    error = one["wrong"] / one["cases"] if one["cases"] else None
    return {
        "when": one["when"],
        "decision": one["decision"],
        "cases": f"{one['cases']:,}",
        "error": finely(error),
    }


def _consistency(found: Mapping[str, Any]) -> dict[str, str]:
    return {
        "ground": found["ground"],
        "where": _GROUNDS.get(found["ground"], ""),
        "agreement": _with_interval(found["agreement"], share),
        "pairs": f"{found['pairs']:,}",
        "ceiling": _with_interval(found["ceiling"], share),
        "most": share(found["ceiling"]["high"]),
    }


def _noise(found: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if found is None:
        return None
    actors = found["actors"]
    shown = actors if len(actors) <= _MOST else [*actors[: _MOST // 2], *actors[-_MOST // 2 :]]
    return {
        "decision": found["decision"],
        "count": len(actors),
        "level": finely(found["level"]),
        "pattern": finely(found["pattern"]),
        "occasion": finely(found["occasion"]),
        "differ": (found["p_value"] is not None) and found["p_value"] < 0.05,
        "p_value": number(found["p_value"]),
        "actors": [
            {
                "name": one["name"],
                "cases": f"{one['cases']:,}",
                "share": share(one["share"]),
                "offset": _points(one["offset"]),
            }
            for one in shown
        ],
        "left_out": len(actors) - len(shown),
    }


def _points(value: float) -> str:
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{abs(100 * value):.1f}"


def _failures(found: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "bad": found["bad_outcome"],
        "share": share(found["share"]),
        "human": _with_interval(found["human"], finely),
        "bounds": f"{finely(found['bounds']['low'])} and {finely(found['bounds']['high'])}",
        "contraction": None if found["contraction"] is None else _with_interval(found["contraction"], finely),
        "people": f"{found['lenient']['people']:,}",
        "cases": f"{found['lenient']['cases']:,}",
    }


def _compared(found: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if found is None:
        return None
    difference, alone = found["difference"], found["automated"]
    return {
        "meaning": ", ".join(f"{label} → {outcome}" for label, outcome in found["meaning"].items()),
        "people": finely(found["people"]),
        "model": finely(found["model"]),
        "difference": _points_interval(difference),
        "better": difference["low"] > 0,
        "worse": difference["high"] < 0,
        "automated": None if alone is None else _points_interval(alone),
        "cases": f"{found['cases']:,}",
    }


def _points_interval(found: Mapping[str, float]) -> str:
    return f"{_points(found['value'])} points [{_points(found['low'])}, {_points(found['high'])}]"


def _savings(found: Mapping[str, Any] | None) -> dict[str, str] | None:
    if found is None:
        return None
    return {
        "cases": f"{found['cases']:,.0f}",
        "period": found["period"],
        "hours": _with_interval(found["hours"], about),
        "money": "" if found["money"] is None else _with_interval(found["money"], about),
    }


def _with_interval(found: Mapping[str, Any], show: Any) -> str:
    if found["low"] is None or found["high"] is None:
        return str(show(found["value"]))
    if found["value"] is None:
        return f"{show(found['low'])} to {show(found['high'])}"
    return f"{show(found['value'])} [{show(found['low'])}, {show(found['high'])}]"
