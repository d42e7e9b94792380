"""Tables behind tables become one table, and tables side by side become one."""

from __future__ import annotations

import numpy as np

from journeyman.plan.graph import Node
from journeyman.plan.rewriting import Rewriting
from journeyman.table.columns import Integers

#: More cells than this has no table that was made from several.
_MOST_CELLS = 1 << 16


def rewrite(node: Node, new: Rewriting) -> str | None:
    """Gather from constant tables, (cells,). Exact."""
    if node.operator == "Gather" and node.attributes.get("axis", 0) == 0:
        return _behind(node, new)
    if node.operator == "Concat" and node.attributes.get("axis") == 1:
        return _beside(node, new)
    return None


def _behind(node: Node, new: Rewriting) -> str | None:
    table, inner = new.value(node.inputs[0]), new.made_by(node.inputs[1], "Gather")
    if table is None or inner is None or inner.attributes.get("axis", 0) != 0:
        return None
    places = new.value(inner.inputs[0])
    if places is None or places.ndim != 1 or places.dtype != np.int64 or not len(places):
        return None
    if places.min() < 0 or places.max() >= len(table) or len(places) * table[0].size > max(_MOST_CELLS, table.size):
        return None
    return new.add("Gather", new.constant(table[places], table.dtype), inner.inputs[1], axis=0)


def _beside(node: Node, new: Rewriting) -> str | None:
    """Of neighbours that are looked up in tables, the tables one behind the other, each with its own part of places."""
    parts: list[str] = []
    run: list[str] = []
    changed = False
    for name in [*node.inputs, ""]:
        if name and _table(new, name) is not None and (not run or _fits(new, run[0], name)):
            run.append(name)
            continue
        if len(run) > 1 and (made := _together(new, run)):
            parts.append(made)
            changed = True
        else:
            parts += run
        run = [name] if name and _table(new, name) is not None else []
        if name and not run:
            parts.append(name)
    return new.join(*parts) if changed else None


def _table(new: Rewriting, name: str) -> tuple[np.ndarray, str] | None:
    maker = new.made_by(name, "Gather")
    if maker is None or maker.attributes.get("axis", 0) != 0:
        return None
    table = new.value(maker.inputs[0])
    if table is None or table.ndim != 1 or new.width(maker.inputs[1]) is None:
        return None
    return table, maker.inputs[1]


def _fits(new: Rewriting, first: str, other: str) -> bool:
    one, two = _table(new, first), _table(new, other)
    return one is not None and two is not None and one[0].dtype == two[0].dtype


def _together(new: Rewriting, names: list[str]) -> str:
    """One look-up for several; empty where it would not pay."""
    told = [found for name in names if (found := _table(new, name)) is not None]
    tables, places = [table for table, _ in told], [place for _, place in told]
    sources = {_source(new, place) for place in places}
    # Joined places and moved ones are two nodes, where they are not columns of one tensor.
    if len(names) < 4 and len(sources) > 1:
        return ""
    if sum(map(len, tables)) > max(_MOST_CELLS, 2 * max(map(len, tables))):
        return ""
    known = [one for place in places if (one := new.known(place)) is not None]
    # A place beyond its table would stand in the next one.
    ends = [one.low.min(initial=0) < 0 or one.high.max() >= len(two) for one, two in zip(known, tables, strict=True)]
    if any(ends):
        return ""
    starts: Integers = np.cumsum([0, *map(len, tables)])[:-1]
    moves = np.repeat(starts, [one.width for one in known])
    joined = new.join(*places)
    moved = new.add("Add", joined, new.constant(moves, np.int64))
    return new.add("Gather", new.constant(np.concatenate(tables), tables[0].dtype), moved, axis=0)


def _source(new: Rewriting, name: str) -> str:
    maker = new.made_by(name, "Gather")
    return maker.inputs[0] if maker is not None and maker.attributes.get("axis", 0) == 1 else name
