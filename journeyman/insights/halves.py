"""Two halves of the rows: one in which insights are found, and one that has no say in that and confirms them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from journeyman.table.columns import Integers, Numbers

#: Stretches of time by which halves alternate, where what is looked for goes along time itself.
STRETCHES = 40


@dataclass(frozen=True)
class Halves:
    """Positions of the rows of each half, ascending, and how they were split, in words."""

    first: Integers
    second: Integers
    words: str


def split_rows(rows: int, *, seed: int, order: Integers | None = None, groups: Integers | None = None) -> Halves:
    """Half of the rows each: the earlier and the later ones, or whole groups, or rows at random.

    Parameters
    ----------
    order : (rows,) times; rows of one time stay on one side
    groups : (rows,) codes of rows that belong together, and stay on one side where there is no time
    """
    if order is not None:
        ordered = np.sort(order)
        middle = ordered[len(ordered) // 2] if len(ordered) else 0
        later = order >= middle
        if not 0.3 <= later.mean() <= 0.7:
            later = order > middle
        if 0.3 <= later.mean() <= 0.7:
            return _halves(~later, "found on earlier rows, confirmed on later ones")
    random = np.random.default_rng(np.random.PCG64([seed, 1]))
    if groups is None:
        first = np.zeros(rows, np.bool_)
        first[random.permutation(rows)[: rows // 2]] = True
        return _halves(first, "rows split in two at random")
    codes = np.unique(groups, return_inverse=True)[1]
    sizes = np.bincount(codes)
    shuffled = random.permutation(len(sizes))
    # The largest first, each to the half that has fewer rows, so that one large group does not make halves uneven.
    side, totals = np.zeros(len(sizes), np.int64), [0, 0]
    for group in shuffled[np.argsort(-sizes[shuffled], kind="stable")].tolist():
        side[group] = int(totals[0] > totals[1])
        totals[side[group]] += int(sizes[group])
    words = "rows split in two at random"
    together = int((sizes > 1).sum())
    return _halves(side[codes] == 0, f"{words}, those that belong together on one side" if together else words)


def split_stretches(at: Numbers, *, seed: int) -> Halves:
    """Every other stretch of time each: both halves reach over all of it, and neighbours in time stay together.

    Parameters
    ----------
    at : (rows,) moments; NaN where missing, which are rows of neither half
    """
    known = np.flatnonzero(~np.isnan(at))
    edges = np.unique(np.quantile(at[known], np.linspace(0, 1, STRETCHES + 1)[1:-1])) if len(known) else np.empty(0)
    stretch = np.searchsorted(edges, at[known], side="right")
    # Of each two neighbours a coin says which is found on: were it always the first, cycles could hide in it.
    coins = np.random.default_rng(np.random.PCG64([seed, 2])).integers(0, 2, STRETCHES)
    first = (stretch + coins[stretch // 2]) % 2 == 0
    words = f"{STRETCHES} stretches of time in turn"
    return Halves(known[first], known[~first], words)


def _halves(first: np.ndarray[tuple[int], np.dtype[np.bool_]], words: str) -> Halves:
    return Halves(np.flatnonzero(first), np.flatnonzero(~first), words)
