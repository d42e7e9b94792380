"""What is known of a graph's tensors before any row is there: their columns, the range of each, where numbers may be
missing.

Bounds are safe: no row, whatever its cells, has a number beyond them, as floats are rounded. So a clip, a comparison or
a look for missing numbers that cannot find anything is known beforehand. Infinite bounds say that nothing is known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from journeyman.plan.graph import BOOL, DOUBLE, INT64, Node
from journeyman.table.columns import Flags, Numbers

#: By how much exponentials, sums in any order and the like may miss their exact value, relative to it.
_SLACK = 1e-9
FLOAT, WHOLE, FLAG, TEXT = "float64", "int64", "bool", "object"
#: Whole numbers beyond this may wrap around.
_WRAPS = 2.0**62


@dataclass(frozen=True)
class Known:
    """What is known of a tensor (N, width): by column its bounds, and whether there may be NaN.

    ``kind`` is its element type: float64, int64, bool (0 and 1), or object for text, of which nothing else is known.
    """

    low: Numbers
    high: Numbers
    missing: Flags
    kind: str = FLOAT

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.low)

    @property
    def is_whole(self) -> bool:
        """Whether it holds whole numbers, or flags."""
        return self.kind in (WHOLE, FLAG)

    @property
    def is_bounded(self) -> bool:
        """Whether every number is there and finite, whatever the row."""
        return not self.missing.any() and bool(np.isfinite(self.low).all() and np.isfinite(self.high).all())


class Lookup(Protocol):
    """A graph in which the inputs of a node can be looked up by name."""

    def known(self, name: str) -> Known | None:
        """What is known of a tensor; None where not even its columns are."""
        ...

    def value(self, name: str) -> NDArray[Any] | None:
        """The value of a constant; None for what is none."""
        ...

    def maker(self, name: str) -> Node | None:
        """The node that gives a tensor; None for inputs and constants."""
        ...


def anything(width: int, kind: str = FLOAT) -> Known:
    """Columns of which nothing is known."""
    return Known(np.full(width, -np.inf), np.full(width, np.inf), np.full(width, kind == FLOAT), kind)


def of_constant(value: NDArray[Any]) -> Known | None:
    """A constant as a row that stands beside every row; None for what is no row, or no numbers."""
    if value.dtype.kind not in "fiub" or value.ndim > 2 or (value.ndim == 2 and value.shape[0] != 1):
        return None
    row = value.reshape(-1).astype(np.float64)
    gone = np.isnan(row)
    # Of what is always missing no number bounds any: the least is larger than the largest.
    return Known(np.where(gone, np.inf, row), np.where(gone, -np.inf, row), gone, value.dtype.name)


def known_of(node: Node, graph: Lookup) -> Known | None:
    """What is known of what a node gives; None where not even its columns are known."""
    rule = _RULES.get(node.operator)
    with np.errstate(all="ignore"):
        found = None if rule is None else rule(node, graph)
    if found is None:
        return None
    # A bound that is no number bounds nothing.
    low = np.where(np.isnan(found.low), -np.inf, found.low)
    high = np.where(np.isnan(found.high), np.inf, found.high)
    return replace(found, low=low, high=high)


def _together(node: Node, graph: Lookup) -> list[Known] | None:
    """The inputs, as wide as the widest of them."""
    found = [graph.known(name) for name in node.inputs]
    there = [one for one in found if one is not None]
    if len(there) < len(found):
        return None
    width = max(one.width for one in there)
    if any(one.width not in (1, width) for one in there):
        return None
    wide = [np.zeros(width, np.int64) if one.width == 1 else np.arange(width) for one in there]
    return [_columns(one, places) for one, places in zip(there, wide, strict=True)]


def _columns(one: Known, places: NDArray[np.int64]) -> Known:
    return Known(one.low[places], one.high[places], one.missing[places], one.kind)


def _arithmetic(node: Node, graph: Lookup) -> Known | None:
    """Rounding keeps the order of numbers: the ends of a range, computed as floats, hold for all between them."""
    pair = _together(node, graph)
    if pair is None:
        return None
    first, second = pair
    missing, kind = first.missing | second.missing, first.kind
    if node.operator == "Mul" and node.inputs[0] == node.inputs[1]:
        low, high = _of_sizes(first)
        return Known(low * low, high * high, missing, kind)
    operation = {"Add": np.add, "Sub": np.subtract, "Mul": np.multiply, "Div": np.divide}[node.operator]
    ends = np.array([operation(one, two) for one in (first.low, first.high) for two in (second.low, second.high)])
    unknown = np.isnan(ends).any(axis=0) | ~np.isfinite(first.low + first.high + second.low + second.high)
    if node.operator == "Div":
        unknown |= (second.low <= 0) & (second.high >= 0)
    low, high = np.where(unknown, -np.inf, ends.min(axis=0)), np.where(unknown, np.inf, ends.max(axis=0))
    if first.is_whole:
        # Quotients of whole numbers are cut off, and what is too large wraps around.
        fits = np.maximum(np.abs(low), np.abs(high)).max() <= _WRAPS
        return Known(np.floor(low), np.ceil(high), missing, kind) if fits else anything(first.width, kind)
    return Known(low, high, missing | unknown | ~np.isfinite(low + high))


def _of_sizes(one: Known) -> tuple[Numbers, Numbers]:
    """The range of absolute values."""
    ends = np.abs([one.low, one.high])
    return np.where((one.low < 0) & (one.high > 0), 0.0, ends.min(axis=0)), ends.max(axis=0)


def _where(node: Node, graph: Lookup) -> Known | None:
    """Either of two; of comparisons with a number, and of looks for missing numbers, more is known."""
    found = _together(node, graph)
    if found is None:
        return None
    _, yes, no = found
    asks, first, second = graph.maker(node.inputs[0]), *node.inputs[1:]
    if asks is not None and asks.operator == "IsNaN" and asks.inputs[0] == second:
        no = replace(no, missing=np.zeros(no.width, np.bool_))
    elif asks is not None and asks.operator in ("Greater", "Less") and asks.inputs == (second, first):
        if asks.operator == "Greater":
            no = replace(no, low=np.minimum(no.low, yes.high), high=np.minimum(no.high, yes.high))
        else:
            no = replace(no, low=np.maximum(no.low, yes.low), high=np.maximum(no.high, yes.low))
    elif asks is not None and asks.operator == "Less":
        size, most = graph.maker(asks.inputs[0]), graph.value(asks.inputs[1])
        if size is not None and size.operator == "Abs" and size.inputs[0] == first and most is not None:
            yes = replace(yes, low=np.maximum(yes.low, -most), high=np.minimum(yes.high, most))
    low, high = np.minimum(yes.low, no.low), np.maximum(yes.high, no.high)
    return Known(low, high, yes.missing | no.missing, yes.kind)


def _clip(node: Node, graph: Lookup) -> Known | None:
    whole, low, high = graph.known(node.inputs[0]), graph.value(node.inputs[1]), graph.value(node.inputs[2])
    if whole is None or low is None or high is None:
        return None
    return replace(whole, low=np.clip(whole.low, low, high), high=np.clip(whole.high, low, high))


def _extreme(node: Node, graph: Lookup) -> Known | None:
    found = _together(node, graph)
    if found is None:
        return None
    of = np.maximum.reduce if node.operator == "Max" else np.minimum.reduce
    missing = np.any([one.missing for one in found], axis=0)
    return Known(of([one.low for one in found]), of([one.high for one in found]), missing, found[0].kind)


def _flags(node: Node, graph: Lookup) -> Known | None:
    found = [graph.known(name) for name in node.inputs]
    widths = [one.width for one in found if one is not None]
    if len(widths) < len(found):
        return None
    return Known(np.zeros(max(widths)), np.ones(max(widths)), np.zeros(max(widths), np.bool_), FLAG)


def _gather(node: Node, graph: Lookup) -> Known | None:
    """Columns, or one number of a table for each place."""
    table, places = graph.value(node.inputs[0]), graph.value(node.inputs[1])
    if node.attributes.get("axis", 0) == 1:
        whole = graph.known(node.inputs[0])
        if whole is None or places is None or places.ndim != 1:
            return None
        return _columns(whole, places)
    found = graph.known(node.inputs[1])
    if table is None or found is None or table.ndim != 1 or not table.size or not found.is_bounded:
        return None
    ends = []
    for low, high in zip(found.low.tolist(), found.high.tolist(), strict=True):
        part = table[max(int(low), 0) : max(int(high), 0) + 1].astype(np.float64)
        there = part[~np.isnan(part)] if len(part) else np.zeros(1)
        ends.append((there.min(initial=np.inf), there.max(initial=-np.inf), len(there) < len(part)))
    low, high, missing = (np.array(side) for side in zip(*ends, strict=True))
    return Known(low, high, missing, table.dtype.name)


def _encoder(node: Node, graph: Lookup) -> Known | None:
    whole, values = graph.known(node.inputs[0]), node.attributes.get("values_int64s")
    if whole is None or values is None:
        return None if whole is None else anything(whole.width, TEXT)
    ends = np.array([*values, node.attributes["default_int64"]], np.float64)
    low, high = np.full(whole.width, ends.min()), np.full(whole.width, ends.max())
    return Known(low, high, np.zeros(whole.width, np.bool_), WHOLE)


def _concat(node: Node, graph: Lookup) -> Known | None:
    found = [graph.known(name) for name in node.inputs]
    parts = [one for one in found if one is not None]
    if node.attributes.get("axis") != 1 or len(parts) < len(found):
        return None
    low, high, missing = (np.concatenate([getattr(one, side) for one in parts]) for side in ("low", "high", "missing"))
    return Known(low, high, missing, parts[0].kind)


def _alone(node: Node, graph: Lookup) -> Known | None:
    """Operations on each number alone."""
    one = graph.known(node.inputs[0])
    if one is None:
        return None
    low, high, missing = one.low, one.high, one.missing
    match node.operator:
        case "Sqrt":
            return Known(np.sqrt(np.maximum(low, 0.0)), np.sqrt(np.maximum(high, 0.0)), missing | (low < 0))
        case "Log":
            return _loosely(np.log(np.maximum(low, 0.0)), np.log(np.maximum(high, 0.0)), missing | (low < 0))
        case "Exp":
            return _loosely(np.exp(low), np.exp(high), missing)
        case "Sigmoid" | "Tanh":
            least = 0.0 if node.operator == "Sigmoid" else -1.0
            return Known(np.full(one.width, least), np.ones(one.width), missing)
        case "Softmax":
            return Known(np.zeros(one.width), np.ones(one.width), np.full(one.width, not one.is_bounded))
        case "Neg":
            return replace(one, low=-high, high=-low)
        case "Abs":
            low, high = _of_sizes(one)
            return replace(one, low=low, high=high)
        case "Round" | "Floor":
            return replace(one, low=np.floor(low), high=np.ceil(high))
    return one


def _loosely(low: Numbers, high: Numbers, missing: Flags) -> Known:
    return Known(low - np.abs(low) * _SLACK, high + np.abs(high) * _SLACK, missing)


def _cast(node: Node, graph: Lookup) -> Known | None:
    one = graph.known(node.inputs[0])
    if one is None:
        return None
    if node.attributes["to"] == BOOL:
        return Known(np.zeros(one.width), np.ones(one.width), np.zeros(one.width, np.bool_), FLAG)
    if node.attributes["to"] == DOUBLE:
        return replace(one, kind=FLOAT)
    if node.attributes["to"] != INT64 or not one.is_bounded:
        return None
    return Known(np.floor(one.low), np.ceil(one.high), np.zeros(one.width, np.bool_), WHOLE)


def _product(node: Node, graph: Lookup) -> Known | None:
    rows, weights = graph.known(node.inputs[0]), graph.value(node.inputs[1])
    if weights is None or weights.ndim != 2:
        return None
    if rows is None or not rows.is_bounded:
        return anything(weights.shape[1])
    ends = np.array([rows.low[:, None] * weights, rows.high[:, None] * weights])
    slack = np.abs(ends).max(axis=0).sum(axis=0) * _SLACK
    low, high = ends.min(axis=0).sum(axis=0) - slack, ends.max(axis=0).sum(axis=0) + slack
    return Known(low, high, ~np.isfinite(low + high))


def _trees(node: Node, graph: Lookup) -> Known | None:
    """The sums over all trees of the least and of the largest leaf; missing numbers have their way at every split."""
    told = {name: np.asarray(value) for name, value in node.attributes.items()}
    weights, roots, width = told["leaf_weights"].astype(np.float64), told["tree_roots"], int(told["n_targets"])
    tree_of_leaf, tree_of_split = np.zeros(len(weights), np.int64), np.zeros(len(told["nodes_splits"]), np.int64)
    tree_of_split[roots] = np.arange(len(roots))
    level = roots
    while len(level):
        below = []
        for side in ("true", "false"):
            child, is_leaf = told[f"nodes_{side}nodeids"][level], told[f"nodes_{side}leafs"][level] == 1
            tree_of_leaf[child[is_leaf]] = tree_of_split[level[is_leaf]]
            tree_of_split[child[~is_leaf]] = tree_of_split[level[~is_leaf]]
            below.append(child[~is_leaf])
        level = np.concatenate(below)
    # A tree gives nothing to the targets that its leaf does not name.
    low, high = np.zeros((len(roots), width)), np.zeros((len(roots), width))
    place = tree_of_leaf, told["leaf_targetids"]
    counts = np.zeros((len(roots), width), np.int64)
    np.add.at(counts, place, 1)
    always = counts == np.bincount(tree_of_leaf, minlength=len(roots))[:, None]
    low[always], high[always] = np.inf, -np.inf
    np.minimum.at(low, place, weights)
    np.maximum.at(high, place, weights)
    slack = np.maximum(np.abs(low), np.abs(high)).sum(axis=0) * _SLACK
    return Known(low.sum(axis=0) - slack, high.sum(axis=0) + slack, np.zeros(width, np.bool_))


def _sum(node: Node, graph: Lookup) -> Known | None:
    """Of sums of looked-up rows only the width is told."""
    rows, axes = graph.known(node.inputs[0]), graph.value(node.inputs[1])
    if rows is not None and axes is not None and axes.tolist() == [1] and node.attributes.get("keepdims", 1):
        low, high = np.array([rows.low.sum()]), np.array([rows.high.sum()])
        slack = np.array([np.maximum(np.abs(rows.low), np.abs(rows.high)).sum()]) * _SLACK
        if rows.is_whole:
            return Known(low, high, np.zeros(1, np.bool_), WHOLE)
        return Known(low - slack, high + slack, np.array([not rows.is_bounded]))
    source = graph.maker(node.inputs[0])
    table = None if source is None or source.operator != "Gather" else graph.value(source.inputs[0])
    if node.attributes.get("keepdims", 1) or table is None or table.ndim != 2:
        return None
    return anything(table.shape[1])


def _most(node: Node, graph: Lookup) -> Known | None:
    """The largest number of a row."""
    rows = graph.known(node.inputs[0])
    if rows is None or not rows.width:
        return None
    missing = np.array([rows.missing.any()])
    return Known(np.array([rows.low.max()]), np.array([rows.high.max()]), missing, rows.kind)


def _reshape(node: Node, graph: Lookup) -> Known | None:
    """Rows that were looked up, laid side by side."""
    source, sizes = graph.maker(node.inputs[0]), graph.value(node.inputs[1])
    table = None if source is None or source.operator != "Gather" else graph.value(source.inputs[0])
    if table is None or table.dtype.kind != "f" or sizes is None or len(sizes) != 2 or sizes[0] != -1 or sizes[1] < 1:
        return None
    return anything(int(sizes[1]))


def _remainder(node: Node, graph: Lookup) -> Known | None:
    pair = _together(node, graph)
    if pair is None or not pair[1].is_whole or (pair[1].low <= 0).any() or node.attributes.get("fmod", 0):
        return None
    return Known(np.zeros(pair[0].width), pair[1].high, np.zeros(pair[0].width, np.bool_), WHOLE)


_FLAGS = ("Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual", "And", "Or", "Not", "IsNaN")
_RULES: Mapping[str, Callable[[Node, Lookup], Known | None]] = {
    **dict.fromkeys(("Add", "Sub", "Mul", "Div"), _arithmetic),
    **dict.fromkeys(_FLAGS, _flags),
    **dict.fromkeys(("Sqrt", "Log", "Exp", "Sigmoid", "Tanh", "Softmax", "Neg", "Abs", "Round", "Floor"), _alone),
    **dict.fromkeys(("Max", "Min"), _extreme),
    "Cast": _cast,
    "Clip": _clip,
    "Concat": _concat,
    "Gather": _gather,
    "Identity": _alone,
    "LabelEncoder": _encoder,
    "MatMul": _product,
    "Mod": _remainder,
    "ReduceMax": _most,
    "ReduceSum": _sum,
    "Reshape": _reshape,
    "TreeEnsemble": _trees,
    "Where": _where,
}
