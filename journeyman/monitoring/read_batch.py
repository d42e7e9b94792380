"""From the cells of a source to a batch: read column by column, predicted, with outcomes where a column holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from journeyman.bundle.model import Model
from journeyman.bundle.reader import Cells, Reader, read_cells
from journeyman.bundle.spelling import Respelt, respelt
from journeyman.errors import InputError
from journeyman.monitoring.batch import Batch, Break, no_rows
from journeyman.monitoring.bins import Codes
from journeyman.monitoring.outcomes import missing_of, outcomes_of
from journeyman.monitoring.reference import Reference
from journeyman.monitoring.schema import absent_columns, changed_spelling, changed_type, changed_unit
from journeyman.table.columns import Flags, Numbers, Objects
from journeyman.table.table import Dates


def read_batch(model: Model, reference: Reference, cells: Mapping[str, Cells], rows: int, outcome: str | None) -> Batch:
    """Read, code and predict new rows; a column that is spelt otherwise here is read as it is spelt.

    Parameters
    ----------
    outcome : the column that says what came; None where nobody knows yet

    Raises
    ------
    InputError : there is no such column of outcomes, or the model reads other columns than the reference knows
    """
    if reference.names != tuple(column.name for column in model.columns):
        raise InputError(
            "the reference is of another model", because="it knows other columns", remedy="build the run again"
        )
    truth = None
    if outcome is not None:
        truth = outcomes_of(reference.target, reference.task, reference.classes, cells, rows, outcome)
    needed = [*model.columns, *(one for one in model.manifest.rule_columns if one.name not in reference.names)]
    breaks = absent_columns(needed, list(cells))
    spellings = [respelt(one, cells[one.name]) for one in needed if one.name in cells]
    found = [one for one in spellings if isinstance(one, Respelt)]
    model = model.reading_as([one.column for one in found])
    breaks += [changed_spelling(one) for one in found if one.by_range or one.column.kind == "date"]
    codes = np.zeros((rows, len(model.columns)), np.uint8)
    strange = np.zeros(rows, np.bool_)
    for place, (column, watched) in enumerate(zip(model.columns, reference.columns, strict=True)):
        if column.name not in cells:
            continue
        read = read_cells(column, cells[column.name])
        missing = missing_of(read.values) & ~read.refused
        codes[:, place] = watched.bins.codes(read.values, read.unusual, read.refused)
        if not isinstance(read.values, Dates):
            strange |= read.unusual
        changed = changed_type(column, cells[column.name], read, int(missing.sum()))
        if changed is None and column.kind == "number" and isinstance(read.values, np.ndarray):
            changed = changed_unit(column, read.values, watched.bins.cuts)
        breaks += [] if changed is None else [changed]
    if any(one.stops for one in breaks):
        return no_rows(len(model.columns), max(len(model.classes), 1), breaks)
    return _predicted(model, cells, rows, codes, strange, truth, tuple(breaks))


def _predicted(
    model: Model,
    cells: Mapping[str, Cells],
    rows: int,
    codes: Codes,
    strange: Flags,
    truth: Numbers | None,
    breaks: tuple[Break, ...],
) -> Batch:
    predictions = model.predict_cells(cells, rows)
    if predictions.probabilities is not None:
        answers = predictions.probabilities
    else:
        answers = np.asarray(predictions.prediction, np.float64)[:, None]
    batch = Batch(
        codes=codes,
        answers=answers,
        strange=strange,
        novelty=predictions.novelty,
        truth=np.full(rows, np.nan) if truth is None else truth,
        breaks=breaks,
    )
    if predictions.decision is None:
        return batch
    promised, paid = _money(model, cells, batch, predictions.decision)
    return replace(batch, promised=promised, paid=paid)


def _money(model: Model, cells: Mapping[str, Cells], batch: Batch, actions: Objects) -> tuple[Numbers, Numbers]:
    """What decisions promise, and what they earned where the outcome is known; (rows,) each."""
    # There are decisions, so there is a rule.
    rule: Any = model.manifest.rule
    rows = len(batch)
    values: dict[str, Numbers] = {}
    if model.manifest.rule_columns:
        found = Reader(model.manifest.rule_columns).batch(cells, rows).columns
        values = {name: found.numbers[:, place] for place, name in enumerate(found.number_names)}
    taken = np.array([rule.names[0] if one is None else one for one in actions], dtype=object)
    if model.task == "regression":
        promised = rule.decide_numbers(batch.answers[:, 0], values)[1]
        paid = rule.payoff_numbers(taken, batch.answers[:, 0], batch.truth, values)
    else:
        promised = rule.decide(batch.answers, model.classes, values)[1]
        codes = np.where(np.isnan(batch.truth), 0, batch.truth).astype(np.int64)
        paid = rule.payoff(taken, codes, model.classes, values)
    return np.where(batch.answered, promised, np.nan), np.where(batch.known, np.nan_to_num(paid), np.nan)
