"""A table with predictions, decision and status beside its own cells."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from journeyman.bundle.model import load
from journeyman.bundle.predictions import Predictions
from journeyman.errors import BriefError, InputError
from journeyman.job.run import Run
from journeyman.sources.read import read_raw
from journeyman.sources.write import require_place, write_table


@dataclass(frozen=True)
class Scored:
    """What `predict` gives: the file it wrote, and the predictions that stand in it."""

    path: Path
    predictions: Predictions


def predict(
    run: str | os.PathLike[str] | Run,
    source: Any,
    out: str | os.PathLike[str] | None = None,
    *,
    explain: bool = False,
    for_spreadsheets: bool = False,
) -> Scored:
    """Write a table with predictions, decision and status beside its own cells; rows keep their order and number.

    Parameters
    ----------
    run : a run directory, a bundle, or a `Run`
    source : the rows; their cells come back as they are
    out : where to; default ``<source>-predicted.csv`` (``.parquet`` for Parquet) here, never over another file

    Rows that could not be read as rows of the table are refused, not guessed.

    Raises
    ------
    InputError : ``out`` is the source itself, or the rows do not fit the model
    """
    if explain:
        raise BriefError("--explain is not in this version", remedy="leave it out")
    if out is not None:
        require_place(Path(out))
    model = load(run.folder if isinstance(run, Run) else run)
    raw = read_raw(source)
    if out is not None and isinstance(source, str | os.PathLike) and _is_same_file(Path(out), Path(source)):
        raise InputError(f"{out} is the source itself", because="it would be lost", remedy="name another file with -o")
    predictions = model.predict_cells(raw.cells(), raw.rows)
    predictions = predictions.refusing([row for row, _ in raw.ledger.set_aside], "the row does not fit the columns")
    ending = ".parquet" if str(source).endswith(".parquet") else ".csv"
    path = Path(out) if out is not None else _free_path(f"{raw.name}-predicted", ending)
    return Scored(write_table(raw, predictions.as_columns(), path, for_spreadsheets=for_spreadsheets), predictions)


def _is_same_file(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)


def _free_path(stem: str, ending: str) -> Path:
    path, number = Path(stem + ending), 1
    while path.exists():
        number += 1
        path = Path(f"{stem}-{number}{ending}")
    return path
