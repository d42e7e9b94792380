"""Ways of deciding side by side: what each pays without the model, and what the model brings above it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from journeyman.report.charts.numbers import is_number, part
from journeyman.report.words import chance, share, worth

#: How the name of today's way begins.
_TODAY = "today"
#: The constant, and what it is where amounts decide.
_SAME, _SAME_NOTE = "always the same answer", "one probability for all rows, so that the amounts decide"


@dataclass(frozen=True)
class Way:
    """A way of deciding: amounts per 1,000 rows and a probability, all in words; an interval that is not told is empty.

    ``gain`` is what the model brings above it, empty for the model itself; ``tag`` says what is special about it.
    """

    name: str
    payoff: str
    payoff_range: str
    gain: str = ""
    gain_range: str = ""
    probability: str = ""
    tag: str = ""
    note: str = ""
    is_model: bool = False


def ways(summary: Mapping[str, Any]) -> list[Way]:
    """Today's way first, then what else could be done without the model, and the model last; empty without payoffs."""
    choice, curve = part(summary, "choice"), part(summary, "payoff_curve")
    found = [_way(one, str(choice.get("against", "")), curve.get("capacity")) for one in choice.get("beside") or ()]
    # Python's sort is stable: all others stay in their order.
    found.sort(key=lambda one: not one.name.startswith(_TODAY))
    own = part(part(summary, "evaluation"), "payoff")
    if not found or not is_number(own.get("value")):
        return []
    name = str(part(summary, "chosen").get("name", ""))
    return [*found, Way(f"this model: {name}", worth(own["value"]), _range(own), is_model=True)]


def _way(one: Mapping[str, Any], against: str, capacity: object) -> Way:
    name, payoff, gain = str(one.get("name", "")), part(one, "payoff"), part(one, "gain")
    tag = "today" if name.startswith(_TODAY) else "best without a model" if name == against else ""
    note = _SAME_NOTE if name == _SAME else ""
    if name.endswith(" for every row") and is_number(capacity):
        note = f"that there is room for: {share(capacity)} of them, drawn at random"
    return Way(
        re.sub(r"(?<!\w)'(.*)'", r"“\1”", name),
        worth(payoff.get("value")),
        _range(payoff),
        worth(gain.get("value")),
        _range(gain),
        chance(one.get("probability")),
        tag,
        note,
    )


def _range(one: Mapping[str, Any]) -> str:
    low, high = one.get("low"), one.get("high")
    if not is_number(low) or not is_number(high) or low == high:
        return ""
    return f"{worth(low)} to {worth(high)}"
