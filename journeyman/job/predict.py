"""A table with predictions, decision and status beside its own cells."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path
from typing import Any, Unpack

import numpy as np

from journeyman.bundle.model import Model, load
from journeyman.bundle.new_table import NewTable, look_at
from journeyman.bundle.places import Places
from journeyman.bundle.predictions import Predictions
from journeyman.bundle.reader import Cells, Trouble
from journeyman.bundle.reasons import Reason
from journeyman.bundle.table_in_parts import PartsDiffer
from journeyman.errors import InputError
from journeyman.job.predict_in_parts import ROWS, once, predict_in_parts
from journeyman.job.run import Run
from journeyman.sources.addresses.shown import shown
from journeyman.sources.join import joins_of, require_joined, without_joined
from journeyman.sources.named import Named
from journeyman.sources.personal import personal_data, some_texts, without_personal
from journeyman.sources.raw import Raw
from journeyman.sources.read import read_parts, read_raw
from journeyman.sources.write import require_place, write_table
from journeyman.store.run_folder import safe_name
from journeyman.table.finding import SEVERITIES, Finding

#: Stands between the reasons of a row where they are one cell.
BETWEEN_REASONS = "; "
#: Files whose rows are those of a sheet.
SHEETS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
#: Rows that are explained before progress is told.
_AT_A_TIME = 50


@dataclass(frozen=True)
class Scored:
    """What `predict` gives: the file it wrote, the predictions that stand in it, and their reasons, if asked for.

    Parameters
    ----------
    findings : what reading brought to light, and what is not as in training
    places : where rows stand in the source
    counts : how many rows have each status
    troubles : the first cells that are unusual or refused

    Of a long table that was scored in parts there are no ``predictions``: they stand in the file.
    """

    path: Path
    predictions: Predictions | None
    reasons: tuple[tuple[Reason, ...], ...] | None = None
    findings: tuple[Finding, ...] = ()
    places: Places = field(default_factory=Places)
    counts: Mapping[str, int] = field(default_factory=dict)
    troubles: tuple[Trouble, ...] = ()


def predict(
    run: str | os.PathLike[str] | Run,
    source: Any,
    out: str | os.PathLike[str] | None = None,
    *,
    explain: bool = False,
    for_spreadsheets: bool = False,
    tell: Callable[[int], None] | None = None,
    require_signature: str | os.PathLike[str] | None = None,
    **named: Unpack[Named],
) -> Scored:
    """Write a table with predictions, decision and status beside its own cells; rows keep their order and number.

    Parameters
    ----------
    run : a run directory, a bundle, or a `Run`
    explain : whether a column ``reasons`` says why each row is answered as it is: the columns that move it most
    source : the rows; their cells come back as they are
    out : where to; default ``<source>-predicted.csv`` (``.parquet`` for Parquet) here, never over another file

    tell : told after some rows how many are explained, or of a long table written
    require_signature : the file of a public key; only a bundle that its holder signed is taken then
    named : which table, which query, what to join (`journeyman.sources.named.Named`): what was joined at the build is
        to be joined here, too

    How the table spells numbers and dates is found over all its rows; the order of its columns does not matter, and
    columns beside those of the model are left alone. Rows that could not be read as rows of the table are refused, not
    guessed, and so is every row of a table whose cells stand under the names of other columns.

    Raises
    ------
    InputError : ``out`` is the source itself, or the rows do not fit the model
    """
    if out is not None:
        require_place(Path(out))
    model = load(run.folder if isinstance(run, Run) else run, require_signature=require_signature)
    facts, names = model.manifest.facts, [one.name for one in model.columns]
    if not explain and not joins_of(facts):
        parts = read_parts(source, names=names, rows=ROWS, **named)
        # No more than these two are held: what is scored in parts is let go of part by part.
        held = list(islice(parts, 2))
        if len(held) == 1 and held[0].rows <= ROWS:
            raw = held[0]
        else:
            path = _path(out, source, held[0].name)
            try:
                return _in_parts(model, chain(once(held), parts), source, path, for_spreadsheets, tell)
            except PartsDiffer:
                raw = read_raw(source, names=names, **named)
    else:
        raw = read_raw(source, known=joins_of(facts), names=names, **named)
    require_joined(raw, facts, [one.name for one in model.columns])
    if out is not None and isinstance(source, str | os.PathLike) and _is_same_file(Path(out), Path(source)):
        raise _is_itself(Path(out))
    places = _places(raw, source)
    seen = _look(model, raw, places)
    model = model.reading_as(seen.columns)
    if seen.is_shifted:
        predictions = _nothing(model, raw.rows)
    else:
        predictions = model.predict_cells(raw.cells(), raw.rows)
        lost = [one.row for one in raw.ledger.set_aside]
        predictions = predictions.refusing(lost, "the row does not fit the columns")
    path = _path(out, source, raw.name)
    columns, reasons = predictions.as_columns(), None
    if explain:
        reasons = _reasons(model, raw.cells(), predictions, tell or _say_nothing)
        told = np.empty(len(reasons), dtype=object)
        told[:] = [BETWEEN_REASONS.join(one.text for one in some) or None for some in reasons]
        columns["reasons"] = told
    written = write_table(without_joined(raw), columns, path, for_spreadsheets=for_spreadsheets)
    texts = {name: some_texts(cells) for name, cells in raw.cells().items()}
    told_of = _told(texts, raw.findings, seen.findings)
    return Scored(written, predictions, reasons, told_of, places, predictions.counts(), predictions.troubles)


def _in_parts(
    model: Model,
    parts: Iterator[Raw],
    source: object,
    path: Path,
    for_spreadsheets: bool,
    tell: Callable[[int], None] | None,
) -> Scored:
    """The same for a long table, with memory for a few parts of it."""
    if isinstance(source, str | os.PathLike) and _is_same_file(path, Path(source)):
        raise _is_itself(path)
    done = predict_in_parts(
        model, parts, path, lambda raw: _places(raw, source), for_spreadsheets=for_spreadsheets, tell=tell
    )
    places = replace(_places(None, source), lines=done.lines or None)
    told = _told(done.texts, done.findings, ())
    return Scored(path, None, None, told, places, done.counts, tuple(done.troubles))


def _is_itself(path: Path) -> InputError:
    return InputError(f"{path} is the source itself", because="it would be lost", remedy="name another file with -o")


def _path(out: str | os.PathLike[str] | None, source: object, name: str) -> Path:
    """Where to write."""
    ending = ".parquet" if str(source).endswith(".parquet") else ".csv"
    return Path(out) if out is not None else _free_path(f"{safe_name(name)}-predicted", ending)


def _places(raw: Raw | None, source: object) -> Places:
    """Where the rows stand in the source."""
    name = Path(shown(source)).name if isinstance(source, str | os.PathLike) else ""
    word = "sheet row" if Path(name).suffix.casefold() in SHEETS else "line"
    return Places(name, word=word) if raw is None else Places(name, raw.lines, raw.row_numbers, word)


def _look(model: Model, raw: Raw, places: Places) -> NewTable:
    """See the rows that fit the columns; findings count rows as the source does."""
    usable = raw.usable()
    columns = [*model.columns, *(one for one in model.manifest.rule_columns if one not in model.columns)]
    here = replace(places, lines=usable.lines, numbers=usable.row_numbers)
    try:
        seen = look_at(columns, usable.cells(), usable.rows, here)
    except InputError as error:
        if error.code == "column_missing" and any(one.code == "no_header" for one in raw.findings):
            because = "its first row holds data, so no column has a name"
            remedy = "put the names of the training table above it"
            raise InputError(error.happened, because=because, remedy=remedy, code=error.code) from error
        raise
    numbers = usable.numbers()
    counted = tuple(replace(one, rows=tuple(int(numbers[row]) for row in one.rows)) for one in seen.findings)
    return replace(seen, findings=counted)


def _told(texts: Mapping[str, Sequence[str]], read: Sequence[Finding], seen: Sequence[Finding]) -> tuple[Finding, ...]:
    """All that is to be known, the gravest first, without the cells of columns that hold personal data.

    Parameters
    ----------
    texts : some cells of each column of the source
    """
    personal = personal_data(texts)
    findings = (*([] if personal is None else [personal]), *read, *seen)
    told = (one for one in without_personal(findings, frozenset(texts)) if one is not personal)
    return tuple(sorted(told, key=lambda one: SEVERITIES.index(one.severity)))


def _nothing(model: Model, rows: int) -> Predictions:
    """No answer for any row: the cells are not those of the columns."""
    empty: dict[str, Cells] = {one.name: [None] * rows for one in (*model.columns, *model.manifest.rule_columns)}
    because = "cells stand under the names of other columns"
    return model.predict_cells(empty, rows).refusing(range(rows), because)


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
