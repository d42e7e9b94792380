"""The same operation on several blocks that are joined afterwards is done once, on the joined block."""

from __future__ import annotations

import numpy as np

from journeyman.plan.graph import Node
from journeyman.plan.rewriting import Rewriting, row_of

_ARITHMETIC = (
    "Abs",
    "Add",
    "Clip",
    "Div",
    "Exp",
    "Floor",
    "Log",
    "Mod",
    "Mul",
    "Neg",
    "Round",
    "Sigmoid",
    "Sqrt",
    "Sub",
)
_OTHERS = ("And", "Cast", "Equal", "Greater", "GreaterOrEqual", "IsNaN", "Less", "LessOrEqual", "Not", "Or", "Where")
_EACH_ALONE = (*_ARITHMETIC, *_OTHERS, "Tanh")
#: Cells of a product's matrix that may be zeros, so that two products become one.
_CELLS = 1024


def rewrite(node: Node, new: Rewriting) -> str | None:
    """Concat of what operations on each number by itself give. Exact."""
    if node.operator != "Concat" or node.attributes.get("axis") != 1:
        return None
    groups: dict[object, list[int]] = {}
    for at, name in enumerate(node.inputs):
        groups.setdefault(_likeness(new, name) or at, []).append(at)
    for some in groups.values():
        are_neighbours = some[-1] - some[0] == len(some) - 1
        if len(some) > 1 and (found := _grouped(node, new, some, are_neighbours)):
            return found
    return None


def _grouped(node: Node, new: Rewriting, some: list[int], are_neighbours: bool) -> str:
    """The joined block with some of its parts made at once; empty where that does not pay.

    What stands apart comes together, so the columns are put in order afterwards: one operation more.
    """
    spared = (len(some) == len(node.inputs)) - (not are_neighbours)
    made = _once(new, [node.inputs[at] for at in some], spared)
    if not made:
        return ""
    order = [*range(some[0]), *some, *(at for at in range(some[0], len(node.inputs)) if at not in some)]
    names = [node.inputs[at] for at in order]
    joined = new.join(*names[: some[0]], made, *names[some[0] + len(some) :])
    if are_neighbours:
        return joined
    widths = [new.width(name) for name in node.inputs]
    if any(width is None for width in widths):
        return ""
    starts = np.cumsum([0, *(width or 0 for width in widths)])
    now = np.concatenate([np.arange(starts[at], starts[at + 1]) for at in order])
    return new.pick(joined, np.argsort(now).tolist(), len(now))


def _likeness(new: Rewriting, name: str) -> tuple[object, ...]:
    """Equal for what may be done at once; empty for what may not."""
    maker = new.maker(name)
    if maker is None or new.uses[name] > 1 or new.width(name) is None:
        return ()
    if maker.operator == "MatMul" and new.value(maker.inputs[1]) is not None:
        return (maker.operator,)
    if maker.operator not in _EACH_ALONE:
        return ()
    kinds = tuple("wire" if new.value(one) is None else "constant" for one in maker.inputs)
    known = [new.known(one) for one in maker.inputs]
    types = tuple(None if one is None else one.kind for one in known)
    return maker.operator, kinds, types, *sorted(maker.attributes.items())


def _once(new: Rewriting, names: list[str], spared: int) -> str:
    """One operation instead of several; empty where it cannot be, or would not pay.

    Parameters
    ----------
    spared : operations that fall away beside, or come to it
    """
    makers = [maker for name in names if (maker := new.maker(name)) is not None]
    if makers[0].operator == "MatMul":
        return _product(new, makers)
    widths = [new.width(name) or 0 for name in names]
    inputs: list[str | list[str]] = []
    for operands in zip(*(maker.inputs for maker in makers), strict=True):
        one = _operand(new, list(operands), widths, is_scalar=makers[0].operator == "Clip")
        if one is None:
            return ""
        inputs.append(one)
    joins = sum(not _is_free(new, one) for one in inputs if isinstance(one, list))
    if joins + 1 >= len(names) + spared:
        return ""
    return new.again(makers[0], *(one if isinstance(one, str) else new.join(*one) for one in inputs))


def _operand(new: Rewriting, names: list[str], widths: list[int], *, is_scalar: bool) -> str | list[str] | None:
    """What stands in one place of the operation: one tensor for all, or tensors to be joined; None for neither."""
    values = [new.value(name) for name in names]
    if len(set(names)) == 1 and (new.width(names[0]) == 1 or (values[0] is not None and values[0].size == 1)):
        return names[0]
    if all(value is None for value in values):
        return names if [new.width(name) for name in names] == widths else None
    rows = [None if value is None else row_of(value, width) for value, width in zip(values, widths, strict=True)]
    there = [row for row in rows if row is not None]
    if is_scalar or len(there) < len(rows):
        return None
    return new.constant(np.concatenate(there), there[0].dtype)


def _is_free(new: Rewriting, names: list[str]) -> bool:
    """Whether joining costs no operation: of columns of one tensor, and of what is looked up in several tables."""
    makers = [new.made_by(name, "Gather") for name in names]
    there = [maker for maker in makers if maker is not None]
    if len(there) < len(names):
        return False
    axes, alone = {maker.attributes.get("axis", 0) for maker in there}, sum(new.uses[name] <= 1 for name in names)
    if axes == {1}:
        return len({maker.inputs[0] for maker in there}) == 1 and alone > 0
    return axes == {0} and alone > 2


def _product(new: Rewriting, makers: list[Node]) -> str:
    """Products with constants as one, whose matrix has zeros where a block does not count."""
    weights = [one for maker in makers if (one := new.value(maker.inputs[1])) is not None]
    known = [new.known(maker.inputs[0]) for maker in makers]
    if any(one is None or not one.is_bounded for one in known):
        return ""
    high, wide = sum(len(one) for one in weights), sum(one.shape[1] for one in weights)
    if high * wide > _CELLS:
        return ""
    whole = np.zeros((high, wide))
    row = column = 0
    for one in weights:
        whole[row : row + len(one), column : column + one.shape[1]] = one
        row, column = row + len(one), column + one.shape[1]
    return new.add("MatMul", new.join(*(maker.inputs[0] for maker in makers)), new.constant(whole))
