"""Shares of the bins of each column among the rows of the reference, and from where on they are too many."""

from __future__ import annotations

from statistics import NormalDist
from typing import Any

import numpy as np

from journeyman.evaluation.judged import Judged
from journeyman.monitoring.bins import Codes, make_bins, unseen_alone
from journeyman.monitoring.reference import ANSWER, SURE, Watched, level_of
from journeyman.table.columns import Integers, Numbers
from journeyman.table.schema import Column
from journeyman.table.table import Table

#: A share of rows may change by so much, and by a tenth of itself, without mattering.
SMALL_CHANGE = 0.02
#: The deployed model's shares of answers lie within so many standard deviations of those of single folds.
_FOLDS_APART = 4.0


def watched_columns(
    table: Table, judged: Judged, losses: Numbers, answers: Numbers
) -> tuple[tuple[Watched, ...], Codes, Any]:
    """Every column's bins, and last those of the answer; the codes of all rows; rows that hold something alone."""
    features = table.schema.features
    strange = np.zeros(len(judged.rows), np.bool_)
    none = np.zeros(len(judged.rows), np.bool_)
    codes = np.zeros((len(judged.rows), len(features) + 1), np.uint8)
    some = table.take(judged.rows)
    level = level_of(answers)
    all_bins = []
    for place, column in enumerate(features):
        alone = unseen_alone(column, some.values[column.name])
        bins = make_bins(column, some.values[column.name])
        codes[:, place] = bins.codes(some.values[column.name], alone, none)
        strange |= alone
        all_bins.append(bins)
    all_bins.append(make_bins(Column(name=ANSWER, kind="number"), level))
    codes[:, -1] = all_bins[-1].codes(level, none, none)
    streams = sum(one.ordinary + 3 for one in all_bins)
    z = NormalDist().inv_cdf(1 - (1 - SURE) / max(streams, 1))
    units = np.unique(judged.clusters, return_inverse=True)[1].reshape(-1)
    watched = []
    for place, bins in enumerate(all_bins):
        size = bins.ordinary + 3
        rows = np.bincount(codes[:, place], minlength=size).astype(np.float64)
        shares, upper = shares_of(codes[:, place].astype(np.int64), units, size, z)
        if bins.column == ANSWER and place == len(features):
            upper = upper + _FOLDS_APART * between_folds(codes[:, place].astype(np.int64), judged.fold, size)
        limits = np.minimum(1.1 * upper + SMALL_CHANGE, 1.0)
        means = [(np.bincount(codes[:, place], one, size) + 20 * one.mean()) / (rows + 20) for one in (losses, level)]
        tuples = [tuple(one.tolist()) for one in (shares, limits, *means)]
        watched.append(Watched(bins, *tuples))
    return tuple(watched), codes, strange


def between_folds(codes: Integers, fold: Integers, size: int) -> Numbers:
    """How far shares of codes, (size,), lie apart from fold to fold, chance aside, as a standard deviation.

    The deployed model was fitted once more: how its answers are spread is known as well as folds agree about it.
    """
    folds = np.unique(fold, return_inverse=True)[1].reshape(-1)
    count = int(folds.max()) + 1
    table = np.bincount(folds * size + codes, minlength=count * size).reshape(count, size)
    rows = table.sum(axis=1, keepdims=True)
    shares = table / rows
    chance = (shares.mean(axis=0) * (1 - shares.mean(axis=0)))[None, :] / rows
    spread = shares.var(axis=0, ddof=1 if count > 1 else 0) - chance.mean(axis=0)
    return np.asarray(np.sqrt(np.maximum(spread, 0.0)))


def shares_of(codes: Integers, units: Integers, size: int, z: float) -> tuple[Numbers, Numbers]:
    """Shares of rows with each code, and Wilson's upper bounds; as `proportion`, for all codes at once."""
    count = int(units.max()) + 1
    table = np.bincount(units * size + codes, minlength=count * size).reshape(count, size)
    rows = float(len(codes))
    shares = table.sum(axis=0) / rows
    away = ((table - table.sum(axis=1, keepdims=True) * shares) ** 2).sum(axis=0) * count / max(count - 1, 1) / rows**2
    independent = shares * (1 - shares)
    with np.errstate(divide="ignore", invalid="ignore"):
        effective = np.where(away > 0, np.minimum(independent / away, rows), rows)
    effective = np.maximum(effective, 1.0)
    middle = (shares + z * z / (2 * effective)) / (1 + z * z / effective)
    half = z / (1 + z * z / effective) * np.sqrt(independent / effective + z * z / (4 * effective**2))
    return shares, np.minimum(middle + half, 1.0)
