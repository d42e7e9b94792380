"""What cannot change any number is left out: bounds that are never reached, looks for missing numbers where there are
none."""

from __future__ import annotations

import numpy as np

from journeyman.plan.graph import Node
from journeyman.plan.rewriting import Rewriting


def rewrite(node: Node, new: Rewriting) -> str | None:
    """Where, Clip, Max, Min and Identity. Exact, by what is known of all rows (`journeyman.plan.known_values`)."""
    if node.operator == "Where":
        return _where(node, new)
    if node.operator == "Clip":
        return _clip(node, new)
    if node.operator in ("Max", "Min") and len(node.inputs) == 2:
        return _extreme(node, new)
    if node.operator == "Identity":
        return node.inputs[0]
    if node.operator == "Mul" and new.number(node.inputs[1]) == 1.0:
        known = new.known(node.inputs[0])
        return node.inputs[0] if known is not None and not known.is_whole else None
    return None


def _where(node: Node, new: Rewriting) -> str | None:
    condition, first, second = node.inputs
    asks = new.maker(condition)
    if asks is None:
        return None
    if asks.operator == "IsNaN" and asks.inputs[0] == second:
        known, width = new.known(second), new.width(first)
        if known is not None and not known.missing.any() and width in (1, known.width):
            return second
    if asks.operator in ("Greater", "Less") and asks.inputs == (second, first):
        return _bound(asks, node, new)
    size = new.made_by(asks.inputs[0], "Abs") if asks.operator == "Less" else None
    if size is not None and size.inputs[0] == first:
        known, most = new.known(first), new.number(asks.inputs[1])
        if known is not None and most is not None and known.is_bounded:
            return first if np.abs([known.low, known.high]).max() < most else None
    return None


def _bound(asks: Node, node: Node, new: Rewriting) -> str | None:
    """A number instead of all beyond it: idle, or with one on the other side a Clip, where none is missing."""
    second, known, limit = node.inputs[2], new.known(node.inputs[2]), new.number(node.inputs[1])
    if known is None or limit is None:
        return None
    is_idle = known.high.max() <= limit if asks.operator == "Greater" else known.low.min() >= limit
    if is_idle:
        return second
    other = new.made_by(second, "Where")
    inner = new.maker(other.inputs[0]) if other is not None else None
    if other is None or inner is None or known.missing.any() or inner.inputs != (other.inputs[2], other.inputs[1]):
        return None
    beyond = new.number(other.inputs[1])
    if {asks.operator, inner.operator} != {"Greater", "Less"} or beyond is None:
        return None
    low, high = (limit, beyond) if asks.operator == "Less" else (beyond, limit)
    if not low <= high:
        return None
    return new.add("Clip", other.inputs[2], new.constant(low), new.constant(high))


def _clip(node: Node, new: Rewriting) -> str | None:
    known, low, high = new.known(node.inputs[0]), *(new.value(name) for name in node.inputs[1:])
    if low is None or high is None or low.dtype.kind != "f":
        return None
    if known is not None and not known.missing.any() and known.low.min() >= low and known.high.max() <= high:
        return None if _is_bound_of_sigmoid(node, new) else node.inputs[0]
    inner = new.made_by(node.inputs[0], "Clip")
    if inner is None:
        return None
    below, above = (new.value(name) for name in inner.inputs[1:])
    if below is None or above is None or not (below <= high and low <= above and low <= high and below <= above):
        return None
    return new.add("Clip", inner.inputs[0], new.constant(max(low, below)), new.constant(min(high, above)))


def _is_bound_of_sigmoid(node: Node, new: Rewriting) -> bool:
    """Such a bound stays. Without it, x · sigmoid(x) is what onnxruntime before 1.31 makes one operation of that it
    does not have for doubles, and then refuses the graph.
    """
    return any(one.operator == "Sigmoid" and node.outputs[0] in one.inputs for one in new.old)


def _extreme(node: Node, new: Rewriting) -> str | None:
    known, limit = new.known(node.inputs[0]), new.known(node.inputs[1])
    if known is None or limit is None or new.value(node.inputs[1]) is None or known.is_whole:
        return None
    if known.missing.any() or limit.width not in (1, known.width):
        return None
    is_idle = (known.low >= limit.high).all() if node.operator == "Max" else (known.high <= limit.low).all()
    return node.inputs[0] if is_idle else None
