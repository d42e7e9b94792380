"""How consistent people are on like cases, and so how well any model of their decisions can do at best.

Where a case was decided several times, or cases are all but equal, agreement is counted. Where there are none, cases
are paired that a model takes for equally likely to be decided so: people agree on these at least as well as that, for
they may see what the model does not.

References: Kahneman, Rosenfield, Gandhi, Blaser 2016, Harvard Business Review 94 (level, pattern, occasion noise);
Devroye, Györfi, Lugosi 1996, A Probabilistic Theory of Pattern Recognition, chapter 5 (the error of neighbours and of
the best rule bound each other).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from journeyman.automation.answers import Answers
from journeyman.automation.like_cases import Pairs
from journeyman.statistics.learn_then_test import bounds
from journeyman.table.columns import Flags, Integers, Numbers

Ground = Literal["repeated", "near", "model", "none"]
#: Fewer pairs than these say too little.
FEWEST_PAIRS = 30
_TWO_SIDED = 1.959963984540054


@dataclass(frozen=True, kw_only=True)
class Consistency:
    """How often two decisions on like cases are equal.

    Parameters
    ----------
    ground : where that is seen: cases decided repeatedly, nearly equal cases, or cases that a model takes for equal;
        of the last the agreement is a lower bound
    agreement, low, high : the share of pairs that agree, with its 95 % interval
    pairs, cases : how many pairs, of how many cases
    ceiling_low, ceiling, ceiling_high : the best accuracy that any model of these decisions can reach: what is sure,
        the likeliest (NaN where nothing singles one out), and what cannot be exceeded
    """

    ground: Ground
    agreement: float = math.nan
    low: float = math.nan
    high: float = math.nan
    pairs: int = 0
    cases: int = 0
    ceiling_low: float = math.nan
    ceiling: float = math.nan
    ceiling_high: float = math.nan

    def as_data(self) -> dict[str, Any]:
        """The consistency as JSON."""
        return {
            "ground": self.ground,
            "agreement": {"value": self.agreement, "low": self.low, "high": self.high},
            "pairs": self.pairs,
            "cases": self.cases,
            "ceiling": {"value": self.ceiling, "low": self.ceiling_low, "high": self.ceiling_high},
        }


def consistency(
    decisions: Integers, count: int, repeated: Pairs, near: Pairs, answers: Answers | None = None
) -> Consistency:
    """Take the best evidence that there is: repeated cases, then near ones, then a model's.

    Parameters
    ----------
    decisions : (rows,) places of what was decided
    count : how many decisions there are to choose from
    repeated, near : pairs of those rows
    answers : of a model to cases that it never saw; its accuracy is a lower bound of what can be reached
    """
    for ground, pairs in (("repeated", repeated), ("near", near)):
        if len(pairs) >= FEWEST_PAIRS:
            value, low, high = agreement_of(decisions, pairs)
            # Like cases may be harder or easier than others: all that is said is of these.
            cases = np.unique(np.concatenate([pairs.one, pairs.other]))
            shares = np.bincount(decisions[cases], minlength=count) / len(cases)
            least = max(low, float(shares.max()))
            most = max(best_accuracy(high, count), least)
            middle = min(max(typical_accuracy(value, shares), least), most)
            return Consistency(
                ground="repeated" if ground == "repeated" else "near",
                agreement=value,
                low=low,
                high=high,
                pairs=len(pairs),
                cases=len(cases),
                ceiling_low=least,
                ceiling=middle,
                ceiling_high=most,
            )
    if answers is None or len(answers) < 2 * FEWEST_PAIRS:
        return Consistency(ground="none", ceiling_low=1 / count if count else 0.0, ceiling_high=1.0)
    pairs = paired_by_model(answers)
    value, low, high = agreement_of(answers.truth, pairs)
    reached, _ = bounds(int((~answers.wrong).sum()), len(answers), 0.05)
    least = max(low, reached)
    return Consistency(
        ground="model",
        agreement=value,
        low=low,
        high=high,
        pairs=len(pairs),
        cases=len(answers),
        ceiling_low=least,
        ceiling_high=1.0,
    )


def agreement_of(decisions: Integers, pairs: Pairs) -> tuple[float, float, float]:
    """The weighted share of pairs that agree, with its 95 % interval for as many independent cases as there are.

    Pairs of one cluster (the same case) are one piece of evidence. Wilson's interval for the effective number of them.
    """
    same = (decisions[pairs.one] == decisions[pairs.other]).astype(np.float64)
    total = float(pairs.weight.sum())
    if not total > 0:
        return math.nan, math.nan, math.nan
    value = float(pairs.weight @ same) / total
    away = np.bincount(pairs.cluster, pairs.weight * (same - value))
    variance = float(away @ away) / total**2
    there = len(np.unique(pairs.cluster))
    count = min(value * (1 - value) / variance, len(pairs)) if variance > 0 else float(there)
    middle = (value + _TWO_SIDED**2 / (2 * count)) / (1 + _TWO_SIDED**2 / count)
    spread = math.sqrt(value * (1 - value) / count + _TWO_SIDED**2 / (4 * count**2))
    half = _TWO_SIDED / (1 + _TWO_SIDED**2 / count) * spread
    return value, max(middle - half, 0.0), min(middle + half, 1.0)


def best_accuracy(agreement: float, classes: int) -> float:
    """The best accuracy that an agreement allows: where the decisions of every case are equally uncertain.

    For each case the chance of its likeliest decision follows from the chance that two decisions agree where the other
    decisions share the rest evenly, which is the most it can be; and the mean of a concave function is at most that
    function of the mean.

    >>> best_accuracy(0.82, 2), best_accuracy(1.0, 3)
    (0.9, 1.0)
    """
    if classes < 2:
        return 1.0
    inside = max((classes - 1) * (classes * agreement - 1), 0.0)
    return min((1 + math.sqrt(inside)) / classes, 1.0)


def typical_accuracy(agreement: float, shares: Numbers) -> float:
    """The best accuracy where cases differ in how likely each decision is as a beta distribution says; else the middle.

    Of two decisions the share and the agreement fix that distribution. Of more, halfway between what agreement makes
    sure and what it allows.
    """
    classes = len(shares)
    if classes != 2:
        return (agreement + best_accuracy(agreement, classes)) / 2
    from scipy.special import betainc

    mean = float(shares[1])
    spread = mean * (1 - mean)
    # Two decisions differ with probability 2 E[p (1 - p)] = 2 (mean (1 - mean) - variance).
    variance = spread - (1 - agreement) / 2
    if variance <= 1e-9 or spread <= 0:
        return max(mean, 1 - mean)
    if variance >= spread - 1e-9:
        return 1.0
    size = spread / variance - 1
    first, second = mean * size, (1 - mean) * size
    # E max(p, 1 - p) = E[p; p > 1/2] + E[1 - p; p <= 1/2].
    above = mean * (1 - float(betainc(first + 1, second, 0.5)))
    below = float(betainc(first, second, 0.5)) - mean * float(betainc(first + 1, second, 0.5))
    return above + below


def paired_by_model(answers: Answers) -> Pairs:
    """Neighbours in what the model answers: the same predicted class, and the next probability."""
    order = np.lexsort((answers.chance, answers.place))
    one, other = order[0:-1:2], order[1::2]
    kept: Flags = answers.place[one] == answers.place[other]
    one, other = one[kept], other[kept]
    return Pairs(one=one, other=other, weight=np.ones(len(one)), cluster=np.arange(len(one)))
