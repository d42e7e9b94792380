"""Where the model errs most: groups of rows found on one half of the rows, and confirmed on the other."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np

from journeyman.evaluation.estimate import Estimate
from journeyman.evaluation.slices import groups_of
from journeyman.statistics.bbc import Units
from journeyman.table.columns import Columns, Flags, Integers, Numbers

#: A slice has so many rows at least, and so large a share of all.
FEWEST_ROWS, LEAST_SHARE, MOST_SHARE = 50, 0.02, 0.5
#: So many slices are taken to the other half, and listed at most. More taken there would make each harder to confirm.
TAKEN, LISTED = 8, 5
#: Slices of two columns are made of so many slices of one, those in which the loss is highest.
PAIRED = 24
#: A slice is taken to the other half where its loss is higher than elsewhere by so many standard errors and this share.
FOUND_ERRORS, WORSE = 2.0, 0.1
#: Of two slices, one of which lies with so much of its rows in the other, the stronger stands for both.
SAME = 0.6
#: Of more rows so many are looked at, drawn at random.
MOST_ROWS = 20_000
#: Tests together are wrong in at most this share of tables. Losses are skewed, and normal bounds a little too narrow:
#: at 0.05, something was listed in 8 of 167 tables without signal.
LEVEL = 0.025


@dataclass(frozen=True)
class WeakSlice:
    """A group of rows in which the model errs more than elsewhere, confirmed on rows that did not find it.

    Parameters
    ----------
    parts : the columns that cut it out, one or two, and which part of each, for people
    rows : rows in it of those that were looked at, of both halves
    loss, elsewhere : the mean loss of its rows, and of all others, in the half that confirmed it
    worse : the difference; the interval holds for all slices that were taken to that half together
    gain : what the model brings in its rows above what could be done without it, in that half
    """

    parts: tuple[tuple[str, str], ...]
    rows: int
    loss: float
    elsewhere: float
    worse: Estimate
    gain: Estimate

    def as_data(self) -> dict[str, Any]:
        """The slice as ``run.json`` holds it."""
        return {
            "parts": [{"column": column, "words": words} for column, words in self.parts],
            "rows": self.rows,
            "loss": self.loss,
            "elsewhere": self.elsewhere,
            "worse": self.worse.as_data(),
            "gain": self.gain.as_data(),
        }


@dataclass(frozen=True)
class WeakSlices:
    """What was confirmed, what was looked at on one half, how many were taken to the other, and of how many rows."""

    slices: tuple[WeakSlice, ...]
    looked_at: int
    taken: int
    rows: int

    def as_data(self) -> dict[str, Any]:
        """The slices as ``run.json`` holds them."""
        return {
            "slices": [one.as_data() for one in self.slices],
            "looked_at": self.looked_at,
            "taken": self.taken,
            "rows": self.rows,
        }


@dataclass(frozen=True)
class _Part:
    """A candidate: what cuts it out, and its rows."""

    parts: tuple[tuple[str, str], ...]
    rows: Flags


@dataclass(frozen=True)
class _Half:
    """One half of the rows, with what is needed to compare a group of them with the others: (rows of the half,) each.

    ``places`` are those of its rows among all.
    """

    places: Integers
    values: Numbers
    weights: Numbers
    of_unit: Integers
    units: int

    @classmethod
    def of(cls, rows: Flags, values: Numbers, weights: Numbers, units: Units) -> _Half:
        """The half that some flags mark."""
        places = np.flatnonzero(rows)
        return cls(places, values[places], weights[places], units.of_row[places], units.count)

    def compare(self, rows: Flags) -> tuple[float, float, float]:
        """The mean inside, elsewhere, and the standard error of the difference; rows of a unit are one evidence."""
        inside = rows[self.places]
        within = np.where(inside, self.weights, 0.0)
        total, rest = float(within.sum()), float(self.weights.sum() - within.sum())
        if total <= 0 or rest <= 0:
            return np.nan, np.nan, np.inf
        whole = float(self.weights @ self.values)
        mean = float(within @ self.values) / total
        other = (whole - mean * total) / rest
        part = np.where(inside, (self.values - mean) / total, (other - self.values) / rest) * self.weights
        return mean, other, float(np.sqrt((np.bincount(self.of_unit, part, self.units) ** 2).sum()))

    def mean(self, rows: Flags) -> tuple[float, float]:
        """The mean inside, and its standard error."""
        inside = rows[self.places]
        within = np.where(inside, self.weights, 0.0)
        mean = float(within @ self.values) / float(within.sum())
        part = within * (self.values - mean)
        return mean, float(np.sqrt((np.bincount(self.of_unit, part, self.units) ** 2).sum()) / within.sum())


def weak_slices(
    columns: Columns, losses: Numbers, gains: Numbers, weights: Numbers, units: Units, *, seed: int = 0
) -> WeakSlices:
    """Find groups on one half of the rows, and keep those that the other half confirms.

    Candidates are the levels, thirds and missing cells of single columns, and pairs of the worst of them. On the half
    that finds them they are ranked by how far the loss is above that of the other rows, in standard errors; the few
    best that are not the same rows again go to the other half. There each is tested once, one-sided, by Holm's rule:
    in less than 5 % of tables where the loss is the same everywhere any slice is listed.

    Parameters
    ----------
    columns : of the scored rows
    losses : (rows,) of the shipped model
    gains : (rows,) what it brings in each row above what could be done without it
    weights : (rows,) how much each row counts
    units : rows of one unit stay in one half, and are one piece of evidence

    Sources: Chung et al., Slice Finder, ICDE 2019, and Sagadeeva and Boehm, SliceLine, SIGMOD 2021, for the search;
    Holm, Scandinavian Journal of Statistics 6 (1979).
    """
    if columns.rows > MOST_ROWS:
        some = np.sort(np.random.default_rng(np.random.PCG64(seed)).choice(columns.rows, MOST_ROWS, replace=False))
        columns, losses, gains, weights = columns.take(some), losses[some], gains[some], weights[some]
        units = Units(units.form, units.of_row[some], units.count)
    finds = _finding_half(units, seed)
    finding, confirming = (_Half.of(rows, losses, weights, units) for rows in (finds, ~finds))
    least = max(FEWEST_ROWS, int(LEAST_SHARE * columns.rows))
    singles = [_Part(((name, words),), rows) for name, words, rows in groups_of(columns, least)]
    singles = [one for one in singles if one.rows.mean() <= MOST_SHARE]
    ranked = sorted(((_strength(finding, one.rows), place) for place, one in enumerate(singles)), reverse=True)
    pairs = list(_pairs([singles[place] for _, place in ranked[:PAIRED]], least))
    candidates = [*singles, *pairs]
    taken = _best(candidates, finding)
    if not taken:
        return WeakSlices((), len(candidates), 0, columns.rows)
    tested = [(one, *confirming.compare(one.rows)) for one in taken]
    held = _holm([(inside - elsewhere) / error for _, inside, elsewhere, error in tested])
    width = _normal_quantile(1 - 0.025 / len(taken))
    gaining = _Half.of(~finds, gains, weights, units)
    found = [
        _told(one, inside, elsewhere, error, width, gaining)
        for (one, inside, elsewhere, error), is_held in zip(tested, held, strict=True)
        if is_held and inside > (1 + WORSE / 2) * elsewhere
    ]
    found.sort(key=lambda one: -one.worse.low)
    return WeakSlices(tuple(found[:LISTED]), len(candidates), len(taken), columns.rows)


def _told(one: _Part, inside: float, elsewhere: float, error: float, width: float, gaining: _Half) -> WeakSlice:
    worse = Estimate(inside - elsewhere, inside - elsewhere - width * error, inside - elsewhere + width * error)
    mean, gain_error = gaining.mean(one.rows)
    half = width * gain_error
    return WeakSlice(one.parts, int(one.rows.sum()), inside, elsewhere, worse, Estimate(mean, mean - half, mean + half))


def _finding_half(units: Units, seed: int) -> Flags:
    """Half of the units, drawn at random; blocks of time turn by turn, so that both halves hold all of it."""
    if units.form == "blocks":
        return np.asarray(units.of_row % 2 == 0)
    shuffled = np.random.default_rng(np.random.PCG64(seed)).permutation(units.count)
    return np.asarray(shuffled[units.of_row] % 2 == 0)


def _pairs(worst: Sequence[_Part], least: int) -> Iterator[_Part]:
    for one, other in itertools.combinations(worst, 2):
        if one.parts[0][0] == other.parts[0][0]:
            continue
        rows = one.rows & other.rows
        # A pair that is nearly one of the two says no more than that one.
        if rows.sum() >= least and rows.sum() <= 0.8 * min(one.rows.sum(), other.rows.sum()):
            yield _Part((*one.parts, *other.parts), rows)


def _strength(half: _Half, rows: Flags) -> float:
    """By how many standard errors the loss is higher inside; −inf where it is no higher than is worth a word."""
    inside, elsewhere, error = half.compare(rows)
    if not error > 0 or not np.isfinite(error) or not inside > (1 + WORSE) * elsewhere:
        return -np.inf
    return (inside - elsewhere) / error


def _best(candidates: Sequence[_Part], half: _Half) -> list[_Part]:
    """The strongest, none of which is nearly another one."""
    strengths = [_strength(half, one.rows) for one in candidates]
    order = sorted(
        (place for place, one in enumerate(strengths) if one >= FOUND_ERRORS), key=lambda place: -strengths[place]
    )
    taken: list[_Part] = []
    for place in order:
        rows = candidates[place].rows
        if all((rows & one.rows).sum() < SAME * min(rows.sum(), one.rows.sum()) for one in taken):
            taken.append(candidates[place])
        if len(taken) == TAKEN:
            break
    return taken


def _holm(strengths: Sequence[float]) -> list[bool]:
    """Which one-sided tests hold together at `LEVEL`."""
    order = sorted(range(len(strengths)), key=lambda place: -np.nan_to_num(strengths[place], nan=-np.inf))
    held = [False] * len(strengths)
    for step, place in enumerate(order):
        if not strengths[place] > _normal_quantile(1 - LEVEL / (len(strengths) - step)):
            break
        held[place] = True
    return held


def _normal_quantile(share: float) -> float:
    return NormalDist().inv_cdf(share)
