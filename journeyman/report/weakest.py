"""Where the model helps least: the group of rows in which a gain is least sure, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from journeyman.report.charts.numbers import is_number, part
from journeyman.report.words import counted, interval, metric


@dataclass(frozen=True)
class Weakest:
    """The group in one sentence, what to do about it (empty where nothing), how it was found; whether it is harmed."""

    sentence: str
    advice: str
    found: str
    is_loss: bool


def weakest(summary: Mapping[str, Any]) -> Weakest | None:
    """The group, or None where none was looked at."""
    told = part(summary, "weakest")
    gain, rows = part(told, "gain"), told.get("rows")
    if not is_number(gain.get("value")) or not is_number(rows):
        return None
    where = f"Where {_group(told)} ({counted(int(rows), 'row')})"
    brings = f"{interval(gain, with_sign=True)} {_unit(summary)}"
    is_loss = bool(told.get("is_loss"))
    low = gain.get("low")
    if is_loss:
        sentence, advice = f"{where} it does harm: {brings}.", "Leave these rows to today's way."
    elif is_number(low) and low > 0:
        sentence, advice = f"{where} it helps least, and even there it helps: {brings}.", ""
    else:
        sentence, advice = f"{where} no gain is shown: {brings}.", "Watch these rows first when it is used."
    return Weakest(sentence, advice, _found(summary, told.get("looked_at")), is_loss)


def _group(told: Mapping[str, Any]) -> str:
    words = str(told.get("words", ""))
    is_range = words.startswith(("up to ", "above ")) or words == "missing"
    return f"“{told.get('column', '')}” is {words if is_range else f'“{words}”'}"


def _unit(summary: Mapping[str, Any]) -> str:
    if "payoff" in part(summary, "evaluation"):
        return "per 1,000 of them"
    if summary.get("classes"):
        return "of log loss"
    name = str(summary.get("metric", ""))
    return f"of {metric(name)}" if name == "mae" else "of squared error"


def _found(summary: Mapping[str, Any], looked_at: object) -> str:
    against = "always giving the same answer"
    if "payoff" in part(summary, "evaluation"):
        capacity = part(summary, "payoff_curve").get("capacity")
        against = "doing nothing" if is_number(capacity) else "treating all rows alike"
    groups = f"Of {looked_at} groups" if is_number(looked_at) and looked_at > 1 else "Of the groups"
    return (
        f"{groups} that single columns cut out, a gain above {against} is least sure in this one;"
        " its interval is widened, so that it holds for all of them together."
    )
