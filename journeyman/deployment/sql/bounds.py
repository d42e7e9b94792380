"""What is known of a number before any row is seen: its range, whether it may be missing, how small it may be.

Databases stop a query where a number grows too large, becomes too small, or is divided by zero; a graph goes on.
With bounds the compiler knows where that can happen, and puts a guard there and nowhere else.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace

#: The largest number; it stands for infinity, which is never made.
MOST = sys.float_info.max
#: From here on a result is what would be infinite.
BEYOND = MOST * (1 - 2.0**-49)
#: The smallest size of a number that is not 0.
LEAST = 5e-324
#: Below this size a result is taken for 0 where the database would refuse it.
TINY = 1e-300
_STEP = 2.0**-54


@dataclass(frozen=True, slots=True)
class Bounds:
    """The range of a term's numbers.

    Parameters
    ----------
    low, high : between these, where it is there; finite
    missing : whether it may be missing (NULL)
    least : its size is 0 or at least this
    """

    low: float = -MOST
    high: float = MOST
    missing: bool = True
    least: float = LEAST

    @property
    def size(self) -> float:
        """The largest size."""
        return max(abs(self.low), abs(self.high))

    @property
    def is_constant(self) -> bool:
        """Whether there is one number only, and it is there."""
        return self.low == self.high and not self.missing

    def there(self) -> Bounds:
        """The same where nothing is missing."""
        return replace(self, missing=False)

    def within(self, low: float, high: float) -> Bounds:
        """The same, held between two numbers."""
        least = min([self.least, *(abs(one) for one in (low, high) if one)])
        return Bounds(min(max(self.low, low), high), max(min(self.high, high), low), self.missing, least)


def held(value: float) -> float:
    """A number that is finite: infinity is the largest."""
    return min(max(value, -MOST), MOST)


def of_value(value: float | None) -> Bounds:
    """The bounds of a constant; None is missing."""
    if value is None:
        return Bounds(0.0, 0.0, True, 1.0)
    return Bounds(value, value, False, abs(value) or 1.0)


def either(first: Bounds, second: Bounds) -> Bounds:
    """One of two."""
    low, high = min(first.low, second.low), max(first.high, second.high)
    return Bounds(low, high, first.missing or second.missing, min(first.least, second.least))


def added(*parts: Bounds) -> Bounds:
    """A sum."""
    low, high = held(sum(one.low for one in parts)), held(sum(one.high for one in parts))
    missing = any(one.missing for one in parts)
    least = min(one.least for one in parts)
    fixed = [one for one in parts if one.is_constant and one.low]
    if len(parts) == 2 and len(fixed) == 1:
        # Either near the constant, or at least as far from it as floats of its size are apart.
        least = max(fixed[0].size * _STEP, LEAST)
    elif not (all(one.low >= 0 for one in parts) or all(one.high <= 0 for one in parts)):
        least = max(least * _STEP, LEAST)
    return Bounds(low, high, missing, least)


def negated(one: Bounds) -> Bounds:
    """The same with the other sign."""
    return Bounds(-one.high, -one.low, one.missing, one.least)


def sized(one: Bounds) -> Bounds:
    """Without the sign."""
    low = 0.0 if one.low <= 0 <= one.high else min(abs(one.low), abs(one.high))
    return Bounds(low, one.size, one.missing, one.least)


def multiplied(first: Bounds, second: Bounds) -> Bounds:
    """A product."""
    corners = [held(a * b) for a in (first.low, first.high) for b in (second.low, second.high)]
    least = max(first.least * second.least, LEAST)
    return Bounds(min(corners), max(corners), first.missing or second.missing, least)


def divided(first: Bounds, second: Bounds) -> Bounds:
    """A quotient whose divisor is never 0."""
    near = max(second.least, min(abs(second.low), abs(second.high)) if second.low * second.high > 0 else 0.0)
    most = held(first.size / near)
    low = 0.0 if first.low >= 0 and second.low >= 0 else -most
    high = 0.0 if first.high <= 0 and second.low >= 0 else most
    missing = first.missing or second.missing
    return Bounds(low, high, missing, max(first.least / max(second.size, LEAST), LEAST))
