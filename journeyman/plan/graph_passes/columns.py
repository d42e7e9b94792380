"""Columns that are picked, joined and picked again are picked once, from where they come."""

from __future__ import annotations

from itertools import groupby

import numpy as np

from journeyman.plan.graph import VECTOR, Node
from journeyman.plan.rewriting import Rewriting, row_of
from journeyman.table.columns import Integers, Numbers

#: Cells of a matrix that is written anew at most: large ones of networks stand in the file as short floats.
_CELLS = 1 << 14
#: Each number by itself; with a row of constants beside it, columns may be picked before as well as after.
_EACH_ALONE = ("Add", "Sub", "Mul", "Div", "Clip", "Neg", "Abs", "Sqrt", "Round")


def rewrite(node: Node, new: Rewriting) -> str | None:
    """Gather and Concat of columns, and products with columns that were picked. Exact."""
    if node.operator == "Concat" and node.attributes.get("axis") == 1:
        return _joined(node, new)
    if node.operator == "MatMul":
        return _product(node, new)
    if node.operator != "Gather" or node.attributes.get("axis", 0) != 1:
        return None
    places = new.value(node.inputs[1])
    return None if places is None or places.ndim != 1 else picked(new, node.inputs[0], places, deep=True)


def picked(new: Rewriting, wire: str, places: Integers, *, deep: bool = False) -> str | None:
    """Columns of a tensor, from nearer to where they come from; None where there is no such way.

    Parameters
    ----------
    deep : also from before arithmetic with constants, where that spares the picking
    """
    width, maker = new.width(wire), new.maker(wire)
    if width is not None and np.array_equal(places, np.arange(width)):
        return wire
    if maker is None:
        return None
    if maker.operator == "Gather" and maker.attributes.get("axis", 0) == 1:
        before = new.value(maker.inputs[1])
        return None if before is None or before.ndim != 1 else _pick(new, maker.inputs[0], before[places])
    if maker.operator == "Concat" and maker.attributes.get("axis") == 1:
        return _from_parts(new, maker.inputs, places)
    if deep and len(places) <= 2 * (width or 0) + 8 and _is_spared(new, wire, len(places)):
        return _before(new, wire, places)
    return None


def _pick(new: Rewriting, wire: str, places: Integers) -> str:
    """As `picked`, or as a node."""
    found = picked(new, wire, places)
    return found or new.add("Gather", wire, new.constant(places, np.int64), axis=1)


def _from_parts(new: Rewriting, parts: tuple[str, ...], places: Integers) -> str | None:
    widths = [new.width(part) for part in parts]
    if any(width is None for width in widths):
        return None
    starts = np.cumsum([0, *(width or 0 for width in widths)])
    owner = np.searchsorted(starts, places, side="right") - 1
    pairs = groupby(zip(owner.tolist(), places.tolist(), strict=True), lambda one: one[0])
    runs = [(part, [place for _, place in run]) for part, run in pairs]
    own = [(parts[part], np.array(some) - starts[part], widths[part]) for part, some in runs]
    if len(own) == 1 or all(np.array_equal(some, np.arange(width)) for _, some, width in own):
        return new.join(*(_pick(new, part, some) for part, some, _ in own))
    used = sorted(set(owner.tolist()))
    if len(used) == len(parts):
        return None
    moved = np.zeros(len(parts), np.int64)
    moved[used] = np.cumsum([0, *(widths[part] or 0 for part in used)])[:-1]
    return _pick(new, new.join(*(parts[part] for part in used)), moved[owner] + places - starts[owner])


def _is_spared(new: Rewriting, wire: str, columns: int) -> bool:
    """Whether picking before arithmetic with constants costs no node: at its start is a product, or another pick."""
    for _ in range(8):
        maker = new.maker(wire)
        if maker is None or new.uses[wire] > 1:
            return False
        if maker.operator == "MatMul":
            weights = new.value(maker.inputs[1])
            return weights is not None and len(weights) * columns <= _CELLS
        if maker.operator == "Gather":
            return maker.attributes.get("axis", 0) == 1 and new.value(maker.inputs[1]) is not None
        others = [new.value(name) for name in maker.inputs[1:]]
        width = new.width(wire)
        if maker.operator not in _EACH_ALONE or width is None or new.width(maker.inputs[0]) != width:
            return False
        if any(one is None or row_of(one, width) is None for one in others):
            return False
        wire = maker.inputs[0]
    return False


def _before(new: Rewriting, wire: str, places: Integers) -> str:
    maker, width = new.maker(wire), new.width(wire) or 0
    if maker is None:
        return _pick(new, wire, places)
    if maker.operator == "MatMul":
        weights = new.value(maker.inputs[1])
        return _pick(new, wire, places) if weights is None else _times(new, maker.inputs[0], weights[:, places])
    if maker.operator == "Gather":
        return _pick(new, wire, places)
    others = []
    for name in maker.inputs[1:]:
        row = row_of(value, width) if (value := new.value(name)) is not None and value.size > 1 else None
        others.append(name if row is None else new.constant(row[places]))
    return new.again(maker, _before(new, maker.inputs[0], places), *others)


def _times(new: Rewriting, wire: str, weights: Numbers) -> str:
    return new.add("MatMul", wire, new.constant(weights))


def _joined(node: Node, new: Rewriting) -> str | None:
    """Blocks within blocks, and neighbours from one block, as one."""
    parts: list[str] = []
    for name in node.inputs:
        inner = new.made_by(name, "Concat")
        is_nested = inner is not None and inner.attributes.get("axis") == 1 and new.uses[name] <= 1
        parts += inner.inputs if inner is not None and is_nested else [name]
    origins = [_origin(new, name) for name in parts]
    if len({source for source, _ in origins}) > 1 or origins[0][1] is None:
        # Columns that others take, too, are worth picking anew only where nothing has to be joined then.
        origins = [(name, None) if new.uses[name] > 1 else one for name, one in zip(parts, origins, strict=True)]
    blocks: list[tuple[str, Integers | None]] = []
    for source, places in origins:
        last = blocks[-1] if blocks else ("", None)
        if places is not None and last[1] is not None and last[0] == source:
            blocks[-1] = source, np.concatenate([last[1], places])
        else:
            blocks.append((source, places))
    if len(blocks) == len(node.inputs):
        return None
    return new.join(*(source if places is None else _pick(new, source, places) for source, places in blocks))


def _origin(new: Rewriting, name: str) -> tuple[str, Integers | None]:
    maker = new.made_by(name, "Gather")
    if maker is None or maker.attributes.get("axis", 0) != 1:
        return name, None
    places = new.value(maker.inputs[1])
    return (name, None) if places is None or places.ndim != 1 else (maker.inputs[0], places)


def _product(node: Node, new: Rewriting) -> str | None:
    """A product with picked columns is one with all of them, of which some do not count."""
    weights, maker = new.value(node.inputs[1]), new.made_by(node.inputs[0], "Gather")
    if weights is None or maker is None or maker.attributes.get("axis", 0) != 1:
        return None
    places, known = new.value(maker.inputs[1]), new.known(maker.inputs[0])
    if places is None or places.ndim != 1 or known is None or not known.is_bounded:
        return None
    if known.width > len(places) + VECTOR or known.width * weights.shape[1] > _CELLS:
        return None
    all_weights = np.zeros((known.width, weights.shape[1]))
    np.add.at(all_weights, places, weights)
    return _times(new, maker.inputs[0], all_weights)
