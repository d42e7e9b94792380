"""A table with predictions, decision and status beside its own cells."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from journeyman.bundle.model import Model, load
from journeyman.bundle.predictions import Predictions
from journeyman.bundle.reader import Cells
from journeyman.bundle.reasons import Reason
from journeyman.errors import InputError
from journeyman.job.run import Run
from journeyman.sources.read import read_raw
from journeyman.sources.write import require_place, write_table

#: Stands between the reasons of a row where they are one cell.
BETWEEN_REASONS = "; "
#: Rows that are explained before progress is told.
_AT_A_TIME = 50


@dataclass(frozen=True)
class Scored:
    """What `predict` gives: the file it wrote, the predictions that stand in it, and their reasons, if asked for."""

    path: Path
    predictions: Predictions
    reasons: tuple[tuple[Reason, ...], ...] | None = None


def predict(
    run: str | os.PathLike[str] | Run,
    source: Any,
    out: str | os.PathLike[str] | None = None,
    *,
    explain: bool = False,
    for_spreadsheets: bool = False,
    tell: Callable[[int], None] | None = None,
) -> Scored:
    """Write a table with predictions, decision and status beside its own cells; rows keep their order and number.

    Parameters
    ----------
    run : a run directory, a bundle, or a `Run`
    explain : whether a column ``reasons`` says why each row is answered as it is: the columns that move it most
    source : the rows; their cells come back as they are
    out : where to; default ``<source>-predicted.csv`` (``.parquet`` for Parquet) here, never over another file

    tell : told after some rows how many are explained

    Rows that could not be read as rows of the table are refused, not guessed.

    Raises
    ------
    InputError : ``out`` is the source itself, or the rows do not fit the model
    """
    if out is not None:
        require_place(Path(out))
    model = load(run.folder if isinstance(run, Run) else run)
    raw = read_raw(source)
    if out is not None and isinstance(source, str | os.PathLike) and _is_same_file(Path(out), Path(source)):
        raise InputError(f"{out} is the source itself", because="it would be lost", remedy="name another file with -o")
    predictions = model.predict_cells(raw.cells(), raw.rows)
    predictions = predictions.refusing([one.row for one in raw.ledger.set_aside], "the row does not fit the columns")
    ending = ".parquet" if str(source).endswith(".parquet") else ".csv"
    path = Path(out) if out is not None else _free_path(f"{raw.name}-predicted", ending)
    columns, reasons = predictions.as_columns(), None
    if explain:
        reasons = _reasons(model, raw.cells(), predictions, tell or _say_nothing)
        told = np.empty(len(reasons), dtype=object)
        told[:] = [BETWEEN_REASONS.join(one.text for one in some) or None for some in reasons]
        columns["reasons"] = told
    return Scored(write_table(raw, columns, path, for_spreadsheets=for_spreadsheets), predictions, reasons)


def _reasons(
    model: Model, cells: Mapping[str, Cells], predictions: Predictions, tell: Callable[[int], None]
) -> tuple[tuple[Reason, ...], ...]:
    """The reasons of each row, none where it was refused; a part of the rows at a time."""
    batch = model.read_cells(cells, len(predictions))
    found: list[tuple[Reason, ...]] = []
    for start in range(0, len(predictions), _AT_A_TIME):
        places = np.arange(start, min(start + _AT_A_TIME, len(predictions)))
        found += model.explain_columns(batch.columns.take(places))
        tell(len(found))
    refused = predictions.status == "refused"
    return tuple(() if gone else some for gone, some in zip(refused.tolist(), found, strict=True))


def _say_nothing(rows: int) -> None:
    """The progress of who does not want to be told."""


def _is_same_file(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)


def _free_path(stem: str, ending: str) -> Path:
    path, number = Path(stem + ending), 1
    while path.exists():
        number += 1
        path = Path(f"{stem}-{number}{ending}")
    return path
