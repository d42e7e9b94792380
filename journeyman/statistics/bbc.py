"""Bootstrap bias-corrected cross-validation: the whole choice replayed, and judged by rows it did not see.

The score of the best of many candidates is too good, because it was chosen for being good. So rows are drawn with
replacement, the choice is made again on the rows drawn, and what it chose is scored on the rows not drawn; the mean
of many such scores is what the choice is worth, their spread says how sure that is.

What is drawn are units: single rows, whole groups, or blocks of time. Up to `LIMIT` rows or so the metric is computed
afresh in every replay. A larger table is cut into `LIMIT` units at random, and a replay moves the metric by the sum
of its units' influences: exact for means, correct to first order for every other metric, and at that size
indistinguishable. So every replay is of the full number of rows, and no width has to be scaled up from a smaller
one; the choice is replayed with the noise that it really had.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from journeyman.statistics.measure import Measure
from journeyman.table.columns import Integers, Numbers

REPLAYS = 200
#: What intervals hold, unless the same rows have judged before.
SHARE = 0.95
LIMIT = 5_000
#: Blocks of time, when rows are drawn so. Few enough that neighbouring days fall into one block.
BLOCKS = 40

Form = Literal["rows", "clusters", "blocks"]
#: (replays, candidates, candidates): the standard error of the difference of each two.
Errors = NDArray[np.float64]
#: The measure of a replay.
MeasureAt = Callable[[int], Measure]


@dataclass(frozen=True)
class Units:
    """What is drawn: ``of_row`` (rows,) says which of ``count`` units a row belongs to."""

    form: Form
    of_row: Integers
    count: int

    @property
    def single(self) -> bool:
        """Whether each unit is one row, in order."""
        return self.form == "rows" and self.count == len(self.of_row)


def make_units(rows: int, *, groups: Integers | None = None, order: Integers | None = None, seed: int = 0) -> Units:
    """What has to be drawn together.

    Parameters
    ----------
    rows : how many there are
    groups : (rows,) codes of rows that belong together, or None
    order : (rows,) the rows' times, or None; where there are times, blocks of time are drawn
    """
    if order is not None:
        _, row_time, counts = np.unique(order, return_inverse=True, return_counts=True)
        middles = counts.cumsum() - counts / 2
        return _dense("blocks", (middles / max(rows, 1) * BLOCKS).astype(np.int64)[row_time])
    units = _dense("rows", np.arange(rows)) if groups is None else _dense("clusters", groups)
    if units.count <= LIMIT:
        return units
    random = np.random.default_rng(np.random.PCG64(seed))
    larger = random.permutation(units.count) % LIMIT
    return Units(units.form, larger[units.of_row], LIMIT)


def _dense(form: Form, codes: Integers) -> Units:
    levels, dense = np.unique(codes, return_inverse=True)
    return Units(form, dense.astype(np.int64), len(levels))


@dataclass(frozen=True)
class Bootstrap:
    """The draws: ``times`` (replays, units) says how often each unit was drawn, 0 where it is out of the bag.

    ``exact`` says whether the metric is computed afresh in every replay, or moved by influences.
    """

    units: Units
    times: NDArray[np.int64]
    exact: bool

    @classmethod
    def draw(cls, units: Units, *, seed: int, exact: bool | None = None, replays: int = REPLAYS) -> Bootstrap:
        """Draw as many units as there are, with replacement, ``replays`` times."""
        random = np.random.default_rng(np.random.PCG64(seed))
        times = np.zeros((replays, units.count), np.int64)
        for replay in range(replays if units.count else 0):
            times[replay] = np.bincount(random.integers(0, units.count, units.count), minlength=units.count)
        return cls(units, times, len(units.of_row) <= LIMIT if exact is None else exact)

    @property
    def replays(self) -> int:
        """How often the choice is replayed."""
        return len(self.times)

    def inside(
        self, measure: Measure, candidates: Sequence[int], at: MeasureAt | None = None
    ) -> tuple[Numbers, Errors]:
        """Scores (replays, candidates) on the rows drawn, and the standard errors of their differences.

        ``at`` gives the measure of a replay where candidates differ from replay to replay, as weights do that are found
        anew on the rows drawn; it is asked only where the metric is computed afresh (`exact`).
        """
        if not self.exact:
            whole, sums, mass = self._sums(measure, candidates)
            totals = self.times @ mass
            scores = whole + (self.times @ sums) / totals[:, None]
            return scores, np.stack(
                [_differences(sums, times, total) for times, total in zip(self.times, totals, strict=True)]
            )
        scores = np.full((self.replays, len(candidates)), np.nan)
        errors = np.zeros((self.replays, len(candidates), len(candidates)))
        for replay, times in enumerate(self.times):
            drawn = times[self.units.of_row]
            rows = np.flatnonzero(drawn)
            weights = measure.weights[rows] * drawn[rows]
            replayed = measure if at is None else at(replay)
            parts = [replayed.part(candidate, rows, weights) for candidate in candidates]
            scores[replay] = [score for score, _ in parts]
            sums = self._by_unit(rows, np.column_stack([part for _, part in parts]) * measure.weights[rows, None])
            counts = times[np.flatnonzero(times)] if self.units.single else times
            errors[replay] = _differences(sums, counts, float(weights.sum()))
        return scores, errors

    def outside(self, measure: Measure, candidates: NDArray[Any], at: MeasureAt | None = None) -> Numbers:
        """Scores on the rows not drawn, of the same shape as ``candidates``: (k,) or (replays, k).

        Given (k,), every replay scores the same ones, and the shape is (replays, k). NaN where there is no score.
        ``at`` is as in `inside`. What a metric says of few rows is taken as what it says of very many (`for_many`).
        """
        asked = np.broadcast_to(candidates, (self.replays, np.shape(candidates)[-1]))
        scores = np.full(asked.shape, np.nan)
        if not self.exact:
            known = np.unique(asked)
            whole, sums, mass = self._sums(measure, known.tolist())
            out = (self.times == 0).astype(np.float64)
            totals = (out @ mass)[:, None]
            moved = whole + np.divide(out @ sums, totals, out=np.full((len(out), len(known)), np.nan), where=totals > 0)
            # Moved from the score of all rows, whose own shortfall is as small as they are many.
            return np.take_along_axis(moved, np.searchsorted(known, asked), axis=1)
        for replay, times in enumerate(self.times):
            rows = np.flatnonzero(times[self.units.of_row] == 0)
            weights = measure.weights[rows]
            found: dict[int, float] = {}
            replayed = measure if at is None else at(replay)
            for place, candidate in enumerate(asked[replay].tolist()):
                if candidate not in found:
                    found[candidate] = replayed.part(candidate, rows, weights)[0]
                scores[replay, place] = found[candidate]
        if measure.for_many is not None:
            left = np.bincount(self.units.of_row, minlength=self.units.count)
            scores = measure.for_many(scores, ((self.times == 0) @ left)[:, None].astype(np.float64))
        return scores

    def whole(self, measure: Measure, candidates: Sequence[int]) -> tuple[Numbers, Numbers]:
        """Scores (candidates,) on all rows, and the standard errors of their differences (candidates, candidates)."""
        scores, sums, mass = self._sums(measure, candidates)
        return scores, _differences(sums, np.ones(len(sums)), float(mass.sum()))

    def _sums(self, measure: Measure, candidates: Sequence[int]) -> tuple[Numbers, Numbers, Numbers]:
        """On all rows: scores (k,), the weighted influences of each unit (units, k), the weight of each unit."""
        rows = np.arange(len(self.units.of_row))
        scores, sums = np.empty(len(candidates)), np.empty((self.units.count, len(candidates)))
        for place, candidate in enumerate(candidates):
            scores[place], influence = measure.part(candidate, rows, measure.weights)
            sums[:, place] = np.bincount(self.units.of_row, influence * measure.weights, self.units.count)
        mass: Numbers = np.bincount(self.units.of_row, measure.weights, self.units.count).astype(np.float64)
        return scores, sums, mass

    def _by_unit(self, rows: Integers, values: Numbers) -> Numbers:
        """Sums (units, k) of the values (rows, k); units of one row stay as they are."""
        if self.units.single:
            return values
        of_row = self.units.of_row[rows]
        return np.column_stack([np.bincount(of_row, one, self.units.count) for one in values.T])


def _differences(sums: Numbers, times: NDArray[Any], total: float) -> Numbers:
    """Standard errors of the paired differences of candidates, from the influences of units drawn ``times``."""
    products = (sums * times[:, None]).T @ sums / total**2
    own = np.diag(products)
    squares: Numbers = np.maximum(own[:, None] + own[None, :] - 2 * products, 0)
    return np.sqrt(squares)


def interval(values: Numbers, share: float = SHARE) -> tuple[float, float, float]:
    """Mean and percentile interval of the replays' scores, those that there are; NaN where there are too few.

    A share above 95 % takes `stretched` scores: replays are too few to hold rarer quantiles.
    """
    there = values[np.isfinite(values)]
    if len(there) < max(2, len(values) // 2):
        return np.nan, np.nan, np.nan
    asked = min(share, SHARE)
    low, high = np.quantile(stretched(there, share), [(1 - asked) / 2, (1 + asked) / 2])
    return float(there.mean()), float(low), float(high)


def stretched(values: Numbers, share: float) -> Numbers:
    """Replays' scores, moved away from their mean, so that their 95 % interval is that of a larger share.

    By the ratio of the normal distribution's quantiles. Where the share is 95 % or less they stay as they are; what is
    not finite stays so.
    """
    there = values[np.isfinite(values)]
    if share <= SHARE or not len(there):
        return values
    ratio = NormalDist().inv_cdf((1 + share) / 2) / NormalDist().inv_cdf((1 + SHARE) / 2)
    mean = float(there.mean())
    return np.asarray(mean + ratio * (values - mean))
