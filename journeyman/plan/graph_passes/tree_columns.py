"""Trees read columns from where they come: what picks and orders columns only for trees is left out, and so is what no
split looks at."""

from __future__ import annotations

import numpy as np

from journeyman.plan.graph import Node
from journeyman.plan.rewriting import Rewriting


def rewrite(node: Node, new: Rewriting) -> str | None:
    """TreeEnsemble behind Gather and Concat of columns. Exact."""
    if node.operator != "TreeEnsemble":
        return None
    maker, read = new.maker(node.inputs[0]), np.asarray(node.attributes["nodes_featureids"])
    if maker is None:
        return None
    if maker.operator == "Gather" and maker.attributes.get("axis", 0) == 1:
        places = new.value(maker.inputs[1])
        return None if places is None or places.ndim != 1 else _reading(node, new, maker.inputs[0], places[read])
    if maker.operator == "Concat" and maker.attributes.get("axis") == 1:
        return _of_parts(node, new, maker.inputs, read)
    return None


def _of_parts(node: Node, new: Rewriting, parts: tuple[str, ...], read: np.ndarray) -> str | None:
    widths = [new.width(part) for part in parts]
    if any(width is None for width in widths):
        return None
    starts = np.cumsum([0, *(width or 0 for width in widths)])
    owner = np.searchsorted(starts, read, side="right") - 1
    used = sorted(set(owner.tolist()))
    if len(used) == len(parts):
        return None
    moved = np.zeros(len(parts), np.int64)
    moved[used] = np.cumsum([0, *(widths[part] or 0 for part in used)])[:-1]
    return _reading(node, new, new.join(*(parts[part] for part in used)), moved[owner] + read - starts[owner])


def _reading(node: Node, new: Rewriting, wire: str, columns: np.ndarray) -> str:
    settings = {**node.attributes, "nodes_featureids": columns.tolist()}
    return new.add(node.operator, wire, domain=node.domain, **settings)
