"""The operators that a graph may use: their attributes, and what types and sizes they give.

This table is the allow list. A rule sees each input as a `Wire` and gives the `Wire` of the output, so that all sizes
are known before anything runs, every index that native code follows without looking can be checked, and no operation
mixes rows: whatever a row is scored beside, it gets the same answer.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from journeyman.bundle.onnx_file import KINDS, MOST_AXES
from journeyman.bundle.protobuf import refuse
from journeyman.bundle.trees import TREE_ATTRIBUTES, check_trees
from journeyman.table.columns import MOST_TERMS, TERM_END


@dataclass(frozen=True)
class Wire:
    """What is known of a tensor: element type, sizes, and its value where it is a constant.

    A size below 0 grows with the rows: -1 is one for each row, -3 is three for each.
    """

    kind: str
    shape: tuple[int, ...]
    value: NDArray[Any] | None = None
    work: int = 0

    @property
    def cells(self) -> int:
        """How many cells it has for each row (in all, where it does not grow with the rows)."""
        return math.prod(abs(size) for size in self.shape)

    @property
    def of_rows(self) -> int | None:
        """The axis that grows with the rows, if there is one."""
        grown = [axis for axis, size in enumerate(self.shape) if size < 0]
        if len(grown) > 1:
            raise refuse("a tensor grows with the square of the rows")
        return grown[0] if grown else None


Attributes = Mapping[str, Any]
Rule = Callable[[Sequence[Wire], Attributes], Wire]


@dataclass(frozen=True)
class Operator:
    """An operator that is allowed.

    Parameters
    ----------
    rule : what it gives for some inputs; ``work`` of the result is told where it is more than one step a cell
    least, most : how many inputs it takes; those behind the first ``least`` may be left empty
    attributes : type of each attribute that it may have
    missing_at : places of inputs that may be constants with missing numbers (NaN) among them
    domain : the operator set
    outputs : how many it gives; only the first may be used
    """

    rule: Rule
    least: int
    most: int
    attributes: Mapping[str, str] = field(default_factory=dict)
    missing_at: tuple[int, ...] = ()
    domain: str = ""
    outputs: int = 1


#: What a text falls apart into: as many pieces a row as the longest text of the batch has, at most as many as told.
#: No other kind of tensor has sizes that are not known, so these kinds go through the few rules that name them, and
#: end in a sum over all pieces.
_PIECES = {"pieces": "places of pieces", "places of pieces": "numbers of pieces", "numbers of pieces": "float64"}
#: The kind of an output that nothing may take.
UNUSED = "unused"
_NUMERIC = ("float64", "float32", "int64", "int32")
_WHOLE = ("int64", "int32")
_REAL = ("float64",)


def _require(condition: bool, reason: str) -> None:
    if not condition:
        raise refuse(reason)


def _kind(wires: Sequence[Wire], allowed: tuple[str, ...]) -> str:
    kinds = {wire.kind for wire in wires}
    _require(len(kinds) == 1 and kinds <= set(allowed), f"an operation on {', '.join(sorted(kinds))} is not allowed")
    return wires[0].kind


def _together(wires: Sequence[Wire]) -> tuple[int, ...]:
    """Sizes after broadcasting."""
    axes = max(len(wire.shape) for wire in wires)
    padded = [(1,) * (axes - len(wire.shape)) + wire.shape for wire in wires]
    shape = []
    for sizes in zip(*padded, strict=True):
        wide = {size for size in sizes if size != 1}
        _require(len(wide) <= 1, f"sizes {sizes} do not go together")
        shape.append(wide.pop() if wide else 1)
    return tuple(shape)


def _elementwise(allowed: tuple[str, ...], gives: str = "") -> Rule:
    def rule(wires: Sequence[Wire], attributes: Attributes) -> Wire:
        kind = _kind(wires, allowed)
        return Wire(gives or kind, _together(wires))

    return rule


def _divide(wires: Sequence[Wire], attributes: Attributes) -> Wire:
    """Whole numbers are divided by positive constants only: by 0 and by -1 the processor may stop the process."""
    kind = _kind(wires, _NUMERIC)
    _require(attributes.get("fmod", 0) in (0, 1), "fmod is neither 0 nor 1")
    if kind in _WHOLE:
        value = wires[1].value
        _require(value is not None and bool(np.all(value > 0)), "whole numbers are divided by no positive constant")
    return Wire(kind, _together(wires))


def _where(wires: Sequence[Wire], attributes: Attributes) -> Wire:
    _kind(wires[:1], ("bool",))
    return Wire(_kind(wires[1:], (*_NUMERIC, "object", "bool")), _together(wires))


def _clip(wires: Sequence[Wire], attributes: Attributes) -> Wire:
    _require(all(wire.shape == () for wire in wires[1:]), "a bound of Clip is not one number")
    return Wire(_kind(wires, _NUMERIC), wires[0].shape)


def _cast(wires: Sequence[Wire], attributes: Attributes) -> Wire:
    kind = KINDS.get(attributes.get("to", 0), "")
    _kind(wires, (*_NUMERIC, "bool"))
    _require(kind in (*_NUMERIC, "bool"), "Cast to a type that is not allowed")
    return Wire(kind, wires[0].shape)


def _identity(wires: Sequence[Wire], attributes: Attributes) -> Wire:
    return wires[0]


def _known_sizes(wire: Wire) -> None:
    _require(wire.kind not in _PIECES, "the sizes of pieces of text are not known beforehand")


def _axis(attributes: Attributes, wire: Wire, otherwise: int, more: int = 0) -> int:
    """An axis attribute, counted from the front."""
    axes = len(wire.shape) + more
    axis = int(attributes.get("axis", otherwise))
    _require(-axes <= axis < axes, "an axis is out of range")
    return axis % axes


def _string_split(wires: Sequence[Wire], attributes: Attributes) -> Wire:
    """Texts at U+001F into pieces, at most `MOST_TERMS`: the native code reserves room for the longest."""
    _kind(wires, ("object",))
    _require(len(wires[0].shape) == 2 and wires[0].shape[1] == 1, "more than one column of texts is split")
    _require(attributes.get("delimiter") == TERM_END, "texts are split elsewhere than at U+001F")
    most = attributes.get("maxsplit", -1)
    _require(0 < most < MOST_TERMS, "texts are split into any number of pieces")
    return Wire("pieces", (*wires[0].shape, most + 1))


def _gather(wires: Sequence[Wire], attributes: Attributes) -> Wire:
    table, places = wires
    axis = _axis(attributes, table, 0)
    if places.kind == "places of pieces":
        _require(table.kind == "float64" and len(table.shape) == 2 and axis == 0, "pieces are looked up in no table")
        _require(table.value is not None and table.value.size > 0, "pieces are looked up in no constant table")
        return Wire(_PIECES[places.kind], (*places.shape, table.shape[1]))
    _kind([places], _WHOLE)
    _known_sizes(table)
    _require(table.shape[axis] >= 0, "rows are gathered across rows")
    if places.value is not None and places.value.size:
        low, high = int(places.value.min()), int(places.value.max())
        _require(low >= 0 and high < table.shape[axis], "a place to gather from is out of range")
    return Wire(table.kind, table.shape[:axis] + places.shape + table.shape[axis + 1 :])


def _concat(wires: Sequence[Wire], attributes: Attributes) -> Wire:
    _require("axis" in attributes, "Concat has no axis")
    first = wires[0]
    axis = _axis(attributes, first, 0)
    for wire in wires:
        _require(len(wire.shape) == len(first.shape) and wire.shape[axis] >= 0, "rows are put behind rows")
        rest = wire.shape[:axis] + wire.shape[axis + 1 :]
        _require(rest == first.shape[:axis] + first.shape[axis + 1 :], "blocks of unequal sizes are joined")
    width = sum(wire.shape[axis] for wire in wires)
    kind = _kind(wires, (*_NUMERIC, "bool", "object"))
    return Wire(kind, (*first.shape[:axis], width, *first.shape[axis + 1 :]))


def _constant_list(wire: Wire, most: int = MOST_AXES) -> list[int]:
    value = wire.value
    if value is None or value.dtype != np.int64 or value.ndim != 1 or len(value) > most:
        raise refuse("sizes or axes are no constant list of whole numbers")
    return [int(one) for one in value]


def _reshape(wires: Sequence[Wire], attributes: Attributes) -> Wire:
    wire, wanted = wires[0], _constant_list(wires[1])
    _known_sizes(wire)
    _require(attributes.get("allowzero", 0) == 0, "Reshape has allowzero")
    grown = wire.of_rows
    _require(grown in (None, 0), "rows that are not the first axis are reshaped")
    shape: list[int | None] = []
    for axis, size in enumerate(wanted):
        _require(size >= -1 and (size != 0 or axis < len(wire.shape)), "Reshape to a size that makes no sense")
        shape.append(None if size == -1 else wire.shape[axis] if size == 0 else size)
    known = math.prod(abs(size) for size in shape if size is not None)
    is_grown = any(size is not None and size < 0 for size in shape)
    if None in shape:
        _require(shape.count(None) == 1 and known > 0, "Reshape leaves more than one size open")
        open_size, rest = divmod(wire.cells, known)
        _require(rest == 0, "Reshape changes how many cells there are")
        grows = grown is not None and not is_grown
        is_grown = is_grown or grows
        shape[shape.index(None)] = -open_size if grows else open_size
    sizes = tuple(size for size in shape if size is not None)
    result = Wire(wire.kind, sizes)
    _require(result.cells == wire.cells, "Reshape changes how many cells there are")
    _require(is_grown == (grown is not None) and result.of_rows == grown, "Reshape mixes rows")
    return result


def _label_encoder(wires: Sequence[Wire], attributes: Attributes) -> Wire:
    """Texts or whole numbers to texts or whole numbers; each key once."""
    sides = {}
    for side, role in (("keys", "takes"), ("values", "gives")):
        there = [kind for kind in ("strings", "int64s") if f"{side}_{kind}" in attributes]
        _require(len(there) == 1, f"a LabelEncoder has no {side}, or two kinds of them")
        sides[role] = there[0]
    keys, values = attributes[f"keys_{sides['takes']}"], attributes[f"values_{sides['gives']}"]
    _require(len(keys) == len(values), "a LabelEncoder has not as many values as keys")
    listed = list(keys) if sides["takes"] == "strings" else keys.tolist()
    _require(len(set(listed)) == len(listed), "a LabelEncoder has a key twice")
    default = "default_string" if sides["gives"] == "strings" else "default_int64"
    _require(default in attributes, "a LabelEncoder has no default")
    if wires[0].kind == "pieces":
        _require(sides == {"takes": "strings", "gives": "int64s"}, "pieces of text become no places")
        return Wire(_PIECES["pieces"], wires[0].shape)
    kind_of = {"strings": "object", "int64s": "int64"}
    _kind(wires, (kind_of[sides["takes"]],))
    return Wire(kind_of[sides["gives"]], wires[0].shape)


def _trees(wires: Sequence[Wire], attributes: Attributes) -> Wire:
    wire = wires[0]
    _kind(wires, _REAL)
    _require(len(wire.shape) == 2 and wire.shape[1] > 0, "trees want rows of numbers")
    targets, work = check_trees(attributes, wire.shape[1])
    return Wire("float64", (wire.shape[0], targets), work=work * abs(wire.shape[0]))


def _matmul(wires: Sequence[Wire], attributes: Attributes) -> Wire:
    left, right = wires
    _kind(wires, _REAL)
    _require(len(left.shape) == len(right.shape) == 2, "a matrix product of what are no matrices")
    inner = left.shape[1]
    _require(inner == right.shape[0] and inner >= 0, "a matrix product of unequal sizes, or across rows")
    result = Wire("float64", (left.shape[0], right.shape[1]))
    return Wire("float64", result.shape, work=result.cells * inner)


def _softmax(wires: Sequence[Wire], attributes: Attributes) -> Wire:
    wire = wires[0]
    _kind(wires, _REAL)
    _require(wire.shape[_axis(attributes, wire, -1)] > 0, "Softmax across rows, or of nothing")
    return wire


def _axes(wire: Wire, axes: Wire, more: int = 0) -> list[int]:
    count = len(wire.shape) + more
    listed = _constant_list(axes)
    _require(all(-count <= axis < count for axis in listed), "an axis is out of range")
    found = sorted({axis % count for axis in listed})
    _require(len(found) == len(listed) and count <= MOST_AXES, "an axis is named twice, or there are too many")
    return found


def _reduce_sum(wires: Sequence[Wire], attributes: Attributes) -> Wire:
    wire = wires[0]
    _kind([wire], (*_NUMERIC, "numbers of pieces"))
    _require(attributes.get("noop_with_empty_axes", 0) == 0, "ReduceSum has noop_with_empty_axes")
    if wire.kind == "numbers of pieces":
        _require(attributes.get("keepdims", 1) == 0, "the pieces of a text stay after their sum")
        _require(_axes(wire, wires[1]) == [1, 2], "not all pieces of a text are summed up")
        return Wire(_PIECES[wire.kind], (wire.shape[0], wire.shape[3]), work=wire.cells)
    keep = attributes.get("keepdims", 1)
    axes = _axes(wire, wires[1])
    _require(bool(axes) and keep in (0, 1), "ReduceSum names no axes")
    _require(all(wire.shape[axis] >= 0 for axis in axes), "ReduceSum across rows")
    sizes = [1 if axis in axes else size for axis, size in enumerate(wire.shape) if keep or axis not in axes]
    return Wire(wire.kind, tuple(sizes), work=wire.cells)


def _reduce_max(wires: Sequence[Wire], attributes: Attributes) -> Wire:
    wire = wires[0]
    _kind([wire], _REAL)
    _require(attributes.get("noop_with_empty_axes", 0) == 0, "ReduceMax has noop_with_empty_axes")
    _require(len(wire.shape) == 2 and _axes(wire, wires[1]) == [1], "ReduceMax is of no row")
    _require(attributes.get("keepdims", 1) == 1 and wire.shape[1] > 0, "ReduceMax is of nothing")
    return Wire(wire.kind, (wire.shape[0], 1), work=wire.cells)


def _squeeze(wires: Sequence[Wire], attributes: Attributes) -> Wire:
    wire, axes = wires[0], _axes(wires[0], wires[1])
    _known_sizes(wire)
    _require(all(wire.shape[axis] == 1 for axis in axes), "Squeeze of a size that is not 1")
    return Wire(wire.kind, tuple(size for axis, size in enumerate(wire.shape) if axis not in axes))


def _unsqueeze(wires: Sequence[Wire], attributes: Attributes) -> Wire:
    wire = wires[0]
    _known_sizes(wire)
    axes = _axes(wire, wires[1], more=len(_constant_list(wires[1])))
    sizes = iter(wire.shape)
    return Wire(wire.kind, tuple(1 if axis in axes else next(sizes) for axis in range(len(wire.shape) + len(axes))))


def _unary(*kinds: str) -> Operator:
    return Operator(_elementwise(kinds), 1, 1)


def _binary(*kinds: str) -> Operator:
    return Operator(_elementwise(kinds), 2, 2)


def _comparison(*kinds: str) -> Operator:
    return Operator(_elementwise(kinds, "bool"), 2, 2)


_ENCODER = {
    "keys_strings": "texts",
    "keys_int64s": "ints",
    "values_strings": "texts",
    "values_int64s": "ints",
    "default_string": "text",
    "default_int64": "int",
}
_AXIS = {"axis": "int"}
_MANY = 20_000
_FLAGS = ("bool",)

#: Operator → what is allowed of it.
OPERATORS: Mapping[str, Operator] = {
    "Abs": _unary(*_NUMERIC),
    "Add": _binary(*_NUMERIC),
    "And": _binary(*_FLAGS),
    "Cast": Operator(_cast, 1, 1, {"to": "int"}),
    "Clip": Operator(_clip, 1, 3),
    "Concat": Operator(_concat, 1, _MANY, _AXIS),
    "Div": Operator(_divide, 2, 2),
    "Equal": _comparison(*_NUMERIC, "object", "bool"),
    "Exp": _unary(*_REAL),
    "Floor": _unary(*_REAL),
    "Gather": Operator(_gather, 2, 2, _AXIS, missing_at=(0,)),
    "Greater": _comparison(*_NUMERIC),
    "GreaterOrEqual": _comparison(*_NUMERIC),
    "Identity": Operator(_identity, 1, 1),
    "IsNaN": Operator(_elementwise(_REAL, "bool"), 1, 1),
    "LabelEncoder": Operator(_label_encoder, 1, 1, _ENCODER, domain="ai.onnx.ml"),
    "Less": _comparison(*_NUMERIC),
    "LessOrEqual": _comparison(*_NUMERIC),
    "Log": _unary(*_REAL),
    "MatMul": Operator(_matmul, 2, 2),
    "Max": Operator(_elementwise(_NUMERIC), 1, _MANY),
    "Min": Operator(_elementwise(_NUMERIC), 1, _MANY),
    "Mod": Operator(_divide, 2, 2, {"fmod": "int"}),
    "Mul": _binary(*_NUMERIC),
    "Neg": _unary(*_NUMERIC),
    "Not": _unary(*_FLAGS),
    "Or": _binary(*_FLAGS),
    "Pow": _binary(*_REAL),
    "ReduceMax": Operator(_reduce_max, 2, 2, {"keepdims": "int", "noop_with_empty_axes": "int"}),
    "ReduceSum": Operator(_reduce_sum, 2, 2, {"keepdims": "int", "noop_with_empty_axes": "int"}),
    "Reshape": Operator(_reshape, 2, 2, {"allowzero": "int"}),
    "Round": _unary(*_REAL),
    "Sigmoid": _unary(*_REAL),
    "Sign": _unary(*_NUMERIC),
    "Softmax": Operator(_softmax, 1, 1, _AXIS),
    "Sqrt": _unary(*_REAL),
    "Squeeze": Operator(_squeeze, 2, 2),
    "StringSplit": Operator(_string_split, 1, 1, {"delimiter": "text", "maxsplit": "int"}, outputs=2),
    "Sub": _binary(*_NUMERIC),
    "Tanh": _unary(*_REAL),
    "TreeEnsemble": Operator(_trees, 1, 1, TREE_ATTRIBUTES, domain="ai.onnx.ml"),
    "Unsqueeze": Operator(_unsqueeze, 2, 2),
    "Where": Operator(_where, 3, 3, missing_at=(1, 2)),
}
