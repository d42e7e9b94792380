from __future__ import annotations

from types import SimpleNamespace

import numpy as np


def test_a_trend_that_turns_round_in_every_group_is_told(made: SimpleNamespace) -> None:
    random = np.random.default_rng(30)
    place = random.integers(0, 3, size=2400)
    within = random.normal(size=2400)
    columns = {**made.noise(2400), "clinic": np.array(["A", "B", "C"])[place], "dose": 1.5 * place + within}
    columns["cure"] = 1.2 * place - 0.5 * within + random.normal(size=2400)
    one = made.the_one("simpson", columns, "cure", ("dose", "clinic"))
    assert "but within every group of 'clinic' it is lower" in one.sentence
    assert one.value < 0
    assert [line["is_all"] for line in one.figure.data["lines"]] == [True, False, False, False]


def test_a_trend_that_does_not_turn_round_is_no_reversal(made: SimpleNamespace) -> None:
    random = np.random.default_rng(31)
    place = random.integers(0, 3, size=2400)
    within = random.normal(size=2400)
    columns = {"clinic": np.array(["A", "B", "C"])[place], "dose": 1.5 * place + within}
    columns["cure"] = 1.2 * place + 0.5 * within + random.normal(size=2400)
    found = made.explored(columns, "cure")
    assert found.by_kind["simpson"] >= 1
    assert "simpson" not in {one.kind for one in found.insights}
