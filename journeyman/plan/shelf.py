"""The folder is the registry: finding kinds by walking, and resolving an address safely."""

from __future__ import annotations

import pkgutil
import re
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from types import ModuleType
from typing import TYPE_CHECKING

from journeyman.errors import PlanError, nearest

if TYPE_CHECKING:
    from journeyman.plan.step import Step

#: Packages of other people join under this entry-point group: name = anything, value = a package whose folders are
#: named as our shelves are (``checks``, ``preparation``, ``learners``, ``teachers`` …).
ENTRY_POINTS = "journeyman.shelves"
ADDRESS = re.compile(r"[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*){1,6}")
STEP_SHELVES = ("preparation", "learners")
#: What stands on it is asked while others are fitted, and never deployed.
TEACHERS = "teachers"
#: Combinators that have a file of their own.
_PLAN_FILES = ("plan.calibrated", "plan.cleaned", "plan.distilled", "plan.recent", "plan.repaired", "plan.retarget")


@cache
def houses() -> tuple[str, ...]:
    """Packages with shelves: ours first, then those that joined, by name."""
    return ("journeyman", *sorted({point.value for point in entry_points(group=ENTRY_POINTS)}))


@cache
def modules(shelf: str) -> tuple[ModuleType, ...]:
    """All modules on a shelf, ours first, each folder in order of names. Doors and contracts are among them."""
    found = []
    for house in houses():
        try:
            folder = import_module(f"{house}.{shelf}")
        except ModuleNotFoundError:
            continue
        names = sorted(one.name for one in pkgutil.walk_packages(folder.__path__, folder.__name__ + "."))
        found += [import_module(name) for name in names if not name.rpartition(".")[2].startswith("_")]
    return tuple(found)


@cache
def steps(shelf: str = "") -> tuple[type[Step], ...]:
    """Every kind of step on a shelf, or on all of those that can be deployed, in order of addresses."""
    return tuple(
        value
        for one in ((shelf,) if shelf else STEP_SHELVES)
        for module in modules(one)
        for value in vars(module).values()
        if is_kind(value) and value.__module__ == module.__name__
    )


def is_kind(value: object) -> bool:
    """Whether something is a concrete kind of step: a subclass that says how it is applied."""
    # Here, not above: a shelf that holds no steps is walked without numpy, as `--help` does.
    from journeyman.plan.step import Step

    return isinstance(value, type) and issubclass(value, Step) and value.apply is not Step.apply


@cache
def kind_at(address: str) -> type[Step]:
    """The kind of step at an address. Untrusted text reaches only files on the shelves.

    Raises
    ------
    PlanError : nothing is there; near addresses are offered
    """
    if ADDRESS.fullmatch(address):
        room = address.split(".")[0]
        if room == "plan":
            for value in _public(import_module("journeyman.plan.combine")):
                if address == f"plan.combine.{value.__name__.lower()}":
                    return value
            if address in _PLAN_FILES:
                return _public(import_module(f"journeyman.{address}"))[0]
        if address in _by_address():
            return _by_address()[address]
    raise PlanError(f"there is no step at {address!r}", remedy=nearest(address, list(_by_address())))


def _by_address() -> dict[str, type[Step]]:
    from journeyman.plan.step import address_of

    return {address_of(kind): kind for kind in (*steps(), *steps(TEACHERS))}


def _public(module: ModuleType) -> list[type[Step]]:
    return [value for value in vars(module).values() if is_kind(value) and value.__module__ == module.__name__]
