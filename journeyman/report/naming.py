"""How classes are named, where that is not the likeliest one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from journeyman.report.charts.numbers import floats, part
from journeyman.report.words import finely, metric
from journeyman.statistics.label_rule import LabelRule


def naming(summary: Mapping[str, Any]) -> str:
    """A sentence of the rule of labels; empty where the likeliest class is named."""
    told, judge = part(summary, "label_rule"), metric(str(summary.get("metric", "")))
    if not told:
        return ""
    rule = LabelRule(tuple(floats(told.get("scale") or ())), tuple(floats(told.get("shift") or ())))
    if len(rule.scale) == 2:
        what = f"so “{summary.get('positive', '')}” is named from a probability of {finely(rule.least_chance)} on"
    else:
        what = "so it is not always the likeliest class that is named"
    return f"It was to do best by {judge}: {what}. More rows may be named wrongly by that, and rare classes are found."
