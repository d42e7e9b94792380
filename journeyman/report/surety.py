"""How sure single predictions are: what is promised, what was measured, how wide, and where it holds least."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from journeyman.report.charts.numbers import is_number, part
from journeyman.report.words import about, counted, finely, share


@dataclass(frozen=True)
class Surety:
    """Sentences: what a row comes with, what is told of it, a warning (or empty); how many levels were looked at."""

    opening: str
    told: tuple[str, ...] = ()
    warning: str = ""
    levels: str = ""


def surety(summary: Mapping[str, Any]) -> Surety | None:
    """What is said of single predictions; None where a run does not speak of it."""
    told = part(summary, "uncertainty")
    promise = str(told.get("promise") or "")
    kind = str(told.get("kind", ""))
    if not promise or not kind:
        return None
    if kind == "none":
        return Surety(f"{promise[:1].upper()}{promise[1:]}.")
    what = "bounds, low and high" if kind == "interval" else "a set of labels that it may well have"
    size = _width(told) if kind == "interval" else _labels(told, len(summary.get("classes") or ()))
    warning, least = _worst(told)
    levels = told.get("levels")
    many = f"{levels:,}" if is_number(levels) and levels > 1 and part(told, "worst") else ""
    sentences = (f"Promised: {promise}.", _measured(told), size, least)
    return Surety(f"Each row comes with {what}.", tuple(one for one in sentences if one), warning, many)


def _measured(told: Mapping[str, Any]) -> str:
    held = part(told, "coverage")
    rows = held.get("rows")
    if not is_number(held.get("value")) or not is_number(rows):
        return "Whether that holds could not be measured: no round could be held to others."
    nominal, high = told.get("nominal"), held.get("high")
    is_less = is_number(nominal) and is_number(high) and high < nominal
    return (
        f"Measured: {finely(held['value'])} [{finely(held.get('low'))}, {finely(held.get('high'))}]"
        f" of {counted(int(rows), 'row')} were held, by what other rounds had shown."
        + (" That is less than promised: what moves over time is held less often." if is_less else "")
    )


def _width(told: Mapping[str, Any]) -> str:
    width, without = told.get("median_width"), told.get("median_width_without_model")
    if not is_number(width):
        return ""
    half = f"Half of the bounds are at most {about(width)} wide"
    if not is_number(without) or not without > 0:
        return f"{half}."
    change = width / without - 1
    how = "as wide" if abs(change) < 0.005 else f"{share(abs(change))} {'narrower' if change < 0 else 'wider'}"
    return f"{half}; bounds that need no model are {about(without)} wide, so these are {how}."


def _labels(told: Mapping[str, Any], classes: int) -> str:
    labels, without, single = told.get("labels"), told.get("labels_without_model"), part(told, "single")
    if not is_number(labels):
        return ""
    of = f" of {classes}" if classes else ""
    sizes = f"A set holds {labels:.2f}{of} labels on average"
    if is_number(without):
        sizes += f"; without a model it would take {without:.0f}"
    if is_number(single.get("share")) and is_number(single.get("right")):
        alone, right = share(single["share"]), share(single["right"])
        sizes += f". For {alone} of the rows it is a single label, right for {right} of them"
    return f"{sizes}."


def _worst(told: Mapping[str, Any]) -> tuple[str, str]:
    """A warning where a group is held less than promised beyond doubt, else what was held least."""
    worst, nominal = part(told, "worst"), told.get("nominal")
    value, low, high, levels = (worst.get("coverage"), worst.get("low"), worst.get("high"), told.get("levels"))
    if not (is_number(value) and is_number(low) and is_number(high) and is_number(nominal)):
        return "", ""
    rows = worst.get("rows")
    where = f"“{worst.get('column', '')}” is “{worst.get('name', '')}”"
    many = f" ({counted(int(rows), 'row')})" if is_number(rows) else ""
    held = f"{finely(value)} [{finely(low)}, {finely(high)}]"
    looked = f"of {levels} groups looked at" if is_number(levels) and levels > 1 else "of the groups looked at"
    if high < nominal:
        return f"Where {where}{many}, only {held} are held, less than the {share(nominal)} promised for all rows.", ""
    return "", f"No group is shown to be held less; least, {looked}, where {where}{many}: {held}."
