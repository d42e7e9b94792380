"""How people who decide differ: some are more lenient (level), some weigh cases otherwise (pattern), and by the day.

The decision that the model takes for the positive one, or else the rarest, is what level is told of. Kahneman, Sibony,
Sunstein 2021, Noise, chapter 6: system noise² = level noise² + pattern noise², of which occasion noise is a part.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from journeyman.automation.consistency import FEWEST_PAIRS, agreement_of
from journeyman.automation.like_cases import Pairs
from journeyman.table.columns import Flags, Integers, Numbers

#: Actors with fewer cases are told together, as they are too few to be judged.
FEWEST_CASES = 20


@dataclass(frozen=True, kw_only=True)
class Actor:
    """A person's share of a decision beyond what their cases explain, in shares of cases, drawn towards nobody's fault.

    ``offset`` 0.05: decides so in five of a hundred cases more than others would.
    """

    name: str
    cases: int
    share: float
    offset: float


@dataclass(frozen=True, kw_only=True)
class Noise:
    """How people differ. Standard deviations in shares of cases; NaN where too few like cases tell.

    Parameters
    ----------
    decision : the decision that levels are about
    actors : from the strictest to the most lenient with it
    level : between people, how often they decide so on the same mix of cases
    pattern : between people, in which cases, beyond their level
    occasion : of one person on like cases
    p_value : of the hypothesis that all people decide alike
    same, different : agreement of one person on like cases, and of two
    """

    decision: str
    actors: tuple[Actor, ...]
    level: float
    pattern: float
    occasion: float
    p_value: float
    same: float
    different: float

    def as_data(self) -> dict[str, Any]:
        """The noise as JSON."""
        return {
            "decision": self.decision,
            "level": self.level,
            "pattern": self.pattern,
            "occasion": self.occasion,
            "p_value": self.p_value,
            "agreement_of_one": self.same,
            "agreement_of_two": self.different,
            "actors": [
                {"name": one.name, "cases": one.cases, "share": one.share, "offset": one.offset} for one in self.actors
            ],
        }


def noise(
    decided: Flags,
    expected: Numbers,
    actor: Integers,
    names: Sequence[str],
    pairs: Pairs,
    pair_actor: Integers,
    pair_decisions: Integers,
    decision: str,
) -> Noise | None:
    """Take the differences between people apart; None with fewer than two people who decided enough.

    Parameters
    ----------
    decided, expected, actor : (cases,) whether it was decided so, how likely a model that knows the case but not the
        actor took that to be (for cases that it never saw), and who decided
    names : of the actors, by their code
    pairs, pair_actor, pair_decisions : like cases, and the actor and the decision of each row that they name
    """
    counts = np.bincount(actor, minlength=len(names))
    kept = np.flatnonzero(counts >= FEWEST_CASES)
    if len(kept) < 2:
        return None
    mean = np.bincount(actor, decided - expected, len(names))[kept] / counts[kept]
    around = np.bincount(actor, expected * (1 - expected), len(names))[kept] / counts[kept] ** 2
    around = np.maximum(around, 1e-12)
    centre = float((mean / around).sum() / (1 / around).sum())
    spread = float(((mean - centre) ** 2 / around).sum())
    degrees = len(kept) - 1
    # DerSimonian and Laird 1986, Controlled Clinical Trials 7: the variance between, from how far means differ.
    weights = 1 / around
    scale = float(weights.sum() - (weights**2).sum() / weights.sum())
    between = max((spread - degrees) / scale, 0.0) if scale > 0 else 0.0
    from scipy.special import chdtrc

    shrunk = (mean - centre) * between / (between + around)
    shares = np.bincount(actor, decided, len(names))[kept] / counts[kept]
    actors = sorted(
        (
            Actor(name=names[code], cases=int(counts[code]), share=float(shares[place]), offset=float(shrunk[place]))
            for place, code in enumerate(kept.tolist())
        ),
        key=lambda one: one.offset,
    )
    is_same = pair_actor[pairs.one] == pair_actor[pairs.other]
    same, different = (_agreement(pair_decisions, pairs.take(one)) for one in (is_same, ~is_same))
    # Of two equal-or-not decisions half the share that differs is a variance.
    occasion = (1 - same) / 2
    pattern = (1 - different) / 2 - between - occasion
    return Noise(
        decision=decision,
        actors=tuple(actors),
        level=math.sqrt(between),
        pattern=math.sqrt(max(pattern, 0.0)) if not math.isnan(pattern) else math.nan,
        occasion=math.sqrt(occasion) if not math.isnan(occasion) else math.nan,
        p_value=float(chdtrc(degrees, spread)),
        same=same,
        different=different,
    )


def _agreement(decisions: Integers, pairs: Pairs) -> float:
    return agreement_of(decisions, pairs)[0] if len(pairs) >= FEWEST_PAIRS else math.nan
