"""Outcomes that are known for one decision only: who was refused a loan never shows whether they would have paid.

What a model does where the others decided is then not in the table. What can be said: bounds, with the worst and the
best that the unknown outcomes can be; and where people differ in leniency, what the cases of the most lenient ones show
of a stricter rule (contraction: Lakkaraju and others 2017, KDD). Never one number alone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from journeyman.statistics.learn_then_test import bounds
from journeyman.table.columns import Flags, Integers, Numbers

#: Outcomes count as known for one decision only where they lack in this share of cases of another one, and are there in
#: this share of its own.
LACKING, THERE = 0.95, 0.5
#: People whose cases show what a stricter rule does decided so many at least, and this much more leniently than it.
FEWEST_CASES, LENIENT = 50, 0.02
_REPLAYS = 400


@dataclass(frozen=True, kw_only=True)
class Known:
    """For which decisions outcomes are known.

    Parameters
    ----------
    shares : decision → the share of its cases whose outcome is known
    acted : the decisions for which they are; empty where they are known for all alike
    """

    shares: dict[str, float]
    acted: tuple[str, ...] = ()

    @property
    def is_selective(self) -> bool:
        """Whether outcomes are known for some decisions only."""
        return bool(self.acted)

    @property
    def sentence(self) -> str:
        """What that means, in a sentence."""
        told = ", ".join(f"{100 * share:.0f} % where {label}" for label, share in self.shares.items())
        if not self.is_selective:
            return f"the outcome is known of {told}"
        named = " or ".join(repr(one) for one in self.acted)
        return (
            f"the outcome is known only where the decision was {named} ({told}): what would have come of the others "
            "nobody knows, so no error against the outcome is claimed, only bounds"
        )


def outcomes_known(decisions: Integers, labels: tuple[str, ...], known: Flags) -> Known:
    """For which decisions outcomes are known: ``decisions`` (rows,) places of labels, ``known`` (rows,)."""
    counts = np.bincount(decisions, minlength=len(labels))
    shares = np.bincount(decisions, known, len(labels)) / np.maximum(counts, 1)
    told = {label: float(share) for label, share, count in zip(labels, shares, counts, strict=True) if count}
    some = any(share <= 1 - LACKING for share in told.values())
    acted = tuple(label for label, share in told.items() if share >= THERE)
    return Known(shares=told, acted=acted if some else ())


@dataclass(frozen=True, kw_only=True)
class Failures:
    """How many of all cases end badly, when a rule acts on a share of them; each rate is of all cases.

    Parameters
    ----------
    share : of cases that are acted on, as people do on average
    human : the rate under the people's own decisions, with its interval: it is in the table
    low, high : bounds of the rate when the model acts on as many, whatever the unknown outcomes are
    contraction : the rate by the cases of lenient people, with its interval; None where nobody is lenient enough
    lenient : how many people, of how many cases
    bad : the outcome that counts as bad
    """

    share: float
    human: tuple[float, float, float]
    low: float
    high: float
    contraction: tuple[float, float, float] | None
    lenient: tuple[int, int]
    bad: str

    def as_data(self) -> dict[str, Any]:
        """The rates as JSON."""
        ends = ("value", "low", "high")
        return {
            "share": self.share,
            "human": dict(zip(ends, self.human, strict=True)),
            "bounds": {"low": self.low, "high": self.high},
            "contraction": None if self.contraction is None else dict(zip(ends, self.contraction, strict=True)),
            "lenient": {"people": self.lenient[0], "cases": self.lenient[1]},
            "bad_outcome": self.bad,
        }


def failures(
    risk: Numbers,
    acted: Flags,
    bad: Flags,
    actor: Integers | None,
    *,
    name: str,
    share: float | None = None,
    seed: int = 0,
) -> Failures:
    """Failure rates of people, and of a model that acts on the least risky cases, at one share of cases.

    Parameters
    ----------
    risk : (cases,) how likely a bad outcome is by the model, for cases that it never saw
    acted : (cases,) where people acted, and the outcome is known
    bad : (cases,) bad outcomes among these; not looked at elsewhere
    actor : (cases,) who decided, or None; cases must have come to people by chance
    name : of the bad outcome
    share : of cases that the rule acts on; people's own where it is None
    """
    cases = len(risk)
    share = float(acted.mean()) if share is None else share
    failed = acted & bad
    human = (float(failed.mean()), *bounds(int(failed.sum()), cases, 0.05))
    order = np.argsort(risk, kind="stable")
    taken = np.zeros(cases, np.bool_)
    taken[order[: round(share * cases)]] = True
    seen, unknown = int((taken & failed).sum()), int((taken & ~acted).sum())
    contracted, people = None, (0, 0)
    if actor is not None:
        rows, count = _lenient(acted, actor, share)
        if len(rows):
            people = (count, len(rows))
            contracted = _contracted(risk[rows], acted[rows], bad[rows], share, seed)
    return Failures(
        share=share,
        human=human,
        low=bounds(seen, cases, 0.05)[0],
        high=bounds(seen + unknown, cases, 0.05)[1],
        contraction=contracted,
        lenient=people,
        bad=name,
    )


def _lenient(acted: Flags, actor: Integers, share: float) -> tuple[Integers, int]:
    """The cases of people who act more often than the rule would, and how many people these are."""
    counts = np.bincount(actor)
    rates = np.bincount(actor, acted) / np.maximum(counts, 1)
    kept = np.flatnonzero((counts >= FEWEST_CASES) & (rates >= share + LENIENT))
    # Of those the most lenient half, but one at least: the less lenient, the more the rule's own cases are unknown.
    kept = kept[np.argsort(-rates[kept], kind="stable")][: max(1, math.ceil(len(kept) / 2))] if len(kept) else kept
    return np.flatnonzero(np.isin(actor, kept)), len(kept)


def _contracted(risk: Numbers, acted: Flags, bad: Flags, share: float, seed: int) -> tuple[float, float, float]:
    value = _contraction(risk, acted, bad, share)
    random = np.random.default_rng(np.random.PCG64(seed))
    drawn = [
        _contraction(risk[rows], acted[rows], bad[rows], share)
        for rows in random.integers(0, len(risk), (_REPLAYS, len(risk)))
    ]
    low, high = np.quantile(drawn, [0.025, 0.975])
    return value, float(low), float(high)


def _contraction(risk: Numbers, acted: Flags, bad: Flags, share: float) -> float:
    """The failure rate when of what lenient people acted on only the least risky are left, in the share wanted."""
    rows = np.flatnonzero(acted)
    left = rows[np.argsort(risk[rows], kind="stable")][: round(share * len(risk))]
    return float(bad[left].sum()) / len(risk)
