from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from journeyman.server.amounts import promised
from journeyman.server.answering import answer_row
from journeyman.server.deployed import Deployed


def test_amounts_are_those_of_the_rule(deployed: Callable[..., Deployed], row: dict[str, Any]) -> None:
    one = deployed()
    answer = answer_row(one, row)
    chance = answer["probabilities"]["yes"]
    assert promised(one, row, answer) == {"none": 0.0, "call": pytest.approx(300 * chance - 200 * (1 - chance))}
    best = max(promised(one, row, answer).items(), key=lambda pair: pair[1] or 0)
    assert answer["decision"] == best[0]


def test_amounts_read_cells(deployed: Callable[..., Deployed], row: dict[str, Any]) -> None:
    one = deployed("spending")
    answer = answer_row(one, row)
    chance = answer["probabilities"]["yes"]
    assert promised(one, row, answer)["call"] == pytest.approx(300 * chance - 200 * (1 - chance))
    lacking = {**row, "income": None}
    assert promised(one, lacking, answer_row(one, lacking))["call"] is None


def test_without_a_rule_there_are_none(deployed: Callable[..., Deployed], row: dict[str, Any]) -> None:
    one = deployed("regression")
    assert promised(one, row, answer_row(one, row)) == {}
