"""How many rows a graph has to be given at a time, so that each row gets the same bits in any company."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from journeyman.bundle.onnx_file import Node
from journeyman.bundle.operators import Wire
from journeyman.plan.graph import ROUNDS_BY_PLACE, VECTOR

#: Rows that fill the vectors of every processor, whatever the columns.
TOGETHER = 8
#: Operators that may round by place whatever their columns are.
_ALWAYS = ("Softmax", "Pow")


def rows_together(nodes: Sequence[Node], wires: Mapping[str, Wire]) -> int:
    """1 where a row alone has the bits that it has among others, else `TOGETHER`: multiples of it do.

    Most operations round each number as the standard for floats says, and sums of a row are in one order. Exponentials
    and the like are computed for several numbers at once, and otherwise for the few that are left over; with columns
    that fill whole vectors none is left over.

    Parameters
    ----------
    wires : what the audit found out of every tensor
    """
    for node in nodes:
        if node.operator in _ALWAYS:
            return TOGETHER
        if node.operator in ROUNDS_BY_PLACE:
            sizes = wires[node.outputs[0]].shape
            if not sizes or sizes[-1] < VECTOR or sizes[-1] % VECTOR:
                return TOGETHER
    return 1
