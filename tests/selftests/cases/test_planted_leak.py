from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

import journeyman.job.understand as job
from journeyman.selftests.bench import Bench
from journeyman.selftests.cases import planted_leak as case
from journeyman.selftests.subject import Subject
from journeyman.simulation.kinds import kinds
from journeyman.simulation.plants.plant import Plant


def test_an_honest_product_finds_them_all(bench: Bench) -> None:
    seen = case.ours(bench)
    assert seen.is_right, seen.text
    assert seen.numbers["found"] == len(case.FOUND)


@pytest.mark.usefixtures("finds_nothing")
def test_a_product_whose_audit_is_blind_fails(bench: Bench, world_of: Callable[..., Subject]) -> None:
    seen = case.ours(bench)
    assert seen.is_right is False
    assert "too_good_column (binary)" in seen.numbers["missed"]
    seen = case.yours(bench, world_of())
    assert seen.is_right is False
    assert "'planted' is not found" in seen.text


def test_a_product_that_tells_and_learns_all_the_same_fails(
    bench: Bench, world_of: Callable[..., Subject], monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = job.look
    monkeypatch.setattr(
        job,
        "look",
        lambda *given: tuple(replace(one, remedy=replace(one.remedy, action="none")) for one in honest(*given)),
    )
    assert case.yours(bench, world_of()).is_right is False


@pytest.mark.parametrize("task", ["binary", "multiclass", "regression"])
def test_it_is_found_in_any_table_of_enough_rows(bench: Bench, task: str, world_of: Callable[..., Subject]) -> None:
    assert case.yours(bench, world_of(task=task)).is_right
    assert case.yours(bench, world_of(task=task, rows=30)).is_right is None


def test_a_rare_class_cannot_tell(bench: Bench, world_of: Callable[..., Subject]) -> None:
    seen = case.yours(bench, world_of(rows=120, offset=-9.0, strength=3.0))
    assert seen.is_right is None
    assert "10 rows of at least two classes" in seen.text


def test_targets_with_many_equal_numbers_are_told_too(bench: Bench, world_of: Callable[..., Subject]) -> None:
    subject = world_of(task="regression")
    value = np.maximum(np.round(np.asarray(subject.table.values[subject.target])), 0.0)
    table = replace(subject.table, values={**subject.table.values, subject.target: value})
    assert case.yours(bench, Subject(table, subject.target)).is_right


def test_every_kind_on_the_shelf_is_looked_for_or_told() -> None:
    shelf = {name.removeprefix("leaks.") for name in kinds("plants", Plant) if name.startswith("leaks.")}
    told = {name.replace(" ", "_") for name in case._not_looked_for()}
    assert shelf == {kind for kind, _ in case.FOUND} | told | set(case._ELSEWHERE)
    assert not told & {kind for kind, _ in case.FOUND}
