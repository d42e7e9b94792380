"""Plans as JSON and back: {"step": address, parameter: value, …}, steps inside steps alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from journeyman.errors import PlanError, nearest
from journeyman.plan.combine import Blend, Chain, Each, Halved, Thin
from journeyman.plan.shelf import kind_at
from journeyman.plan.step import Step, parameters
from journeyman.store.digest import digest_data

_COMBINATORS = (Chain, Each, Thin, Halved, Blend)


def to_data(value: Any) -> Any:
    """A plan (or a parameter of one) as JSON."""
    if isinstance(value, Step):
        name = type(value).__name__.lower()
        address = f"plan.combine.{name}" if isinstance(value, _COMBINATORS) else value.address
        return {"step": address, **{key: to_data(one) for key, one in parameters(value).items()}}
    if isinstance(value, tuple | list):
        return [to_data(one) for one in value]
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise PlanError(f"a plan cannot hold a {type(value).__name__}", because="plans are JSON and steps")


def from_data(data: Any) -> Any:
    """The plan that `to_data` wrote.

    Raises
    ------
    PlanError : a step or a parameter is unknown
    """
    if isinstance(data, Mapping):
        kind = kind_at(str(data.get("step", "")))
        known = kind.__dataclass_fields__  # type: ignore[attr-defined]  # every Step subclass is a dataclass
        given = {key: from_data(value) for key, value in data.items() if key != "step"}
        for key in given:
            if key not in known:
                raise PlanError(f"{data['step']} has no parameter {key!r}", remedy=nearest(key, known))
        try:
            return kind(**given)
        except TypeError as error:
            raise PlanError(f"{data['step']} cannot be made", because=str(error)) from error
    if isinstance(data, list):
        return tuple(from_data(one) for one in data)
    return data


def plan_of(data: Any) -> Step:
    """A plan from JSON; what is no step is refused."""
    plan = from_data(data)
    if not isinstance(plan, Step):
        raise PlanError("that is no plan", because=f"it holds {type(data).__name__}, not a step")
    return plan


def digest(plan: Step) -> str:
    """The plan's digest: same plan, same name."""
    return digest_data(to_data(plan))
