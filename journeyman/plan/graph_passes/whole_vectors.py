"""Functions that round by place are asked for whole vectors, so that a row alone has the bits that it has among others.

Runtimes compute exponentials and logarithms for several numbers at once, and for the few that are left over otherwise,
which rounds differently. With as many columns as fill vectors nothing is left over, however many rows there are;
without that, a row alone has to be computed with copies of itself (`journeyman.bundle.together`).
"""

from __future__ import annotations

import numpy as np

from journeyman.plan.graph import ROUNDS_BY_PLACE, VECTOR, Node
from journeyman.plan.rewriting import Rewriting

#: After the others: what they put together is filled up once.
STAGE = 1
#: Exponentials of such scores, and sums of many, are no more than floats hold.
_FARTHEST = 500.0


def rewrite(node: Node, new: Rewriting) -> str | None:
    """Exp, Log, Sigmoid, Tanh and Softmax. Only the last differs, in the last bits."""
    width = new.width(node.inputs[0]) if node.inputs else None
    if width is None or not width:
        return None
    if node.operator == "Softmax":
        return _softmax(node.inputs[0], new, width)
    if node.operator not in ROUNDS_BY_PLACE or width % VECTOR == 0:
        return None
    filled = [*range(width), *([0] * (-width % VECTOR))]
    return new.pick(new.again(node, new.pick(node.inputs[0], filled, width)), list(range(width)), len(filled))


def _softmax(score: str, new: Rewriting, width: int) -> str | None:
    known = new.known(score)
    if known is None or not known.is_bounded:
        return None
    if max(-known.low.min(), known.high.max()) > _FARTHEST:
        most = new.add("ReduceMax", score, new.constant([1], np.int64), keepdims=1)
        score = new.add("Sub", score, most)
    powers = new.add("Exp", score)
    return new.add("Div", powers, new.add("MatMul", powers, new.constant(np.ones((width, width)))))
