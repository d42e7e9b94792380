"""Plans as data; what is no plan is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from journeyman.errors import PlanError
from journeyman.plan.combine import Blend, Chain, Each
from journeyman.plan.data import digest, plan_of, to_data
from journeyman.plan.step import Step
from journeyman.preparation.encode.one_hot import OneHot
from journeyman.preparation.scale.standard import Standard

PLAN = Blend(
    members=(Chain(steps=(Each(inner=OneHot(maximum=7), columns=("a", "b")), Standard())), Chain(steps=())),
    weights=(0.5, 0.5),
)


def test_a_plan_is_json_and_back() -> None:
    written = json.loads(json.dumps(to_data(PLAN)))
    assert plan_of(written) == PLAN
    assert written["members"][0]["steps"][0] == {
        "step": "plan.combine.each",
        "inner": {"step": "preparation.encode.one_hot", "maximum": 7},
        "columns": ["a", "b"],
    }


def test_a_parameter_that_is_left_out_has_its_default() -> None:
    assert plan_of({"step": "preparation.scale.standard"}) == Standard()


def test_digests_tell_plans_apart() -> None:
    assert digest(PLAN) == digest(plan_of(to_data(PLAN)))
    assert digest(Standard()) != digest(Standard(limit=3.0))


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ({"step": "preparation.scale.standart"}, "did you mean 'preparation.scale.standard'"),
        ({"step": "os.system", "command": "true"}, "there is no step"),
        ({"step": "../../etc/passwd"}, "there is no step"),
        ({"step": "plan.combine.step"}, "there is no step"),
        ({"step": "plan.step"}, "there is no step"),
        ({}, "there is no step"),
        ({"step": "preparation.scale.standard", "limits": 3}, "did you mean 'limit'"),
        ({"step": "preparation.scale.standard", "answers": "x"}, "answers"),
        ({"step": "plan.combine.each"}, "missing"),
        ([], "no plan"),
        ("preparation.scale.standard", "no plan"),
        (None, "no plan"),
    ],
)
def test_what_is_no_plan_is_refused(written: Any, says: str) -> None:
    with pytest.raises(PlanError, match=says):
        plan_of(written)


def test_a_plan_holds_only_what_json_holds() -> None:
    class Odd(Step):
        thing: Any = None

    with pytest.raises(PlanError, match="cannot hold a set"):
        to_data(Odd(thing={1}))
