"""A graph written anew from another one, node by node: how passes make graphs smaller."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from journeyman.plan.graph import DOUBLE, Graph, Node, Wires
from journeyman.plan.known_values import FLAG, TEXT, WHOLE, Known, anything, known_of, of_constant


@dataclass
class Rewriting(Graph):
    """The new graph in the making, and what is known of it.

    Parameters
    ----------
    old : the graph that is written anew, without nodes that nothing needs
    uses : how many nodes take a tensor; of the old graph's tensors under their new names
    """

    old: tuple[Node, ...] = ()
    uses: Counter[str] = field(default_factory=Counter)
    #: The new name of each of the old graph's tensors that is written already.
    names: dict[str, str] = field(default_factory=dict)
    #: What a pass found out of the whole of the old graph, by any name.
    notes: dict[str, Any] = field(default_factory=dict)
    _known: dict[str, Known | None] = field(default_factory=dict)
    _makers: dict[str, Node] = field(default_factory=dict)

    def add(self, operator: str, *inputs: str, domain: str = "", **attributes: Any) -> str:
        """As `Graph.add`."""
        made = super().add(operator, *inputs, domain=domain, **attributes)
        if made not in self._makers:
            self._makers[made] = self.nodes[-1]
        return made

    def again(self, node: Node, *inputs: str) -> str:
        """The same operation, of these inputs; of its own without any."""
        return self.add(node.operator, *(inputs or node.inputs), domain=node.domain, **node.attributes)

    def maker(self, name: str) -> Node | None:
        """The node that gives a tensor; None for inputs and constants."""
        return self._makers.get(name)

    def made_by(self, name: str, operator: str) -> Node | None:
        """The node that gives a tensor where it is of this operator."""
        node = self._makers.get(name)
        return node if node is not None and node.operator == operator else None

    def value(self, name: str) -> NDArray[Any] | None:
        """The value of a constant; None for what is none. Short floats that are made long count as constants."""
        maker = self._makers.get(name)
        if maker is None or maker.operator != "Cast" or maker.attributes["to"] != DOUBLE:
            return self.constants.get(name)
        short = self.constants.get(maker.inputs[0])
        return None if short is None or short.dtype.kind != "f" else short.astype(np.float64)

    def number(self, name: str) -> float | None:
        """A constant that is one number."""
        value = self.value(name)
        return float(value.reshape(-1)[0]) if value is not None and value.size == 1 and value.ndim <= 1 else None

    def known(self, name: str) -> Known | None:
        """What is known of a tensor; None where not even its columns are."""
        if name not in self._known:
            value = self.value(name)
            if value is not None:
                self._known[name] = of_constant(value)
            else:
                self._known[name] = known_of(self._makers[name], self) if name in self._makers else None
        return self._known[name]

    def width(self, name: str) -> int | None:
        """How many columns a tensor has, where that is known."""
        known = self.known(name)
        return None if known is None else known.width


#: What a pass does with a node whose inputs are written already: the name of what takes its place; None for the same.
Rule = Callable[[Node, Rewriting], str | None]


def needed(graph: Graph, answer: str) -> list[Node]:
    """The nodes on which the answer hangs, in their order."""
    wanted, found = {answer}, []
    for node in reversed(graph.nodes):
        if node.outputs[0] in wanted:
            found.append(node)
            wanted.update(node.inputs)
    return found[::-1]


def rewritten(graph: Graph, start: Wires, answer: str, rule: Rule) -> tuple[Graph, str, bool]:
    """A graph anew, its answer's name, and whether a rule changed anything.

    Parameters
    ----------
    start : the graph's inputs, as `Graph.inputs` gave them
    answer : the tensor that is the answer; what it does not hang on is left out
    """
    old = needed(graph, answer)
    new = Rewriting(old=tuple(old))
    uses = Counter(name for node in old for name in node.inputs)
    names = new.names
    names.update({name: name for name in (start.numbers, start.dates, start.dates_missing, start.words) if name})
    for name, wire, width in (
        (start.numbers, anything(len(start.number_names)), start.number_names),
        (start.dates, anything(len(start.date_names), WHOLE), start.date_names),
        (start.dates_missing, anything(len(start.date_names), FLAG), start.date_names),
        (start.words, anything(len(start.word_names), TEXT), start.word_names),
    ):
        if name and width:
            new._known[name] = wire
    for name in dict.fromkeys(name for node in old for name in node.inputs):
        if name in graph.constants:
            value = graph.constants[name]
            names[name] = new.constant(value, value.dtype)
    for name, now in names.items():
        new.uses[now] += uses[name]
    changed = False
    for node in old:
        mapped = node._replace(inputs=tuple(names[name] for name in node.inputs))
        found = rule(mapped, new)
        changed = changed or found is not None
        made = new.again(mapped) if found is None else found
        names[node.outputs[0]] = made
        new.uses[made] += uses[node.outputs[0]]
    return new, names[answer], changed


def row_of(value: NDArray[Any], width: int) -> NDArray[Any] | None:
    """A constant as one row of so many numbers, (width,); None for what is no row."""
    if value.ndim > 2 or (value.ndim == 2 and value.shape[0] != 1) or value.size not in (1, width):
        return None
    return np.broadcast_to(value.reshape(-1), (width,))
