"""Which past cases teach the model, which plan the test, and which are kept for the test and seen by nothing else."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from journeyman.errors import InputError
from journeyman.table.columns import Integers

#: The share of cases that is set aside, and the most: an error of 2 % is known to a quarter of a percent then.
ASIDE, MOST_ASIDE = 0.5, 12_000
#: Of those, the share that plans in which order thresholds are tested.
PLANNING = 0.2
#: Fewer cases than these are not split.
FEWEST = 100


@dataclass(frozen=True, kw_only=True)
class Apart:
    """Positions of the cases of each part, rising; no case is in two of them.

    Parameters
    ----------
    learn : the model is chosen and fitted on these
    plan : these say in which order thresholds are tested
    test : these test them
    by_time : whether the parts follow each other in time
    """

    learn: Integers
    plan: Integers
    test: Integers
    by_time: bool = False


def set_apart(rows: int, *, groups: Integers | None = None, order: Integers | None = None, seed: int = 0) -> Apart:
    """Split cases: at random in whole groups, or forward in time with the newest for the test.

    Nothing is balanced by what was decided: a random test has as many of each as chance gives, as new cases will.

    Parameters
    ----------
    groups : (rows,) codes of cases that belong together, or None; not looked at where there is an order
    order : (rows,) times of decision, or None; cases of one time stay in one part

    Raises
    ------
    InputError : there are too few cases, or too few groups or times
    """
    aside = min(ASIDE, MOST_ASIDE / max(rows, 1))
    shares = np.cumsum([1 - aside, aside * PLANNING])
    if rows < FEWEST:
        raise InputError(
            f"there are {rows} past decisions: too few",
            because=f"a guarantee needs cases that the model never saw; below {FEWEST} cases nothing can be shown",
            remedy="give more past decisions",
            code="too_few_rows",
        )
    if order is not None:
        _, units = np.unique(order, return_inverse=True)
        place = np.arange(int(units.max()) + 1)
    else:
        units = np.arange(rows) if groups is None else np.unique(groups, return_inverse=True)[1]
        place = np.random.default_rng(np.random.PCG64(seed)).permutation(int(units.max()) + 1)
    sizes = np.bincount(units)
    ordered = np.argsort(place, kind="stable")
    ends = np.cumsum(sizes[ordered])
    part_of_unit = np.empty(len(sizes), np.int64)
    # A unit belongs to the part in which its middle row falls.
    part_of_unit[ordered] = np.searchsorted(shares, (ends - sizes[ordered] / 2) / rows, side="right")
    part = part_of_unit[units]
    learn, plan, test = (np.flatnonzero(part == one) for one in range(3))
    if not (len(learn) and len(plan) and len(test)):
        raise InputError(
            "the past decisions cannot be set apart",
            because=f"they are of {len(sizes)} times or groups only, and these stay together",
            remedy="give decisions of more of them, or say --when none, --entity none",
        )
    return Apart(learn=learn, plan=plan, test=test, by_time=order is not None)
