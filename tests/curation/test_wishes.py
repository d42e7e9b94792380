from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from journeyman.brief.brief import Brief
from journeyman.curation.propose import propose
from journeyman.curation.wishes import Wishes, wishes_of
from journeyman.errors import BriefError
from journeyman.plan.step import Step, parameters
from journeyman.plan.target import Target, Task
from journeyman.table.columns import Columns, Strings
from journeyman.table.schema import Column, Schema


def schema(*kinds: Any) -> Schema:
    return Schema((*(Column(name=f"c{place}", kind=kind) for place, kind in enumerate(kinds)),))


def asked(task: Task = "binary", *kinds: Any, **options: Any) -> Wishes:
    return wishes_of(Brief(predict="y", **options), schema(*kinds), task)


def proposed(wishes: Wishes | None, task: Task = "regression") -> list[Any]:
    rows = 3000
    columns = Columns.of(
        rows=rows,
        numbers=np.zeros((rows, 2)),
        number_names=("a", "b"),
        words=[Strings.of(["u", "v"] * (rows // 2))],
        word_names=("w",),
    )
    classes = {"regression": (), "binary": ("n", "y")}[task]
    target = Target(task=task, values=np.arange(rows) % 2.0, classes=classes)
    return list(propose(columns, target, "mae" if task == "regression" else "", wishes=wishes))


def learner_of(plan: Step) -> Any:
    while hasattr(plan, "inner") or hasattr(plan, "steps"):
        plan = plan.steps[-1] if hasattr(plan, "steps") else plan.inner
    return plan


def test_without_wishes_anything_is_proposed_but_what_waits_to_be_asked_for() -> None:
    names = [one.name for one in proposed(None)]
    assert any(name.startswith("boosted") for name in names)
    assert not any(name.startswith("additive") for name in names)


def test_what_is_to_be_read_is_floors_curves_and_lines() -> None:
    found = proposed(Wishes(is_readable=True))
    names = [one.name for one in found if not one.floor]
    assert set(names) == {"additive model", "additive model, with pairs", "linear model, splines"}
    # A mean over each of hundreds of values is nothing that one can follow by hand.
    assert not any(one.twins for one in found)
    assert any(one.twins for one in proposed(Wishes()) if one.name == "linear model, splines")


@pytest.mark.parametrize("task", ["regression", "binary"])
def test_only_what_keeps_directions_is_proposed_and_is_told_them(task: Task) -> None:
    found = proposed(Wishes(rising=("a",), falling=("b",)), task)
    names = {one.name for one in found}
    assert {"always the same answer", "additive model", "boosted trees, tuned"} <= names
    assert not any("linear" in name or "network" in name or "rule" in name for name in names)
    for one in found:
        if one.name != "always the same answer":
            told = parameters(learner_of(one.plan))
            assert (told["rising"], told["falling"]) == (("a",), ("b",))


def test_wishes_are_read_from_the_brief() -> None:
    wishes = asked("regression", "number", "flag", interpretable=True, monotone=("c0-", "c1+"))
    assert wishes == Wishes(is_readable=True, rising=("c1",), falling=("c0",))
    assert asked("multiclass", "text", "number", interpretable=True).is_readable


@pytest.mark.parametrize(
    ("kinds", "task", "options", "what"),
    [
        (["text", "text"], "binary", {"interpretable": True}, "no model that one can read"),
        (["number"], "multiclass", {"monotone": ("c0+",)}, "several classes"),
        (["number"], "binary", {"monotone": ("cO+",)}, "there is no column 'cO'"),
        (["category"], "binary", {"monotone": ("c0-",)}, "has no meaning"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_sentence(kinds: Any, task: Task, options: Any, what: str) -> None:
    with pytest.raises(BriefError, match=what) as refused:
        asked(task, *kinds, **options)
    assert refused.value.remedy


def test_a_direction_of_a_column_that_is_not_used_is_refused() -> None:
    ignored = Schema((Column(name="c0", kind="number", role="ignored"), Column(name="c1", kind="number")))
    with pytest.raises(BriefError, match="which is not used"):
        wishes_of(Brief(predict="y", monotone=("c0+",)), ignored, "binary")
