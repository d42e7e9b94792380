"""Reading numbers out of a summary that anybody may have written."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, TypeGuard


def is_number(value: object) -> TypeGuard[float]:
    """Whether it is a finite number; true and false are none."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def part(summary: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """A part of a summary; empty where it is missing, or no mapping."""
    found = summary.get(name)
    return found if isinstance(found, Mapping) else {}


def floats(values: object) -> tuple[float, ...]:
    """A list of numbers; empty where one of them is none."""
    if not isinstance(values, (list, tuple)) or not all(map(is_number, values)):
        return ()
    return tuple(map(float, values))
