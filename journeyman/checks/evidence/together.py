"""What some columns together say of the target: small boosted trees, out of fold, on a sample of the rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from journeyman.checks.evidence.answer import Answer, score_of
from journeyman.learners.library import lightgbm
from journeyman.table.columns import Integers, Numbers, Strings
from journeyman.table.table import Dates, Table

#: Rows and columns that are looked at, trees, and folds: a third of a second for a full sample.
MOST_ROWS, MOST_COLUMNS = 4_000, 60
TREES, LEAVES, RATE = 40, 15, 0.15
FOLDS = 3
#: Of several classes, so many get trees of their own.
MOST_OUTPUTS = 5
#: Levels beyond the most frequent ones are one.
MOST_LEVELS = 100


def few(answer: Answer, most: int = MOST_ROWS) -> Answer:
    """The same on fewer rows, drawn without regard to any pattern in them, and for the most frequent classes alone.

    Always the same ones.
    """
    values = answer.values
    if values.shape[1] > MOST_OUTPUTS:
        values = values[:, np.sort(np.argsort(-values.sum(axis=0), kind="stable")[:MOST_OUTPUTS])]
    elif len(answer.rows) <= most:
        return answer
    kept = np.arange(len(answer.rows))
    if len(kept) > most:
        kept = np.sort(np.random.default_rng(np.random.PCG64(1)).permutation(len(kept))[:most])
    return Answer(answer.rows[kept], values[kept], answer.folds[kept], answer.is_number)


def without_copies(table: Table, names: Sequence[str], answer: Answer) -> Answer:
    """The same without rows that are equal to an earlier one in some columns: trees would know them again."""
    if not names:
        return answer
    cells = np.nan_to_num(np.column_stack([_cells(table, name, answer.rows) for name in names]), nan=-1.0)
    mixed = np.random.default_rng(np.random.PCG64(2)).normal(size=cells.shape[1])
    ranked = np.column_stack([np.unique(column, return_inverse=True)[1] for column in cells.T])
    kept = np.sort(np.unique(ranked @ mixed, return_index=True)[1])
    return Answer(answer.rows[kept], answer.values[kept], answer.folds[kept], answer.is_number)


def guess_together(table: Table, names: Sequence[str], answer: Answer, folds: Integers | None = None) -> Numbers:
    """The target (rows, outputs) as told out of fold by some columns.

    Parameters
    ----------
    folds : (rows,) the fold of each row; its own of the answer where None, three of them
    """
    folds = answer.folds % FOLDS if folds is None else folds
    guess = np.tile(answer.values.mean(axis=0), (len(answer.rows), 1))
    if not names:
        return guess
    cells = np.column_stack([_cells(table, name, answer.rows) for name in names[:MOST_COLUMNS]])
    words = [place for place, name in enumerate(names[:MOST_COLUMNS]) if isinstance(table.values[name], Strings)]
    for fold in np.unique(folds):
        train, judged = folds != fold, folds == fold
        if not train.any():
            continue
        for output, values in enumerate(answer.values.T):
            guess[judged, output] = _fitted(cells[train], values[train], words, answer).predict(cells[judged])
    return guess


def skill(table: Table, names: Sequence[str], answer: Answer) -> float:
    """How good some columns together are at telling the target: area under the curve, or share of variance."""
    return score_of(guess_together(table, names, answer), answer)


def measure_of(answer: Answer) -> str:
    """What the figures of an answer are, in words."""
    return "R²" if answer.is_number else "AUC"


def _fitted(cells: Numbers, values: Numbers, words: Sequence[int], answer: Answer) -> Any:
    library = lightgbm()
    options = {
        "objective": "regression" if answer.is_number else "binary",
        "num_leaves": LEAVES,
        "learning_rate": RATE,
        "min_data_in_leaf": max(5, min(20, len(values) // 50)),
        "min_data_per_group": 10,
        "max_bin": 63,
        "num_threads": 1,
        "seed": 0,
        "deterministic": True,
        "force_col_wise": True,
        "verbosity": -1,
    }
    data = library.Dataset(cells, values, categorical_feature=list(words), params=options)
    return library.train(options, data, TREES)


def _cells(table: Table, name: str, rows: Integers) -> Numbers:
    """A column as trees take it: words as codes from the most frequent on, gaps as NaN."""
    value = table.values[name]
    if isinstance(value, Strings):
        codes = value.codes[rows]
        order = np.argsort(-np.bincount(codes, minlength=len(value.levels)), kind="stable")
        place = np.full(len(value.levels), MOST_LEVELS, np.float64)
        place[order[:MOST_LEVELS]] = np.arange(min(MOST_LEVELS, len(order)))
        return np.asarray(place[codes])
    cells = np.asarray(value.at if isinstance(value, Dates) else value, np.float64)[rows]
    return np.where(table.missing(name)[rows], np.nan, cells)
