"""Wires: tensors of terms. One row stands for all, so a wire's first axis has as many cells as a row has."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from journeyman.deployment.sql.term import Book, Kind, Term, Value, cannot_be_said

#: A wire's cells.
Cells = NDArray[np.object_]
_KINDS: Mapping[str, Kind] = {
    "float64": "number",
    "int64": "whole",
    "int32": "whole",
    "bool": "flag",
    "object": "word",
}


@dataclass(frozen=True)
class Wire:
    """A tensor at some point of the graph.

    Parameters
    ----------
    cells : of terms, for one row; empty objects for a constant that nobody has asked a cell of
    value : the constant that it is, None where it hangs on the row
    """

    shape: tuple[int, ...]
    _cells: Cells | None
    value: NDArray[Any] | None = None

    @classmethod
    def of(cls, cells: Cells) -> Wire:
        """A wire that hangs on the row."""
        return cls(cells.shape, cells)

    @classmethod
    def constant(cls, value: NDArray[Any]) -> Wire:
        """A constant."""
        return cls(value.shape, None, value)

    def cells(self, book: Book) -> Cells:
        """Its cells; of a constant they are made now."""
        if self._cells is not None:
            return self._cells
        if self.value is None:
            raise TypeError("a wire without cells and without a value")
        return constants(book, self.value)


@dataclass(frozen=True)
class Call:
    """One operation of the graph: the book to write in, its inputs, its attributes."""

    book: Book
    inputs: Sequence[Wire]
    attributes: Mapping[str, Any]

    def cells(self, place: int) -> Cells:
        """The cells of an input."""
        return self.inputs[place].cells(self.book)

    def together(self) -> list[Cells]:
        """The cells of all inputs, broadcast to one shape."""
        every = [wire.cells(self.book) for wire in self.inputs]
        return [np.asarray(one, dtype=object) for one in np.broadcast_arrays(*every)]

    def each(self, function: Callable[..., Term]) -> Wire:
        """A function of the inputs, cell by cell."""
        every = self.together()
        found = np.empty(every[0].shape, dtype=object)
        for place in np.ndindex(found.shape):
            found[place] = function(self.book, *(one[place] for one in every))
        return Wire.of(found)


#: An operator in SQL: what it makes of its inputs.
Operator = Callable[[Call], Wire]


def constants(book: Book, value: NDArray[Any]) -> Cells:
    """The cells of a constant tensor; missing numbers are missing."""
    kind = _KINDS.get(value.dtype.newbyteorder("=").name)
    if kind is None:
        raise cannot_be_said("it calculates with short floats, as networks do")
    cells = np.empty(value.shape, dtype=object)
    for place in np.ndindex(value.shape):
        cells[place] = book.constant(_plain(value[place], kind), kind)
    return cells


def _plain(value: Any, kind: Kind) -> Value:
    if kind == "number":
        return None if np.isnan(value) else float(value)
    if kind == "word":
        return str(value)
    return bool(value) if kind == "flag" else int(value)
