"""What is at stake, in words: in money where somebody said what decisions are worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from journeyman.monitoring.reference import Reference


def mean_of(recent: Sequence[Mapping[str, Any]], name: str, rows: str = "rows") -> float | None:
    """The mean of a fact over the newest batches, weighted by their rows; None where none has it."""
    there = [(one[name], one[rows]) for one in recent if one.get(name) is not None and one.get(rows)]
    total = sum(count for _, count in there)
    return sum(value * count for value, count in there) / total if total else None


def amount(value: float) -> str:
    """An amount with as many digits as it needs.

    >>> amount(63412.3), amount(-0.25)
    ('63,412', '-0.25')
    """
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def all_of_it(reference: Reference) -> str:
    """Everything the model earns."""
    if reference.payoff is None:
        return "no row gets a prediction until this is put right"
    return f"no row gets a prediction: {amount(reference.payoff['value'])} per 1,000 rows"


def promised_change(reference: Reference, recent: Sequence[Mapping[str, Any]]) -> str:
    """How what decisions promise has changed; empty where there is no rule."""
    now = mean_of(recent, "promised")
    if reference.promise is None or now is None:
        return ""
    before = -1000 * reference.promise.mean
    return f"decisions promise {amount(1000 * now)} per 1,000 rows, {amount(before)} at the build"


def of_share(reference: Reference, share: float) -> str:
    """What the model earns on a share of rows."""
    if reference.payoff is None:
        return f"{100 * share:.3g} % of rows are answered without experience"
    worth = amount(share * reference.payoff["value"])
    return f"{100 * share:.3g} % of rows, which stand for {worth} per 1,000"
