"""Where the model helps least: groups of rows in which it brings no gain, or a loss."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from journeyman.evaluation.estimate import Estimate
from journeyman.statistics.bbc import Units
from journeyman.table.columns import MISSING_WORD, Columns, Flags, Numbers

#: A group is looked at from so many rows, and so large a share of all of them, on.
_FEWEST_ROWS, _LEAST_SHARE = 50, 0.02
#: Columns with more levels than this are not cut by level.
_MOST_LEVELS = 50
#: Columns of numbers are cut into so many parts of equal size.
_PARTS = 3


@dataclass(frozen=True)
class Slice:
    """A group of rows, and what the model brings in it.

    Parameters
    ----------
    column, words : the column that cuts it out, and which part of it, for people
    rows : scored rows in it
    gain : the mean gain of its rows; the interval holds for all groups that were looked at together
    looked_at : how many those were
    """

    column: str
    words: str
    rows: int
    gain: Estimate
    looked_at: int

    @property
    def is_loss(self) -> bool:
        """Whether the model does harm in it, beyond what chance would show somewhere."""
        return self.gain.high < 0

    def as_data(self) -> dict[str, Any]:
        """The group as ``run.json`` holds it."""
        return {
            "column": self.column,
            "words": self.words,
            "rows": self.rows,
            "gain": self.gain.as_data(),
            "looked_at": self.looked_at,
            "is_loss": self.is_loss,
        }


def weakest(columns: Columns, gains: Numbers, weights: Numbers, units: Units) -> Slice | None:
    """The group in which a gain is least sure; None where no group is large enough to be looked at.

    Groups are the levels of words and flags, thirds of numbers, and missing cells. Each mean has a standard error in
    which the rows of one unit are one piece of evidence, and the interval is widened for the number of groups
    (Bonferroni), so that all of them hold together with 95 %.

    Parameters
    ----------
    columns : of the scored rows
    gains : (rows,) what the model brings in each row, above what could be done without it; more is better
    weights : (rows,) how much each row counts
    """
    least = max(_FEWEST_ROWS, int(_LEAST_SHARE * columns.rows))
    found = []
    for column, words, rows in groups_of(columns, least):
        total = float(weights[rows].sum())
        if not total > 0:
            continue
        mean = float(weights[rows] @ gains[rows] / total)
        part = np.where(rows, weights * (gains - mean), 0.0)
        error = float(np.sqrt((np.bincount(units.of_row, part, units.count) ** 2).sum())) / total
        if error > 0:
            found.append((mean / error, mean, error, column, words, int(rows.sum())))
    if not found:
        return None
    _, mean, error, column, words, count = min(found)
    width = _normal_quantile(1 - 0.025 / len(found)) * error
    return Slice(column, words, count, Estimate(mean, mean - width, mean + width), len(found))


def groups_of(columns: Columns, least: int) -> Iterator[tuple[str, str, Flags]]:
    """Groups of at least so many rows that single columns cut out: the column, which part in words, the rows."""
    for name, strings in zip(columns.word_names, columns.words, strict=True):
        counts = strings.counts()
        if name in columns.text_names or int((counts > 0).sum()) > _MOST_LEVELS:
            continue
        for level in np.flatnonzero(counts >= least).tolist():
            word = strings.levels[level]
            yield name, "missing" if word == MISSING_WORD else word, strings.codes == level
    for place, name in enumerate(columns.number_names):
        yield from _of_numbers(name, columns.numbers[:, place], least)


def _of_numbers(name: str, values: Numbers, least: int) -> Iterator[tuple[str, str, Flags]]:
    missing = np.isnan(values)
    if missing.sum() >= least:
        yield name, "missing", missing
    there = values[~missing]
    levels = np.unique(there)
    if 2 <= len(levels) <= _PARTS:
        for level in levels.tolist():
            rows = values == level
            if rows.sum() >= least:
                yield name, f"{level:.4g}", rows
        return
    cuts = np.unique(np.quantile(there, np.linspace(0, 1, _PARTS + 1)[1:-1])) if len(there) else there
    edges = [-np.inf, *cuts.tolist(), np.inf]
    for low, high in itertools.pairwise(edges):
        rows = (values > low) & (values <= high)
        if rows.sum() >= least and len(cuts):
            yield name, _range(low, high), rows


def _range(low: float, high: float) -> str:
    if low == -np.inf:
        return f"up to {high:.4g}"
    return f"above {low:.4g}" if high == np.inf else f"{low:.4g} to {high:.4g}"


def _normal_quantile(share: float) -> float:
    from scipy.special import ndtri

    return float(ndtri(share))
