"""Columns that give the answer away: one alone predicts the target too well to be known beforehand."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from journeyman.brief.aim import labelled
from journeyman.brief.brief import Brief
from journeyman.checks.check import looked_at, sample
from journeyman.checks.identifier import why_identifier
from journeyman.table.columns import Flags, Integers, Numbers, Strings
from journeyman.table.finding import Finding, Remedy, Skip
from journeyman.table.table import Dates, Table, Values

#: What one honest column does not reach: area under the curve, or share of the ranks' variance explained.
TOO_GOOD = 0.985
#: What a column with no more values than the target has classes (and one for "unknown") does not reach, and which
#: cells are empty does not tell: where so coarse a thing agrees so well, it was written down after the event.
COARSE_TOO_GOOD = 0.95
#: Below these numbers of rows, and of rows of the smaller class, chance alone reaches such figures.
FEWEST_ROWS = 50
FEWEST_OF_CLASS = 10
MOST_ROWS = 10_000
BINS = 64
ROWS_OF_BIN = 15
FOLDS = 5
#: Names of what is known only afterwards.
_AFTERWARDS = re.compile(
    r"(?:^|[\s_.\-])(?:closed?|outcomes?|result|final|resolved|resolution|paid|settled|refund(?:ed)?|cancell?ed|left|"
    r"end(?:ed)?|exit|actual|label|target|decision|post|after|date_of_death|churn(?:ed)?|claim(?:ed)?)(?:$|[\s_.\-])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Answer:
    """The target on the rows that are looked at.

    Shapes: ``values`` (rows, outputs): one indicator a class (for two classes only the later one), or ranks scaled to
    0…1; ``folds`` (rows,).
    """

    values: Numbers
    folds: Integers
    is_number: bool


def look(table: Table, brief: Brief) -> tuple[Finding, ...] | Skip:
    """A finding for each column that predicts the target alone, by its values or by which of its cells are empty.

    Measured out of fold on at most 10,000 rows: by rank and by 64 bins for numbers and dates, by level for words. The
    figure is the area under the curve (the mean over classes), for a number as target the share of its ranks' variance.
    It counts when it is one standard error above the bound. An honest measurement of 0.97 does not.
    """
    if brief.predict not in table.schema:
        return Skip("no target is named")
    if isinstance(table.values[brief.predict], Dates):
        return Skip("the target is a date")
    chosen = _rows(table, brief)
    if isinstance(chosen, Skip):
        return chosen
    rows, answer = chosen
    found = []
    for column in looked_at(table, brief):
        is_kept = brief.columns.get(column.name, {}).get("role") == "feature"
        if why_identifier(table, column) and not is_kept:
            continue
        score, low, by = _best(table, column.name, rows, answer)
        if low > (TOO_GOOD if by == "values" else COARSE_TOO_GOOD):
            found.append(_finding(column.name, score, low, by, brief.predict, answer, is_kept))
    return tuple(found)


def _finding(name: str, score: float, low: float, by: str, target: str, answer: Answer, is_kept: bool) -> Finding:
    what = "share of variance explained" if answer.is_number else "AUC"
    is_told = _AFTERWARDS.search(name) is not None
    is_certain = score > 0.9995 or is_told
    sure = "all but certain" if is_certain else "very likely"
    how = {"gaps": "which of its cells are empty", "few values": "its few values"}.get(by, "its values")
    also = "; its name, too, speaks of something known only afterwards" if is_told else ""
    remedy = Remedy(
        action="role", value="ignored", words=f"it is not used; to use it, say --column {name}:role=feature"
    )
    if is_kept:
        remedy = Remedy(action="review", words="it is used, because the brief says so")
    return Finding(
        code="leak",
        severity="warning",
        message=f"{name!r} alone gives {target!r} away: {what} {score:.3f} by {how}; {sure} a leak{also}",
        columns=(name,),
        numbers={"score": round(score, 5), "low": round(low, 5), "by": by, "sure": 0.99 if is_certain else 0.9},
        remedy=remedy,
    )


def _rows(table: Table, brief: Brief) -> tuple[Integers, Answer] | Skip:
    """The rows to look at, and their target; of two classes as many of each as there is room for."""
    value = table.values[brief.predict]
    known = np.flatnonzero(~table.missing(brief.predict))
    if len(known) < FEWEST_ROWS:
        return Skip(f"there are fewer than {FEWEST_ROWS} rows with a target")
    cells, labels = labelled(table, brief.predict)
    is_number = not isinstance(value, Strings) and len(labels) > 2 and brief.task != "multiclass"
    if is_number:
        rows = known[sample(len(known), MOST_ROWS)]
        values = _ranks(np.asarray(value)[rows])[:, None]
        if values.min() == values.max():
            return Skip("the target is constant")
    else:
        counts = np.bincount(cells[known], minlength=len(labels))
        large = np.flatnonzero(counts >= FEWEST_OF_CLASS)
        if len(large) < 2 or len(large) > 100:
            return Skip(f"there are not two classes of {FEWEST_OF_CLASS} rows, or too many")
        # The curve does not hang on how frequent a class is, so rare ones are not thinned out.
        room = MOST_ROWS // len(large)
        of_class = [np.flatnonzero(cells == label) for label in large]
        rows = np.sort(np.concatenate([places[sample(len(places), room)] for places in of_class]))
        asked = large[-1:] if len(large) == 2 else large
        values = (cells[rows][:, None] == asked).astype(np.float64)
    folds = np.random.default_rng(np.random.PCG64(0)).permutation(len(rows)) % FOLDS
    return rows, Answer(values, folds, is_number)


def _best(table: Table, name: str, rows: Integers, answer: Answer) -> tuple[float, float, str]:
    """The best figure that the column reaches, its lower bound, and by what."""
    gaps = table.missing(name)[rows]
    by_gaps = _score(_out_of_fold(gaps.astype(np.int64), answer), answer) if gaps.any() else 0.0
    value = table.values[name]
    if isinstance(value, Strings):
        by_values = _score(_out_of_fold(value.codes[rows].astype(np.int64), answer), answer)
    else:
        cells = (value.at if isinstance(value, Dates) else value)[rows].astype(np.float64)
        by_values = _score(_out_of_fold(_bins(cells, gaps), answer), answer)
        if answer.values.shape[1] == 1:
            by_values = max(by_values, _by_rank(cells, gaps, answer))
    low = by_values - _error(by_values, answer)
    low_gaps = by_gaps - _error(by_gaps, answer)
    if low_gaps > COARSE_TOO_GOOD:
        return by_gaps, low_gaps, "gaps"
    return by_values, low, "few values" if _is_coarse(value, rows, answer) else "values"


def _is_coarse(value: Values, rows: Integers, answer: Answer) -> bool:
    if answer.is_number:
        return False
    cells = value.codes if isinstance(value, Strings) else value.at if isinstance(value, Dates) else value
    distinct = len(np.unique(cells[rows]))
    return bool(distinct <= max(2, answer.values.shape[1]) + 1)


def _by_rank(cells: Numbers, gaps: Flags, answer: Answer) -> float:
    """Ranks lose nothing to bins, and need no fitting but the choice of a direction and of a place for gaps."""
    best = 0.0
    truth = answer.values[:, 0]
    for filled in (-np.inf, np.inf):
        guess = np.where(gaps, filled, cells)
        if answer.is_number:
            ranks = _ranks(guess)
            best = max(best, float(np.corrcoef(ranks, truth)[0, 1] ** 2) if np.ptp(ranks) else 0.0)
        else:
            area = _area(truth, guess)
            best = max(best, area, 1 - area)
    return best


def _bins(cells: Numbers, gaps: Flags) -> Integers:
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


def _out_of_fold(places: Integers, answer: Answer) -> Numbers:
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


def _score(guess: Numbers, answer: Answer) -> float:
    if answer.is_number:
        values = answer.values[:, 0]
        return 1 - float(((values - guess[:, 0]) ** 2).mean() / values.var())
    return float(np.mean([_area(truth, one) for truth, one in zip(answer.values.T, guess.T, strict=True)]))


def _error(score: float, answer: Answer) -> float:
    """The figure's standard error: Hanley and McNeil (1982) for areas, the usual one for explained variance."""
    if answer.is_number:
        return 2 * (1 - score) / float(np.sqrt(len(answer.values)))
    ones = float(answer.values.sum(axis=0).min())
    zeros = len(answer.values) - ones
    area = min(max(score, 0.5), 1.0)
    first, second = area / (2 - area), 2 * area**2 / (1 + area)
    variance = area * (1 - area) + (ones - 1) * (first - area**2) + (zeros - 1) * (second - area**2)
    return float(np.sqrt(max(variance, 0.0) / (ones * zeros)))


def _area(truth: Numbers, guess: Numbers) -> float:
    """Area under the curve: how often a row of the class is above one that is not; ties count half."""
    ranks = _ranks(guess) * len(guess)
    ones = truth.sum()
    zeros = len(truth) - ones
    return float((ranks[truth == 1].sum() - ones * (ones + 1) / 2) / (ones * zeros)) if ones and zeros else 0.5


def _ranks(values: Numbers) -> Numbers:
    """Mean ranks, divided by the number of rows: in (0, 1]."""
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(counts) - (counts - 1) / 2)[places] / len(values))
