"""The page of monitoring: what stands raised, what it costs, what to do, and what it was told from."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from journeyman.monitoring.alarm import ALARM_RATE, threshold
from journeyman.monitoring.estimates import WARNING
from journeyman.monitoring.kind import kinds
from journeyman.monitoring.monitored import Monitored
from journeyman.report.charts import watch
from journeyman.report.page import write_page

#: So many columns of the ranking stand open.
_SHOWN = 15


def write_monitor(found: Monitored, path: Path) -> Path:
    """Write the page.

    Raises
    ------
    ResourceError : the disk says no
    """
    return write_page("monitor.html", view_of(found), path)


def view_of(found: Monitored) -> dict[str, Any]:
    """What the page shows."""
    data, reference = found.as_data(), found.reference
    first = reference.measures[0]
    record = watch.facts(found.recent, first.name, first.mean, first.limit)
    return {
        "folder": str(found.folder),
        "name": found.name,
        "sentence": found.sentence,
        "state": "do_not_deploy" if found.alarms else "pilot" if found.notices else "deploy",
        "stamp": "alarm" if found.alarms else "changed, no harm seen" if found.notices else "all well",
        "headline": headline(found),
        "alarms": [_shown(one) for one in found.alarms],
        "notices": [_shown(one) for one in found.notices],
        "rows": data["rows"],
        "measure": first.name.replace("_", " "),
        "estimated": data["estimated"],
        "real": [_real(one) for one in data["real"] if one["value"] is not None],
        "warning": WARNING[:1].upper() + WARNING[1:],
        "budget": [_budget(name, value, len(found.evidence)) for name, value in found.evidence.items()],
        "rate": f"{100 * ALARM_RATE:g} %",
        "needed": f"{threshold(max(len(found.evidence), 1)):.0f}",
        "drift": [one for one in data["drift"] if one["is_changed"]][:_SHOWN],
        "unchanged": sum(not one["is_changed"] for one in data["drift"]),
        "told_apart": found.told_apart,
        "picture": None if record is None else watch.draw(record),
        "payoff": reference.payoff,
        "set_aside": found.set_aside,
    }


def headline(found: Monitored) -> str:
    """What there is to know, in a sentence."""
    if found.alarms:
        return kinds()[found.alarms[0].kind].HEADLINE
    if found.notices:
        return "Something has changed; no harm can be seen"
    return "Nothing says that the model does worse than its build promised"


def _real(one: dict[str, Any]) -> dict[str, Any]:
    """A loss that came, as people read it: money is earned per 1,000 rows."""
    if one["measure"] != "lost_payoff":
        return {**one, "name": one["measure"].replace("_", " "), "bound": "up to"}
    told = {name: -1000 * one[name] for name in ("value", "at_build", "tolerated")}
    return {**one, **told, "name": "payoff per 1,000 rows", "bound": "down to"}


def _shown(one: Any) -> dict[str, Any]:
    sentence = one.sentence[:1].upper() + one.sentence[1:]
    return {**one.as_data(), "sentence": sentence, "kind": kinds()[one.kind].TITLE, "times": _times(one.evidence)}


def _times(evidence: float | None) -> str:
    if evidence is None:
        return "no chance brings this about"
    return f"the evidence is {evidence:,.0f} to 1" if evidence < 1e9 else "beyond any doubt"


def _budget(name: str, value: float, count: int) -> dict[str, Any]:
    share = min(max(math.log(max(value, 1.0)) / math.log(threshold(count)), 0.0), 1.0)
    return {"name": kinds()[name].TITLE, "value": value, "share": share, "percent": f"{100 * share:.0f} %"}
