"""The door of the room: which rows of a table do not fit, and what about them does not."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from types import ModuleType
from typing import Any, Unpack

import numpy as np

from journeyman.anomalies.cells import Cells, cells_of
from journeyman.anomalies.evidence import evidence
from journeyman.anomalies.found import Anomalies, StrangeCell, StrangeRow
from journeyman.anomalies.strangeness import Strangeness
from journeyman.plan.shelf import modules
from journeyman.sources.named import Named
from journeyman.table.columns import MISSING_WORD, Integers, Numbers, Strings
from journeyman.table.table import Dates, Table

#: Of more rows so many are looked at, drawn at random; fewer than this say nothing.
MOST_ROWS, FEWEST_ROWS = 10_000, 50
#: A row counts as beyond chance where fewer than this many rows of the whole table would be as strange.
EXPECTED = 0.05
#: So many rows are told, with so many cells each, of those with at least this part of the largest one's share.
MOST_TOLD, _CELLS_TOLD, _WORTH_TELLING = 100, 3, 0.3


def anomalies(source: Any, **named: Unpack[Named]) -> Anomalies:
    """Look for rows that do not fit, without any target.

    Parameters
    ----------
    source : a table, or whatever can be read as one
    named : which table, which query, what to join (`journeyman.sources.named.Named`)

    Raises
    ------
    SourceError : the source cannot be read as a table
    """
    if isinstance(source, Table):
        return anomalies_in(source)
    from journeyman.sources.read import read

    return anomalies_in(read(source, **named))


def anomalies_in(table: Table, without: Collection[str] = (), most: int = MOST_ROWS) -> Anomalies:
    """The rows of a table that do not fit.

    Every detector on the shelf says how strange it finds each row; all are put on one scale, the evidence of
    `journeyman.anomalies.evidence`, and a row is as strange as the detector that finds it strangest says. It is beyond
    chance where fewer than 0.05 rows of such a table were expected to be as strange, counting all detectors.

    Parameters
    ----------
    without : columns that are not compared, as a target
    most : of more rows so many are looked at, drawn at random; always the same
    """
    places = _places(table.rows, most)
    some = table if len(places) == table.rows else table.take(places)
    cells = cells_of(some, without)
    if len(places) < FEWEST_ROWS or not cells.names:
        return Anomalies(origin=table.origin, looked_at=0, rows=places, scores=np.zeros(len(places)))
    seen = [(module, module.strangeness(cells)) for module in detectors()]
    by_detector = np.column_stack([evidence(one.rows) for _, one in seen])
    scores = by_detector.max(axis=1)
    limit = np.log(len(places) * len(seen) / EXPECTED)
    beyond = int((scores > limit).sum())
    worst = np.argsort(-scores, kind="stable")[: min(beyond, MOST_TOLD)].tolist()
    return Anomalies(
        origin=table.origin,
        looked_at=len(places),
        columns=cells.names,
        rows=table.row_numbers[places],
        scores=scores,
        beyond=beyond,
        strange=tuple(
            StrangeRow(
                row=int(some.row_numbers[place]),
                score=float(scores[place]),
                cells=tuple(_reasons(seen, by_detector[place], cells, _shown(some), place)),
            )
            for place in worst
        ),
    )


def detectors() -> Iterator[ModuleType]:
    """The modules on the shelf."""
    for module in modules("anomalies.detectors"):
        if callable(getattr(module, "strangeness", None)):
            yield module


def _places(rows: int, most: int) -> Integers:
    if rows <= most:
        return np.arange(rows)
    return np.sort(np.random.default_rng(np.random.PCG64(0)).choice(rows, most, replace=False))


def _reasons(
    seen: list[tuple[ModuleType, Strangeness]],
    found: Numbers,
    cells: Cells,
    shown: Callable[[str, int], str],
    place: int,
) -> Iterator[StrangeCell]:
    """The cells that the detector with most to say of a row holds against it, those that weigh most first."""
    for order in np.argsort(-found, kind="stable").tolist():
        module, strangeness = seen[order]
        if strangeness.cells is None:
            continue
        parts = strangeness.cells[place]
        largest = float(parts.max(initial=0.0))
        for column in np.argsort(-parts, kind="stable")[:_CELLS_TOLD].tolist():
            if largest > 0 and parts[column] >= _WORTH_TELLING * largest:
                name = cells.names[column]
                yield StrangeCell(column=name, holds=shown(name, place), why=module.WHY)
        return


def _shown(table: Table) -> Callable[[str, int], str]:
    def holds(name: str, place: int) -> str:
        value = table.values[name]
        if isinstance(value, Strings):
            word = value.levels[value.codes[place]]
            return "missing" if word == MISSING_WORD else word
        if isinstance(value, Dates):
            return "missing" if value.missing[place] else str(np.datetime64(int(value.at[place]), "us"))[:19]
        return "missing" if np.isnan(value[place]) else f"{value[place]:.6g}"

    return holds
