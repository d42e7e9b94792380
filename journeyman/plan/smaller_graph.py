"""A finished graph is made smaller: every pass in `journeyman.plan.graph_passes`, until none finds anything."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from types import ModuleType

from journeyman.plan.graph import Graph, Wires
from journeyman.plan.rewriting import rewritten

#: More rounds than any graph takes.
_MOST_ROUNDS = 40


@cache
def passes() -> tuple[ModuleType, ...]:
    """The passes in order of their stages and names: each has ``rewrite(node, new) -> str | None``, a `Rule`."""
    folder = import_module("journeyman.plan.graph_passes")
    found = [import_module(f"{folder.__name__}.{one.name}") for one in pkgutil.iter_modules(folder.__path__)]
    return tuple(sorted(found, key=lambda one: (stage(one), one.__name__)))


def stage(one: ModuleType) -> int:
    """When a pass joins: 0 from the start, or once those of earlier stages find nothing more."""
    return int(getattr(one, "STAGE", 0))


def smaller(graph: Graph, start: Wires, answer: str) -> tuple[Graph, str]:
    """The same answers from fewer operations, to about 1e-12 of them; and the name of the answer.

    The same graph gives the same result. The graph that is given stays as it is.

    Parameters
    ----------
    start : the graph's inputs, as `Graph.inputs` gave them
    answer : the tensor that is the answer
    """
    for latest in sorted(set(map(stage, passes()))):
        waiting = [one for one in passes() if stage(one) <= latest]
        idle: set[str] = set()
        for _ in range(_MOST_ROUNDS):
            for one in waiting:
                if one.__name__ in idle:
                    continue
                made, its_answer, changed = rewritten(graph, start, answer, one.rewrite)
                if changed:
                    graph, answer, idle = made, its_answer, set()
                else:
                    idle.add(one.__name__)
            if len(idle) == len(waiting):
                break
    # Once more, so that nothing is left of what the last change made needless.
    graph, answer, _ = rewritten(graph, start, answer, lambda node, new: None)
    return graph, answer
