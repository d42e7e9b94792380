"""The audit of a graph, before onnxruntime, a native parser, sees a byte of it.

Native parsers follow the indexes in a file without looking whether they point anywhere. So our own reader looks
first: at the format (`protobuf`, `onnx_file`), at every operator with its types and sizes (`operators`), and at the
arrays of trees (`trees`). What passes uses bounded memory and time, reads inside its arrays, ends, and gives each row
the same answer whatever rows stand beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from journeyman.bundle.costs import Account
from journeyman.bundle.manifest import Manifest
from journeyman.bundle.onnx_file import Node, OnnxFile, Port, read_onnx
from journeyman.bundle.operators import OPERATORS, UNUSED, Operator, Wire
from journeyman.bundle.protobuf import refuse
from journeyman.bundle.together import rows_together
from journeyman.plan.graph import OUTPUT


@dataclass(frozen=True)
class GraphFacts:
    """What the audit found out: operations, cells that all tensors together have for one row, and how many rows have to
    go together (`journeyman.bundle.together`)."""

    nodes: int
    cells_a_row: int
    together: int


def audit_graph(content: bytes, manifest: Manifest) -> GraphFacts:
    """Audit a graph against the manifest that it came with.

    Raises
    ------
    BundleError : it is not exactly such a graph as we write, or its inputs and output are not the manifest's
    """
    return audit_ports(content, manifest.blocks(), manifest.outputs)


def audit_ports(content: bytes, blocks: Mapping[str, tuple[str, int]], outputs: int) -> GraphFacts:
    """Audit a graph with given inputs (name → element type and columns) and a number of outputs.

    Raises
    ------
    BundleError : see `audit_graph`
    """
    file = read_onnx(content)
    expected = tuple(Port(name, kind, (None, width)) for name, (kind, width) in blocks.items())
    if file.inputs != expected:
        raise refuse("its inputs are not the columns of the manifest")
    if file.outputs != (Port(OUTPUT, "float64", (None, -1)),):
        raise refuse(f"its output is not one tensor {OUTPUT!r} of numbers")
    wires, facts = _follow(file, {name: Wire(kind, (-1, width)) for name, (kind, width) in blocks.items()})
    answer = wires.get(OUTPUT)
    if answer is None or (answer.kind, answer.shape) != ("float64", (-1, outputs)):
        raise refuse(f"its answer is not {outputs} numbers a row")
    return facts


def _follow(file: OnnxFile, wires: dict[str, Wire]) -> tuple[dict[str, Wire], GraphFacts]:
    """Go through the operations in order, and tell what each gives."""
    with_missing = set()
    for name, array in file.constants.items():
        _define(wires, name, Wire(array.dtype.newbyteorder("=").name, array.shape, array))
        if array.dtype.kind == "f" and not np.isfinite(array).all():
            if np.isinf(array).any():
                raise refuse(f"the constant {name!r} holds an infinite number")
            with_missing.add(name)
    account = Account(wires.values())
    for node in file.nodes:
        operator = _allowed(node)
        attributes = {name: value for name, (_, value) in node.attributes.items()}
        wire = operator.rule(_inputs(node, operator, wires, with_missing), attributes)
        if len(node.outputs) != operator.outputs:
            raise refuse(f"{node.operator} has not as many outputs as it should")
        for unused in node.outputs[1:]:
            _define(wires, unused, Wire(UNUSED, ()))
        # The value of a constant is not followed through operations; only what stands in the file is known.
        _define(wires, node.outputs[0], Wire(wire.kind, wire.shape))
        account.add(node, wire)
    return wires, GraphFacts(len(file.nodes), account.cells, rows_together(file.nodes, wires))


def _define(wires: dict[str, Wire], name: str, wire: Wire) -> None:
    if name in wires:
        raise refuse(f"the name {name!r} is given twice")
    wires[name] = wire


def _allowed(node: Node) -> Operator:
    operator = OPERATORS.get(node.operator)
    if operator is None or operator.domain != node.domain:
        raise refuse(f"the operator {f'{node.domain}.{node.operator}'.lstrip('.')[:60]!r} is not one that we write")
    for name, (kind, _) in node.attributes.items():
        if operator.attributes.get(name) != kind:
            raise refuse(f"{node.operator} has an attribute {name[:60]!r} that we do not write")
    return operator


def _inputs(node: Node, operator: Operator, wires: Mapping[str, Wire], with_missing: set[str]) -> Sequence[Wire]:
    """The inputs that are there, each defined before its use."""
    if not operator.least <= len(node.inputs) <= operator.most:
        raise refuse(f"{node.operator} has {len(node.inputs)} inputs")
    found = []
    for place, name in enumerate(node.inputs):
        if not name and operator.least <= place:
            continue
        if name not in wires or wires[name].kind == UNUSED:
            raise refuse(f"{node.operator} takes {name!r}, which nothing before it gives")
        if name in with_missing and place not in operator.missing_at:
            raise refuse(f"the constant {name!r} holds missing numbers where there may be none")
        found.append(wires[name])
    return found
