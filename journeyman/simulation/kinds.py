"""Kinds on the simulator's shelves: found by walking, named by their files, written as data."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import Any

from journeyman.errors import nearest
from journeyman.plan.shelf import modules


@cache
def kinds(shelf: str, contract: type) -> Mapping[str, type[Any]]:
    """Every kind on a shelf (``laws``, ``plants``, ``company``) by name: its path on the shelf, joined by dots.

    Packages of other people join as on every other shelf.
    """
    found: dict[str, type[Any]] = {}
    for module in modules(f"simulation.{shelf}"):
        name = module.__name__.partition(f".simulation.{shelf}.")[2]
        for value in vars(module).values():
            mine = isinstance(value, type) and value.__module__ == module.__name__
            if mine and issubclass(value, contract) and not inspect.isabstract(value):
                found.setdefault(name, value)
    return found


def kind_named(shelf: str, contract: type, name: str) -> type[Any]:
    """The kind of a name.

    Raises
    ------
    ValueError : there is none; near names are offered
    """
    known = kinds(shelf, contract)
    if name not in known:
        raise ValueError(f"there is no {name!r} in simulation/{shelf}; try: {nearest(name, known)}")
    return known[name]


def name_of(shelf: str, contract: type, value: Any) -> str:
    """The name of a value's kind."""
    return next(name for name, kind in kinds(shelf, contract).items() if kind is type(value))


def built(shelf: str, contract: type, given: Any) -> Any:
    """A kind's value from a value, a name, ``name:strength``, or a mapping with ``kind`` and its fields.

    Raises
    ------
    ValueError : no such kind, or no such field
    """
    if isinstance(given, contract):
        return given
    if isinstance(given, str):
        name, _, strength = given.partition(":")
        given = {"kind": name, **({"strength": strength} if strength else {})}
    rest = {key: tuple(value) if isinstance(value, list) else value for key, value in dict(given).items()}
    name = str(rest.pop("kind", ""))
    kind = kind_named(shelf, contract, name)
    known = {one.name for one in fields(kind)}
    if not rest.keys() <= known:
        raise ValueError(f"{name} has no {', '.join(sorted(rest.keys() - known))}; it has {', '.join(sorted(known))}")
    return kind(**rest)


def data_of(shelf: str, contract: type, value: Any) -> dict[str, Any]:
    """A value as JSON: its kind's name and its fields."""
    told = {one.name: getattr(value, one.name) for one in fields(value) if one.init}
    return {"kind": name_of(shelf, contract, value), **{key: _plain(one) for key, one in told.items()}}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return list(value) if isinstance(value, tuple) else value
