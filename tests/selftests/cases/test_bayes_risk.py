from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from journeyman.selftests.bench import Bench
from journeyman.selftests.cases import bayes_risk as case


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(case, "WORLDS", (("linear", "binary"), ("linear", "regression")))
    monkeypatch.setattr(case, "ROWS", 200)


def test_an_honest_product_beats_nobody_and_keeps_its_word(bench: Bench) -> None:
    seen = case.ours(bench)
    assert seen.is_right, seen.numbers
    for one in seen.numbers["worlds"]:
        sign = -1 if one["metric"] in ("log_loss", "rmse") else 1
        # Nothing delivers more than the law allows.
        assert sign * one["delivered"] < sign * one["best_possible"]
        assert np.isclose(one["best_possible"], one["best_on_its_rows"], rtol=0.25)


@pytest.mark.usefixtures("scores_in_sample")
def test_a_product_that_scores_what_it_learnt_fails(bench: Bench) -> None:
    seen = case.ours(bench)
    assert seen.is_right is False
    assert max(one["above"] for one in seen.numbers["worlds"]) > 2 * case.MOST_ABOVE


@pytest.mark.parametrize(("held", "is_right"), [(4, True), (2, True), (1, False)])
def test_one_interval_may_miss_and_most_may_not(held: int, is_right: bool) -> None:
    one: dict[str, Any] = {"metric": "rmse", "printed": {"value": 1.0}, "best_on_its_rows": 0.9, "above": -1.0}
    seen = case.judged([{**one, "is_held": place < held} for place in range(4)])
    assert seen.is_right is is_right
    assert f"{held} of 4 intervals hold" in seen.text
