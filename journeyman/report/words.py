"""Numbers and names as people read them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

NOTHING = "–"

_DECISIONS = {"deploy": "Deploy", "pilot": "Pilot first", "do_not_deploy": "Do not deploy"}
_TASKS = {"binary": "two classes", "multiclass": "several classes", "regression": "a number"}


def number(value: object) -> str:
    """A number with as many digits as a reader can use.

    >>> number(0.84812), number(63400.2), number(12.345), number(0.0001234), number(None)
    ('0.848', '63,400', '12.35', '0.00012', '–')
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        return NOTHING
    size = abs(value)
    if size == 0:
        return "0"
    if size >= 1000 or float(value).is_integer():
        return f"{value:,.0f}"
    if size >= 0.01:
        return f"{value:.3f}" if size < 10 else f"{value:.2f}" if size < 100 else f"{value:.1f}"
    return f"{value:.2g}"


def signed(value: object) -> str:
    """An amount with its sign.

    >>> signed(63400.0), signed(-20)
    ('+63,400', '−20')
    """
    text = number(value)
    if text in (NOTHING, "0"):
        return text
    return "−" + text[1:] if text.startswith("-") else "+" + text


def share(value: object) -> str:
    """A share as percent.

    >>> share(0.974), share(0.99996), share(0.0)
    ('97 %', 'over 99.9 %', '0 %')
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        return NOTHING
    if 0.999 < value < 1:
        return "over 99.9 %"
    if 0 < value < 0.001:
        return "under 0.1 %"
    return f"{100 * value:.1f} %" if value > 0.99 and value < 1 else f"{100 * value:.0f} %"


def chance(value: object) -> str:
    """A probability that was counted in a few hundred replays: never certain.

    >>> chance(1.0), chance(0.974), chance(0.0)
    ('over 99 %', '97 %', 'under 1 %')
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if value > 0.99:
            return "over 99 %"
        if value < 0.01:
            return "under 1 %"
    return share(value)


def interval(estimate: Mapping[str, Any], *, with_sign: bool = False) -> str:
    """A value with its interval, as ``0.848 [0.836, 0.860]``."""
    show = signed if with_sign else number
    value, low, high = (show(estimate.get(name)) for name in ("value", "low", "high"))
    return value if NOTHING in (low, high) else f"{value} [{low}, {high}]"


def duration(seconds: object) -> str:
    """Seconds as people say them.

    >>> duration(0.034), duration(3.21), duration(118.2)
    ('34 ms', '3.2 s', '1 min 58 s')
    """
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)) or not math.isfinite(seconds):
        return NOTHING
    if seconds == 0:
        return NOTHING
    if seconds < 1:
        return f"{1000 * seconds:.0f} ms"
    if seconds < 60:
        return f"{seconds:.1f} s".replace(".0 ", " ")
    whole = round(seconds)
    return f"{whole // 60} min {whole % 60} s"


def decision(value: object) -> str:
    """A verdict's decision in words."""
    return _DECISIONS.get(str(value), plain(value))


def task(value: object) -> str:
    """What kind of thing is predicted, in words."""
    return _TASKS.get(str(value), plain(value))


def plain(value: object) -> str:
    """A name of ours without its underscores.

    >>> plain("single_column_leak")
    'single column leak'
    """
    return str(value).replace("_", " ")
