from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from journeyman.selftests.bench import Bench
from journeyman.selftests.cases import shuffled_target as case
from journeyman.selftests.subject import Subject


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(case, "SHUFFLES", 3)
    monkeypatch.setattr(case, "_ROWS", 150)


def test_an_honest_product_finds_nothing(bench: Bench) -> None:
    seen = case.ours(bench)
    assert seen.is_right
    assert seen.numbers["deploy"] == 0
    assert "deploy in 0 of 3 shuffles" in seen.text


@pytest.mark.usefixtures("scores_in_sample")
def test_a_product_that_scores_what_it_learnt_fails(bench: Bench, world_of: Callable[..., Subject]) -> None:
    seen = case.ours(bench)
    assert seen.is_right is False
    assert seen.numbers["above_0"] == 3
    assert case.yours(bench, world_of()).is_right is False


def test_few_rows_cannot_tell(bench: Bench, world_of: Callable[..., Subject]) -> None:
    seen = case.yours(bench, world_of(rows=30))
    assert seen.is_right is None
    assert "30 rows" in seen.text


def test_chance_may_find_one_or_two(bench: Bench, world_of: Callable[..., Subject]) -> None:
    build = bench.build(world_of(strength=3.0))
    nothing = replace(build, verdict=replace(build.verdict, decision="do_not_deploy"))
    evaluation = build.shipped.evaluation
    no_gain = replace(evaluation, gain=replace(evaluation.gain, low=-1.0))
    nothing = replace(nothing, shipped=replace(build.shipped, evaluation=no_gain))
    assert case.judged([build, build, nothing]).is_right
    assert "by chance one or two may be" in case.judged([build, nothing, nothing]).text
    assert case.judged([build, build, build]).is_right is False
