"""Which insights are told, and in which order: those that say most, each beside what stands above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from journeyman.insights.kind import Candidate
from journeyman.table.columns import Numbers

#: So many are told at most; from this likeness on two say the same; by how much likeness, and a kind that was told
#: before, lower a score.
MOST_TOLD, SAME, LIKENESS, AGAIN = 12, 0.65, 0.7, 0.85
#: By how much likeness of rows counts between insights about different outcomes.
OTHER_OUTCOME = 0.6


@dataclass(frozen=True)
class Ranked:
    """A confirmed candidate with what it is worth telling, and what it is like.

    Parameters
    ----------
    score : |effect| × coverage × surprise; an effect on the scale of correlations holds its coverage
    signature : (rows,) a number a row, of length 1 around its mean; None where columns tell
    """

    place: int
    candidate: Candidate
    score: float
    signature: Numbers | None


def normed(signature: Numbers | None) -> Numbers | None:
    """A signature around its mean, of length 1; None where it does not differ."""
    if signature is None:
        return None
    away = signature - signature.mean()
    size = float(np.sqrt(away @ away))
    return away / size if size > 0 else None


def best(found: Sequence[Ranked], most: int = MOST_TOLD) -> list[Ranked]:
    """The ones to tell, the best first: greedily by score less what is said already (maximal marginal relevance).

    Source: Carbonell and Goldstein 1998, SIGIR.
    """
    left, told = sorted(found, key=lambda one: (-one.score, one.place)), list[Ranked]()
    nearest = {one.place: 0.0 for one in left}
    of_kind: dict[str, int] = {}
    while left and len(told) < most:
        worth = {
            one.place: one.score * (1 - LIKENESS * nearest[one.place]) * AGAIN ** of_kind.get(one.candidate.kind, 0)
            for one in left
        }
        chosen = max(left, key=lambda one: (worth[one.place], -one.place))
        told.append(replace(chosen, score=worth[chosen.place]))
        of_kind[chosen.candidate.kind] = of_kind.get(chosen.candidate.kind, 0) + 1
        left.remove(chosen)
        for one in left:
            nearest[one.place] = max(nearest[one.place], likeness(one, chosen))
        left = [one for one in left if nearest[one.place] < SAME]
        seen = {name for one in told if one.signature is None for name in one.candidate.columns}
        # Of columns that all go together a few pairs tell it.
        left = [one for one in left if one.signature is not None or not set(one.candidate.columns) <= seen or _own(one)]
    return told


def likeness(one: Ranked, other: Ranked) -> float:
    """How far two insights say the same, 0 to 1."""
    mine, theirs = set(one.candidate.columns), set(other.candidate.columns)
    signed = one.signature is not None and other.signature is not None
    alike = abs(float(one.signature @ other.signature)) if signed else 0.0  # type: ignore[operator]  # both are there
    if one.candidate.outcome != other.candidate.outcome:
        # Of another class, or another number, the same group says something else, but not much.
        return OTHER_OUTCOME * alike
    if signed:
        return alike
    if mine == theirs and one.signature is None and other.signature is None:
        return 1.0
    return 0.4 * len(mine & theirs) / len(mine | theirs)


def _own(one: Ranked) -> bool:
    """Whether it says something of single columns, or of an outcome, that pairs do not say."""
    return one.candidate.outcome >= 0 or len(one.candidate.columns) == 1
