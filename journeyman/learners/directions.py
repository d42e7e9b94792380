"""Columns with which scores may only rise, or only fall, as LightGBM is told of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def directions_of(names: Sequence[str], rising: Sequence[str], falling: Sequence[str]) -> dict[int, int]:
    """Place of a column → 1 where scores may only rise with it, −1 where they may only fall.

    >>> directions_of(["a", "b", "c"], ["c"], ["a"])
    {0: -1, 2: 1}
    """
    signs = dict.fromkeys(rising, 1) | dict.fromkeys(falling, -1)
    return {place: signs[name] for place, name in enumerate(names) if name in signs}


def held_to(directions: dict[int, int], columns: int, settings: dict[str, Any]) -> dict[str, Any]:
    """LightGBM's settings, with the directions where there are any.

    Leaves of the absolute loss are set anew after a tree is grown, and keep no direction: the loss is squared then.
    """
    if not directions:
        return settings
    kept = {"objective": "regression"} if settings.get("objective") == "regression_l1" else {}
    return {**settings, **kept, "monotone_constraints": [directions.get(place, 0) for place in range(columns)]}
