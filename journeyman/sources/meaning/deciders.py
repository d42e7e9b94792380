"""The contract of the files beside this one: each decides one thing about what a column means.

A file says one or more of three things, and is found by walking the folder:

- ``propose(evidence) -> Column | None`` with ``TURN``: what the column could be, by its cells. They are asked in the
  order of their turns; the first that is sure enough has the column. A wish for a kind is in ``evidence.kind``: whoever
  makes that kind then proposes a column whatever the share of cells that fit, everybody else is silent.
- ``refine(column, evidence) -> Column`` with ``AFTER``: a column that somebody proposed, with more known about it
  (gaps that are spelled as numbers, numbers that are times or names), or the column as it is.
- ``tell(seen)``: a `Finding`, several, or None: what reading brought to light, each repair with its count and its first
  cells before and after.

Whatever a reader needs to do the same to new cells is said in the `Column`, as data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from types import ModuleType

from journeyman.plan.shelf import modules
from journeyman.sources.meaning.evidence import Evidence
from journeyman.sources.meaning.seen import Seen
from journeyman.table.finding import Finding
from journeyman.table.schema import Column

Propose = Callable[[Evidence], Column | None]
Refine = Callable[[Column, Evidence], Column]
Tell = Callable[[Seen], "Finding | Iterable[Finding] | None"]

_ROOM = "sources.meaning"


@cache
def proposals() -> tuple[Propose, ...]:
    """Those who say what a column could be, in the order in which they are asked."""
    found = sorted(_with("propose"), key=lambda module: int(module.TURN))
    return tuple(module.propose for module in found)


@cache
def refinements() -> tuple[Refine, ...]:
    """Those who know more about a column that is proposed, in their order."""
    found = sorted(_with("refine"), key=lambda module: int(module.AFTER))
    return tuple(module.refine for module in found)


@cache
def tellers() -> tuple[Tell, ...]:
    """Those who tell what reading brought to light, in the order of their files."""
    return tuple(module.tell for module in _with("tell"))


def _with(verb: str) -> list[ModuleType]:
    return [module for module in modules(_ROOM) if hasattr(module, verb)]
