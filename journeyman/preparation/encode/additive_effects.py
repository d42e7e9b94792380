"""What each level of each column adds to the target, all columns together, each drawn to 0 as far as chance goes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from journeyman.plan.step import Array
from journeyman.table.columns import Integers, Numbers

#: Rounds over all columns at most, and by which share of the noise scores move in the middle when it is enough.
_ROUNDS, _STILL = 16, 0.01
#: Numbers are put into so many bins of like many rows, and no fewer than so many rows a bin; missing has a bin.
_MOST_BINS, _ROWS_IN_BIN = 16, 30
#: Up to so many levels moments are those of whole levels.
_FEW_LEVELS = 64
#: The farthest a logit goes; and how many times the first round's the variance of logits may become.
_FARTHEST, _GROWTH = 15.0, 2.0


class Factor(NamedTuple):
    """A column as levels: ``codes`` (rows,) in ``range(size)``."""

    codes: Integers
    size: int

    def take(self, rows: Integers) -> Factor:
        """Some of its rows."""
        return Factor(self.codes[rows], self.size)


def binned(number: Numbers) -> Factor:
    """A number, (rows,), in bins of like many rows; NaN in the last."""
    there = number[~np.isnan(number)]
    bins = max(2, min(_MOST_BINS, len(there) // _ROWS_IN_BIN))
    edges = np.unique(np.quantile(there, np.arange(1, bins) / bins, method="inverted_cdf")) if len(there) else there
    codes = np.where(np.isnan(number), len(edges) + 1, np.searchsorted(edges, number, side="right"))
    return Factor(codes, len(edges) + 2)


def effects(factors: Sequence[Factor], wanted: Numbers, weights: Numbers, *, is_share: bool) -> list[Numbers]:
    """The effects of each factor's levels, (size,) each; 0 of a level without rows.

    A mixed model: every factor's effects are draws around 0 with a variance of their own, and the best guess of an
    effect is what its rows leave of it, shrunk by how that variance compares with the noise in so many rows. Variances
    are found by moments in each round of backfitting, so nothing is to be chosen: by products of two different rows of
    a level, so that no one row weighs in it, however unlikely it was. Shares go through a logit, by reweighted least
    squares (penalised quasi-likelihood), which makes effects of a rare class run away: they are fitted ever better, and
    their variance, told by them, grows with them. So no row weighs less than one with the mean share, and variances
    stay near that of the first round, where nothing is fitted yet. With 300 levels of 13 rows the squared error is .68
    of the truth's variance for a class of 2 % of the rows, and .94 for one of .5 %; it was 1.7, and without bounds.

    Sources: Henderson, Best linear unbiased estimation, Biometrics 1975; Breslow and Clayton, Approximate inference in
    generalized linear mixed models, JASA 1993; Hastie and Tibshirani, Generalized Additive Models, 1990, for rounds.

    Parameters
    ----------
    wanted : (rows,) numbers, or 0 and 1
    weights : (rows,) how much each row counts, of mean about 1
    is_share : whether effects are logits
    """
    found = [np.zeros(one.size) for one in factors]
    total = float(weights.sum())
    if not total > 0:
        return found
    # No matrix products: their sums could depend on the number of threads.
    mean = float((weights * wanted).sum()) / total
    start = np.log(np.clip(mean, 1e-6, 1 - 1e-6) / np.clip(1 - mean, 1e-6, 1)) if is_share else mean
    score = np.full(len(wanted), start)
    least = max(mean * (1 - mean), 1e-6)
    used, most = 1.0, [np.inf] * len(factors)
    for round_ in range(_ROUNDS):
        if is_share:
            share = 1 / (1 + np.exp(-score))
            bend = np.maximum(share * (1 - share), least)
            rest, counted, noise = (wanted - share) / bend, weights * bend, 1.0
        else:
            rest, counted = wanted - score, weights
            noise = float((counted * rest * rest).sum()) / max(total - used, 1.0)
        before = rest.copy()
        used = 1.0
        for place, factor in enumerate(factors):
            rest += found[place][factor.codes]
            found[place], degrees, variance = _drawn(factor, rest, counted, noise, most[place])
            if is_share and not round_:
                most[place] = _GROWTH * variance
            rest -= found[place][factor.codes]
            used += degrees
        rest -= float((counted * rest).sum()) / float(counted.sum())
        moved = before - rest
        score = np.clip(score + moved, -_FARTHEST, _FARTHEST) if is_share else score + moved
        if float(np.abs(moved).mean()) <= _STILL * np.sqrt(noise):
            break
    return found


def in_common(down: Array, rows: Array, down_alone: Array, rows_alone: Array) -> tuple[Array, Array]:
    """What two different rows of a level have in common, summed over levels, and what it would be of variance 1.

    Shapes: (…, levels), of which the last axis goes. ``down`` and ``rows`` are sums over each level, of what rows leave
    and of how much they count; ``down_alone`` and ``rows_alone`` those of their squares.
    """
    held = np.maximum(rows, 1e-300)
    return ((down * down - down_alone) / held).sum(axis=-1), ((rows * rows - rows_alone) / held).sum(axis=-1)


def _drawn(factor: Factor, rest: Numbers, counted: Numbers, noise: float, most: float) -> tuple[Numbers, float, float]:
    """Effects of one factor on what the others leave, how many free ones they are worth, and their variance."""
    counted_rest = counted * rest
    down, rows = (np.bincount(factor.codes, one, factor.size) for one in (counted_rest, counted))
    if factor.size > _FEW_LEVELS:
        down_alone, rows_alone = (
            np.bincount(factor.codes, one, factor.size) for one in (counted_rest * counted_rest, counted * counted)
        )
        common, pairs = map(float, in_common(down, rows, down_alone, rows_alone))
    else:
        # Of few levels, of many rows each, one row weighs little in any case, and to count pairs takes twice as long.
        common = float((down * down / np.maximum(rows, 1e-300)).sum()) - noise * np.count_nonzero(rows > 0)
        pairs = float(rows.sum())
    variance = min(common / pairs, most) if common > 0 and pairs > 0 else 0.0
    if variance <= 0:
        return np.zeros(factor.size), 0.0, 0.0
    drawn = rows + noise / variance
    return down / drawn, float((rows / drawn).sum()), variance
