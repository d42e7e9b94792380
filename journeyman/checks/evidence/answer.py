"""The target on a sample of rows, and what a column alone says of it out of fold.

Checks that ask how much a thing knows of the target ask it here, of the same rows and in the same folds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from journeyman.brief.aim import labelled
from journeyman.brief.brief import Brief
from journeyman.checks.check import sample
from journeyman.checks.evidence.remembered import Remembered
from journeyman.table.columns import Flags, Integers, Numbers, Strings
from journeyman.table.finding import Skip
from journeyman.table.table import Dates, Table

#: Below these numbers of rows, and of rows of the smaller class, chance alone reaches any figure.
FEWEST_ROWS = 50
FEWEST_OF_CLASS = 10
MOST_ROWS = 10_000
MOST_CLASSES = 100
BINS = 64
ROWS_OF_BIN = 15
FOLDS = 5


@dataclass(frozen=True)
class Answer:
    """The target on the rows that are looked at.

    Parameters
    ----------
    rows : (n,) their positions in the table, in order
    values : (n, outputs) one indicator a class (for two classes only the later one), or ranks scaled to 0…1
    folds : (n,) the fold of each row
    is_number : whether the target is a number, and ``values`` ranks
    """

    rows: Integers
    values: Numbers
    folds: Integers
    is_number: bool


_KNOWN: Remembered[tuple[str, str | None], Answer | Skip] = Remembered()


def answer_of(table: Table, brief: Brief) -> Answer | Skip:
    """The target on at most 10,000 rows; of classes as many rows of each as there is room for.

    Found once for a table, for many checks ask.
    """
    return _KNOWN.of(table, (brief.predict, brief.task), lambda: _answer(table, brief))


def _answer(table: Table, brief: Brief) -> Answer | Skip:
    if brief.predict not in table.schema:
        return Skip("no target is named")
    value = table.values[brief.predict]
    if isinstance(value, Dates):
        return Skip("the target is a date")
    known = np.flatnonzero(~table.missing(brief.predict))
    if len(known) < FEWEST_ROWS:
        return Skip(f"there are fewer than {FEWEST_ROWS} rows with a target")
    is_number = not isinstance(value, Strings) and brief.task != "multiclass" and len(np.unique(value[known])) > 2
    if is_number:
        rows = known[sample(len(known), MOST_ROWS)]
        values = ranks_of(np.asarray(value)[rows])[:, None]
        if values.min() == values.max():
            return Skip("the target is constant")
    else:
        cells, labels = labelled(table, brief.predict)
        counts = np.bincount(cells[known], minlength=len(labels))
        large = np.flatnonzero(counts >= FEWEST_OF_CLASS)
        if len(large) < 2 or len(large) > MOST_CLASSES:
            return Skip(f"there are not two classes of {FEWEST_OF_CLASS} rows, or too many")
        # The curve does not hang on how frequent a class is, so rare ones are not thinned out.
        room = MOST_ROWS // len(large)
        of_class = [np.flatnonzero(cells == label) for label in large]
        rows = np.sort(np.concatenate([places[sample(len(places), room)] for places in of_class]))
        asked = large[-1:] if len(large) == 2 else large
        values = (cells[rows][:, None] == asked).astype(np.float64)
    folds = np.random.default_rng(np.random.PCG64(0)).permutation(len(rows)) % FOLDS
    return Answer(rows, values, folds, is_number)


def bins_of(cells: Numbers, gaps: Flags) -> Integers:
    """Cells in bins of equal size, or a bin for each value where there are few; gaps in a bin of their own."""
    known = cells[~gaps]
    if not len(known):
        return np.zeros(len(cells), np.int64)
    distinct = np.unique(known)
    bins = min(BINS, max(len(known) // ROWS_OF_BIN, 2))
    if len(distinct) > bins:
        edges = np.unique(np.quantile(known, np.linspace(0, 1, bins + 1)[1:-1], method="inverted_cdf"))
    else:
        edges = distinct
    return np.where(gaps, len(edges) + 1, np.searchsorted(edges, np.where(gaps, 0.0, cells), side="left"))


def out_of_fold(places: Integers, answer: Answer) -> Numbers:
    """The mean target of a row's bin or level over the other folds' rows, (rows, outputs); shrunk by one row."""
    size = int(places.max()) + 1
    together = places * FOLDS + answer.folds
    counts = np.bincount(together, minlength=size * FOLDS).reshape(size, FOLDS)
    others = counts.sum(axis=1, keepdims=True) - counts
    found = np.empty_like(answer.values)
    for output, values in enumerate(answer.values.T):
        sums = np.bincount(together, values, minlength=size * FOLDS).reshape(size, FOLDS)
        prior = (sums.sum() - sums.sum(axis=0)) / np.maximum(others.sum(axis=0), 1)
        means = (sums.sum(axis=1, keepdims=True) - sums + prior) / (others + 1)
        # A level is compared with levels of its own fold only in so far as all folds have one prior.
        found[:, output] = (means - prior + values.mean())[places, answer.folds]
    return found


def score_of(guess: Numbers, answer: Answer) -> float:
    """How good guesses (n, outputs) are: the area under the curve, the mean over classes, or the share explained."""
    if answer.is_number:
        values = answer.values[:, 0]
        return 1 - float(((values - guess[:, 0]) ** 2).mean() / values.var())
    return float(np.mean([area_under(truth, one) for truth, one in zip(answer.values.T, guess.T, strict=True)]))


def error_of(score: float, answer: Answer) -> float:
    """The figure's standard error: Hanley and McNeil (1982) for areas, the usual one for explained variance."""
    if answer.is_number:
        return 2 * (1 - score) / float(np.sqrt(len(answer.values)))
    ones = float(answer.values.sum(axis=0).min())
    zeros = len(answer.values) - ones
    area = min(max(score, 0.5), 1.0)
    first, second = area / (2 - area), 2 * area**2 / (1 + area)
    variance = area * (1 - area) + (ones - 1) * (first - area**2) + (zeros - 1) * (second - area**2)
    return float(np.sqrt(max(variance, 0.0) / (ones * zeros)))


def area_under(truth: Numbers, guess: Numbers) -> float:
    """Area under the curve: how often a row of the class is above one that is not; ties count half."""
    ranks = ranks_of(guess) * len(guess)
    ones = truth.sum()
    zeros = len(truth) - ones
    return float((ranks[truth == 1].sum() - ones * (ones + 1) / 2) / (ones * zeros)) if ones and zeros else 0.5


def ranks_of(values: Numbers) -> Numbers:
    """Mean ranks, divided by the number of rows: in (0, 1]."""
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(counts) - (counts - 1) / 2)[places] / len(values))
