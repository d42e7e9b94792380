"""Past cases that a bundle keeps where its builder asked for it: a plain file, read within limits, never code."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from journeyman.bundle.background import TypedCell, cell_fits, columns_of
from journeyman.bundle.shown import typed_cell
from journeyman.errors import BundleError
from journeyman.plan.target import Target
from journeyman.table.columns import Columns
from journeyman.table.schema import Column

FORMAT = 1
#: The file of the bundle, and the largest size that is written and read.
CASES, LARGEST = "cases.json", 1 << 24
#: Most cases that are kept.
MOST_CASES = 1000


@dataclass(frozen=True)
class Cases:
    """Cases of the past: people's rows, as the model reads them, with what became of each.

    Parameters
    ----------
    cells : by column, (cases,): numbers, dates in microseconds, words (of a text: its terms); None is missing
    outcomes : (cases,) class labels or numbers
    """

    cells: Mapping[str, tuple[TypedCell, ...]]
    outcomes: tuple[float | str, ...]

    def columns(self, features: Sequence[Column]) -> Columns:
        """The cases as a model's graph takes them."""
        return columns_of(self.cells, features, len(self.outcomes))

    def content(self) -> bytes:
        """The bytes of the file: the same cases, the same bytes."""
        cells = {name: list(one) for name, one in self.cells.items()}
        data = {"format": FORMAT, "cells": cells, "outcomes": list(self.outcomes)}
        return (json.dumps(data, sort_keys=True, allow_nan=False) + "\n").encode()


def keep_cases(columns: Columns, target: Target, *, seed: int) -> Cases | None:
    """Draw cases by chance, so that their outcomes are as frequent as they were; None where there are none.

    At most `MOST_CASES`, and fewer where their texts are so long that the file would be too large.
    """
    random = np.random.default_rng(np.random.PCG64(seed))
    order = random.permutation(columns.rows)
    most = min(columns.rows, MOST_CASES)
    while most:
        chosen = np.sort(order[:most])
        sample = columns.take(chosen)
        cells = {name: tuple(typed_cell(sample, name, row) for row in range(most)) for name in sample.names}
        values = target.values[chosen].tolist()
        outcomes = tuple(target.classes[int(one)] for one in values) if target.classes else tuple(values)
        cases = Cases(cells, outcomes)
        if len(cases.content()) <= LARGEST:
            return cases
        most //= 2
    return None


def read_cases(content: bytes, features: Sequence[Column], classes: Sequence[str]) -> Cases:
    """Read what `Cases.content` wrote, trusting none of it.

    Raises
    ------
    BundleError : it is nothing that we write, or does not fit the columns and classes of the model
    """
    try:
        data = json.loads(content.decode("ascii"))
        json.dumps(data, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError) as error:
        raise _damaged("it is no JSON that we write") from error
    _is(isinstance(data, dict) and set(data) == {"format", "cells", "outcomes"}, "it holds no cases")
    _is(data["format"] == FORMAT and type(data["format"]) is int, "its format is unknown")
    cells, outcomes = data["cells"], data["outcomes"]
    _is(isinstance(outcomes, list) and 0 < len(outcomes) <= MOST_CASES, "it holds no cases, or too many")
    if classes:
        _is(all(isinstance(one, str) and one in classes for one in outcomes), "an outcome is no class of the model")
    else:
        number = Column(name="", kind="number")
        _is(all(one is not None and cell_fits(number, one) for one in outcomes), "an outcome is no number")
    _is(isinstance(cells, dict) and set(cells) == {one.name for one in features}, "it has other columns than the model")
    for column in features:
        given = cells[column.name]
        _is(isinstance(given, list) and len(given) == len(outcomes), "cells and outcomes differ in number")
        _is(all(cell_fits(column, cell) for cell in given), "a cell is not of its column's kind")
    return Cases({name: tuple(one) for name, one in cells.items()}, tuple(outcomes))


def _is(condition: bool, otherwise: str) -> None:
    if not condition:
        raise _damaged(otherwise)


def _damaged(reason: str) -> BundleError:
    return BundleError(
        "the bundle's past cases are refused", because=reason, remedy="build the bundle again, or get an undamaged copy"
    )
