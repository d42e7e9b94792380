"""Numbers as people read them: one way for messages, terminal and report.

A percent sign has a space before it, as in ``4.2 %``; a minus sign is ``−``.
"""

from __future__ import annotations

import math
from typing import TypeGuard

NOTHING = "–"


def number(value: object) -> str:
    """A number with as many digits as a reader can use.

    >>> number(0.84812), number(-63400.2), number(12.345), number(0.0001234), number(None)
    ('0.848', '−63,400', '12.35', '0.00012', '–')
    """
    if not _is_finite(value):
        return NOTHING
    size = abs(value)
    if size == 0:
        return "0"
    if value < 0:
        return f"−{number(size)}"
    if size >= 1000 or float(value).is_integer():
        return f"{value:,.0f}"
    if size >= 0.01:
        return f"{value:.3f}" if size < 10 else f"{value:.2f}" if size < 100 else f"{value:.1f}"
    return f"{value:.2g}"


def signed(value: object) -> str:
    """An amount with its sign.

    >>> signed(63400.0), signed(-20), signed(0.0)
    ('+63,400', '−20', '0')
    """
    text = number(value)
    if text in (NOTHING, "0"):
        return text
    return text if text.startswith("−") else f"+{text}"


def share(value: object) -> str:
    """A share as percent.

    >>> share(0.974), share(0.99996), share(0.0), share(0.0016)
    ('97 %', 'over 99.9 %', '0 %', '0.2 %')
    """
    if not _is_finite(value):
        return NOTHING
    if 0.999 < value < 1:
        return "over 99.9 %"
    if 0 < value < 0.001:
        return "under 0.1 %"
    is_edge = 0.99 < value < 1 or 0 < value < 0.0095
    return f"{100 * value:.1f} %" if is_edge else f"{100 * value:.0f} %"


def chance(value: object) -> str:
    """A probability that was counted in a few hundred replays: never certain.

    >>> chance(1.0), chance(0.974), chance(0.0)
    ('over 99 %', '97 %', 'under 1 %')
    """
    if _is_finite(value):
        if value > 0.99:
            return "over 99 %"
        if value < 0.01:
            return "under 1 %"
    return share(value)


def _is_finite(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
