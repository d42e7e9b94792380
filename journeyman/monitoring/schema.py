"""What is wrong with the columns of new rows: gone, renamed, of another type, in another unit."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence

import numpy as np

from journeyman.bundle.reader import Cells, ReadCells
from journeyman.bundle.spelling import Respelt, said
from journeyman.monitoring.batch import Break
from journeyman.table.columns import Numbers, Strings
from journeyman.table.schema import Column

#: From so many rows on, half of the cells unreadable means that the column is another one now.
_ENOUGH = 5
#: From so many numbers on their median tells the unit.
_ENOUGH_NUMBERS = 30
#: Factors between units that are mistaken for one another: powers of ten, inches, feet, miles, pounds, ounces, hours.
_FACTORS = (10.0, 100.0, 1e3, 1e6, 2.54, 25.4, 3.28084, 1.609344, 2.204623, 28.3495, 12.0, 24.0, 60.0, 3600.0, 86400.0)
_NEAR = 0.25
#: So many lost columns are told one by one.
_FEW = 3


def absent_columns(columns: Sequence[Column], given: Sequence[str]) -> list[Break]:
    """Columns that the model reads and the rows do not have; near names are told. Many are told together."""
    known = {column.name for column in columns}
    others = [name for name in given if name not in known]
    found = []
    for column in columns:
        if column.name in given:
            continue
        near = _nearest(column.name, others)
        if near:
            sentence = f"column {column.name!r} is not there; {near!r} is, and looks like it"
            found.append(Break("renamed", column.name, sentence, f"rename {near!r} to {column.name!r}", True))
        else:
            sentence = f"column {column.name!r} is not there"
            found.append(Break("missing_column", column.name, sentence, "find out why the source lost it", True))
    lost = [one for one in found if one.kind == "missing_column"]
    if len(lost) <= _FEW:
        return found
    named = ", ".join(repr(one.column) for one in lost[:_FEW])
    sentence = f"{len(lost):,} of the {len(columns):,} columns that the model reads are not there, as {named}"
    together = Break("missing_columns", lost[0].column, sentence, "make sure that this is the right file", True)
    return [together, *(one for one in found if one.kind == "renamed")]


def changed_type(column: Column, cells: Cells, read: ReadCells, missing: int) -> Break | None:
    """A column of which half of what is there cannot be read any more."""
    refused = int(read.refused.sum())
    there = len(read.refused) - missing
    if refused * 2 < there or refused < 2 or len(read.refused) < _ENOUGH:
        return None
    row = int(np.flatnonzero(read.refused)[0])
    cell = str(cells.levels[cells.codes[row]] if isinstance(cells, Strings) else cells[row])[:40]
    sentence = f"column {column.name!r} is no {column.kind} any more: {refused:,} of {there:,} cells, as {cell!r}"
    return Break("type_changed", column.name, sentence, "give the column as it was when the model was built", True)


def changed_spelling(one: Respelt) -> Break:
    """A column that is written otherwise than it was, and is read so."""
    name = one.column.name
    remedy = f"make sure that {name!r} is meant so, or write it as it was"
    return Break("type_changed", name, said(one), remedy, stops=False)


def changed_unit(column: Column, values: Numbers, cuts: Sequence[float]) -> Break | None:
    """A number whose middle moved by the factor between two units, out of where nearly all of training lay.

    Parameters
    ----------
    cuts : rising quantiles of the training rows, evenly spread
    """
    there = values[~np.isnan(values)]
    if len(there) < _ENOUGH_NUMBERS or len(cuts) < 3 or column.low is None or column.high is None:
        return None
    middle, then = float(np.median(there)), float(np.median(cuts))
    if column.low <= middle <= column.high and cuts[0] <= middle <= cuts[-1]:
        return None
    if middle == 0 or then == 0 or middle / then <= 0:
        return None
    ratio = middle / then
    factors = [one for factor in _FACTORS for one in (factor, 1 / factor)]
    near = min(factors, key=lambda one: abs(np.log(ratio / one)))
    if abs(np.log(ratio / near)) > _NEAR or not _fits(there / near, cuts):
        return None
    told = f"{near:g} times" if near > 1 else f"1/{1 / near:g} of"
    sentence = (
        f"column {column.name!r} is in another unit, it seems: its middle is {middle:.4g}, {told} the {then:.4g} of "
        "training"
    )
    return Break("unit_changed", column.name, sentence, "give it in the unit of training", False)


def _fits(values: Numbers, cuts: Sequence[float]) -> bool:
    """Whether numbers are spread as training's were: about half of them between the outer quarters of its quantiles."""
    low, high = cuts[len(cuts) // 4], cuts[-1 - len(cuts) // 4]
    share = float(((values >= low) & (values <= high)).mean())
    return 0.25 <= share <= 0.9


def _nearest(name: str, others: Sequence[str]) -> str:
    folded: Mapping[str, str] = {_plain(one): one for one in others}
    near = difflib.get_close_matches(_plain(name), folded, n=1, cutoff=0.75)
    return folded[near[0]] if near else ""


def _plain(name: str) -> str:
    return "".join(one for one in name.casefold() if one.isalnum())
