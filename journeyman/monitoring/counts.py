"""Counts of cells by column and bin, side by side with what is expected and tolerated of them."""

from __future__ import annotations

import numpy as np

from journeyman.monitoring.bins import BESIDE, MOST_CODES, Codes
from journeyman.monitoring.reference import Reference, level_of
from journeyman.table.columns import Flags, Numbers


def answers_counted(reference: Reference, answers: Numbers) -> Numbers:
    """How many rows have an answer in each bin of answers, (ordinary bins,); refused rows have none."""
    bins = reference.answer.bins
    level = level_of(answers)
    none = np.zeros(len(level), np.bool_)
    return np.bincount(bins.codes(level, none, none), minlength=bins.ordinary)[: bins.ordinary].astype(np.float64)


def counted(reference: Reference, codes: Codes, *, beside: bool) -> Numbers:
    """How many rows have each code, column after column: ordinary bins, or those of `BESIDE`; (streams,)."""
    columns = len(reference.columns)
    flat = codes.astype(np.int64) + MOST_CODES * np.arange(columns)
    table = np.bincount(flat.reshape(-1), minlength=MOST_CODES * columns).astype(np.float64)
    return table[_places(reference, beside=beside)]


def expected(reference: Reference, *, beside: bool) -> Numbers:
    """The shares of the reference, in the same order."""
    return _flat([one.shares for one in reference.columns], reference, beside)


def limits_of(reference: Reference, *, beside: bool) -> Numbers:
    """The shares that are tolerated, in the same order."""
    return _flat([one.limits for one in reference.columns], reference, beside)


def _places(reference: Reference, *, beside: bool) -> Flags:
    found = np.zeros((len(reference.columns), MOST_CODES), np.bool_)
    for place, one in enumerate(reference.columns):
        ordinary = one.bins.ordinary
        found[place, ordinary : ordinary + len(BESIDE)] = beside
        found[place, :ordinary] = not beside
    return found.reshape(-1)


def _flat(tuples: list[tuple[float, ...]], reference: Reference, beside: bool) -> Numbers:
    parts = [
        one[column.bins.ordinary :] if beside else one[: column.bins.ordinary]
        for one, column in zip(tuples, reference.columns, strict=True)
    ]
    return np.array([value for part in parts for value in part], np.float64)
