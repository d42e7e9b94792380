"""What moves cells and changes none."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from journeyman.bundle.onnx_file import KINDS
from journeyman.deployment.sql import whole
from journeyman.deployment.sql.choices import chosen
from journeyman.deployment.sql.term import Book, Term, cannot_be_said
from journeyman.deployment.sql.wires import Call, Cells, Operator, Wire


def _moved(move: Callable[[Cells, list[int]], Cells]) -> Operator:
    """A move that a constant list of numbers, the second input, tells."""

    def operator(call: Call) -> Wire:
        told = call.inputs[1].value
        return Wire.of(move(call.cells(0), [] if told is None else told.tolist()))

    return operator


def _reshape(cells: Cells, sizes: list[int]) -> Cells:
    return cells.reshape([cells.shape[axis] if size == 0 else size for axis, size in enumerate(sizes)])


def _concat(call: Call) -> Wire:
    parts = [call.cells(place) for place in range(len(call.inputs))]
    return Wire.of(np.concatenate(parts, axis=int(call.attributes["axis"])))


def _cast(call: Call) -> Wire:
    kind = KINDS[call.attributes["to"]]

    def cast(book: Book, one: Term) -> Term:
        if kind == "float64":
            return whole.as_number(book, one)
        if kind in ("int64", "int32"):
            return whole.as_whole(book, one)
        if kind == "bool":
            found = (
                one if one.kind == "flag" else chosen(book, lambda value: value is None or value != 0, "flag", (one,))
            )
            if found is not None:
                return found
        raise cannot_be_said(f"it makes {kind} of numbers")

    return call.each(cast)


def _squeeze(cells: Cells, axes: list[int]) -> Cells:
    return np.squeeze(cells, axis=tuple(axes))


def _unsqueeze(cells: Cells, axes: list[int]) -> NDArray[np.object_]:
    return np.expand_dims(cells, axis=tuple(axes))


SAYS: Mapping[str, Operator] = {
    "Cast": _cast,
    "Concat": _concat,
    "Identity": lambda call: call.inputs[0],
    "Reshape": _moved(_reshape),
    "Squeeze": _moved(_squeeze),
    "Unsqueeze": _moved(_unsqueeze),
}
