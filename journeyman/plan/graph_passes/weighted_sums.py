"""A weighted sum of several answers is one product with the weights."""

from __future__ import annotations

import numpy as np

from journeyman.plan.graph import Node
from journeyman.plan.known_values import FLOAT
from journeyman.plan.rewriting import Rewriting
from journeyman.table.columns import Numbers

#: More answers than this are summed up one by one: the product's matrix is mostly zeros.
_MOST_OUTPUTS = 32
#: Cells of a matrix that is written anew at most.
_CELLS = 1024


def rewrite(node: Node, new: Rewriting) -> str | None:
    """Add of what was multiplied by one number each. Differs in the last bits, as sums in another order do."""
    if node.operator in ("Mul", "Div"):
        return _scaled(node, new)
    if node.operator != "Add":
        return None
    width = new.width(node.inputs[0])
    if width is None or width != new.width(node.inputs[1]) or width > _MOST_OUTPUTS:
        return None
    terms = [one for name in node.inputs if (one := _term(new, name, width)) is not None]
    if len(terms) < 2:
        return None
    joined = new.join(*(wire for wire, _ in terms))
    return new.add("MatMul", joined, new.constant(np.concatenate([weights for _, weights in terms])))


def _scaled(node: Node, new: Rewriting) -> str | None:
    """A sum that is multiplied by one number has weights that are."""
    inner, factor = new.made_by(node.inputs[0], "MatMul"), _factor(node, new)
    weights = None if inner is None else new.value(inner.inputs[1])
    if inner is None or factor is None or weights is None or new.uses[node.inputs[0]] > 1 or weights.size > _CELLS:
        return None
    return new.add("MatMul", inner.inputs[0], new.constant(weights * factor))


def _factor(node: Node, new: Rewriting) -> float | None:
    """By what a tensor is multiplied, where that is one number that can be told exactly or nearly so."""
    number = new.number(node.inputs[1])
    if number is None or node.operator == "Mul":
        return number
    return 1.0 / number if 1e-100 < abs(number) < 1e100 else None


def _term(new: Rewriting, name: str, width: int) -> tuple[str, Numbers] | None:
    """A tensor and the matrix that it is multiplied by."""
    maker = new.maker(name)
    if maker is None or new.uses[name] > 1:
        return None
    known, matrix = new.known(maker.inputs[0]), None
    if maker.operator in ("Mul", "Div"):
        weight = _factor(maker, new)
        matrix = None if weight is None else np.eye(width) * weight
    if maker.operator == "MatMul" and (width > 1 or new.made_by(maker.inputs[0], "Concat") is not None):
        matrix = new.value(maker.inputs[1])
    if matrix is None or known is None or not known.is_bounded or (known.width, known.kind) != (len(matrix), FLOAT):
        return None
    return maker.inputs[0], matrix
