"""Words are looked up once: encoders behind encoders become one, and those of many columns one for all columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from journeyman.plan.graph import Node
from journeyman.plan.rewriting import Rewriting

#: Cells that tables may have beside two for each level, so that columns share an encoder.
_CELLS = 4096


def rewrite(node: Node, new: Rewriting) -> str | None:
    """LabelEncoder. Exact: every word gets the number that it had."""
    if node.operator != "LabelEncoder" or "keys_strings" not in node.attributes:
        return None
    inner = new.made_by(node.inputs[0], "LabelEncoder")
    if inner is not None and "values_strings" in inner.attributes:
        return _through(inner, node, new)
    return _shared(node, new)


def _through(inner: Node, outer: Node, new: Rewriting) -> str:
    """From words to words and on: at once. Words that go where all others go need not be known."""
    side = "values_strings" if "values_strings" in outer.attributes else "values_int64s"
    otherwise = "default_string" if side == "values_strings" else "default_int64"
    told = dict(zip(outer.attributes["keys_strings"], outer.attributes[side], strict=True))
    last: Any = outer.attributes[otherwise]
    rest = told.get(inner.attributes["default_string"], last)
    pairs = zip(inner.attributes[_keys(inner)], inner.attributes["values_strings"], strict=True)
    found = {key: told.get(word, last) for key, word in pairs}
    kept = {key: value for key, value in found.items() if value != rest} or dict([*found.items()][:1])
    settings = {_keys(inner): list(kept), side: list(kept.values()), otherwise: rest}
    return new.add("LabelEncoder", inner.inputs[0], domain=outer.domain, **settings)


def _keys(node: Node) -> str:
    return "keys_strings" if "keys_strings" in node.attributes else "keys_int64s"


def _shared(node: Node, new: Rewriting) -> str | None:
    """The number of a word among the words of all columns, then a table."""
    place = _place(node, new.maker(node.inputs[0]), new.value, new)
    group = _group(new)
    if place not in group or "values_int64s" not in node.attributes:
        return None
    columns, words = list(group), list(dict.fromkeys(word for some in group.values() for word in some))
    width = new.width("words") or 0
    source = new.pick("words", columns, width)
    settings = {"keys_strings": words, "values_int64s": list(range(len(words))), "default_int64": len(words)}
    code = new.add("LabelEncoder", source, domain=node.domain, **settings)
    told = dict(zip(node.attributes["keys_strings"], node.attributes["values_int64s"], strict=True))
    rest = node.attributes["default_int64"]
    table = [*(told.get(word, rest) for word in words), rest]
    own = new.pick(code, [columns.index(place)], len(columns))
    return new.add("Gather", new.constant(table, np.int64), own, axis=0)


def _place(node: Node, maker: Node | None, value: Callable[[str], NDArray[Any] | None], new: Rewriting) -> int:
    """Which column of the words an encoder reads; -1 for none alone.

    Parameters
    ----------
    maker, value : what gives its input, and the value of a constant, by the names that the node uses
    """
    if node.inputs[0] == "words":
        return 0 if new.width("words") == 1 else -1
    if maker is None or maker.operator != "Gather" or maker.inputs[0] != "words":
        return -1
    places = value(maker.inputs[1])
    return int(places[0]) if places is not None and places.shape == (1,) else -1


def _group(new: Rewriting) -> dict[int, list[str]]:
    """Columns that share an encoder, with the words of each; none where that would not pay.

    Texts, and columns of so many levels that the tables of all would be large, stay by themselves.
    """
    if "encoders" in new.notes:
        found: dict[int, list[str]] = new.notes["encoders"]
        return found
    makers = {one.outputs[0]: one for one in new.old}

    def place_of(one: Node) -> int:
        return _place(one, makers.get(one.inputs[0]), lambda name: new.value(new.names.get(name, "")), new)

    words: dict[int, dict[str, None]] = {}
    apart = {-1}
    for one in new.old:
        if one.operator == "StringSplit" or (one.operator == "LabelEncoder" and "values_strings" in one.attributes):
            apart.add(place_of(one))
        elif one.operator == "LabelEncoder" and "keys_strings" in one.attributes:
            words.setdefault(place_of(one), {}).update(dict.fromkeys(one.attributes["keys_strings"]))
    group = {place: list(some) for place, some in sorted(words.items()) if place not in apart}
    while group:
        count = len({word for some in group.values() for word in some})
        if (count + 1) * len(group) <= _CELLS + 2 * sum(map(len, group.values())):
            break
        del group[max(group, key=lambda place: (len(group[place]), place))]
    new.notes["encoders"] = group = group if len(group) > 1 else {}
    return group
