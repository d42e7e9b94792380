"""The graph as terms: every operation that the answer hangs on, in order, for one row that stands for all."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np

from journeyman.bundle.onnx_file import OnnxFile
from journeyman.deployment.sql.term import Book, Term, cannot_be_said
from journeyman.deployment.sql.wires import Call, Cells, Operator, Wire
from journeyman.plan.graph import OUTPUT
from journeyman.plan.shelf import modules

#: Why an operator that is not on the shelf is not: what it is there for.
_BECAUSE = {"StringSplit": "it reads texts as bags of terms, and a database has no such thing"}


@cache
def shelf() -> Mapping[str, Operator]:
    """Every operator that can be said, by name."""
    found: dict[str, Operator] = {}
    for one in modules("deployment.sql.operators"):
        found |= getattr(one, "SAYS", {})
    return found


def compiled(file: OnnxFile, inputs: Mapping[str, Cells], book: Book) -> list[Term]:
    """What an audited graph answers, output by output.

    Parameters
    ----------
    inputs : the cells of each input, (1, columns)

    Raises
    ------
    InputError : the graph does something that SQL cannot say, or would take too long to
    """
    needed = _needed(file)
    for node in file.nodes:
        if node.outputs[0] in needed and node.operator not in shelf():
            because = _BECAUSE.get(node.operator, f"it uses the operator {node.operator}")
            raise cannot_be_said(because)
    wires = {name: Wire.constant(value) for name, value in file.constants.items()}
    wires |= {name: Wire.of(cells) for name, cells in inputs.items()}
    for node in file.nodes:
        if node.outputs[0] in needed:
            attributes = {name: value for name, (_, value) in node.attributes.items()}
            call = Call(book, [wires[name] for name in node.inputs if name], attributes)
            wires[node.outputs[0]] = shelf()[node.operator](call)
    answer = wires[OUTPUT].cells(book)
    return list(np.asarray(answer, dtype=object)[0])


def _needed(file: OnnxFile) -> set[str]:
    """The wires that the answer hangs on."""
    needed = {OUTPUT}
    for node in reversed(file.nodes):
        if node.outputs[0] in needed:
            needed |= {name for name in node.inputs if name}
    return needed
