from __future__ import annotations

import doctest
from collections.abc import Callable
from typing import Any

import pytest

from journeyman.report import argument
from journeyman.report.argument import headline, worth_in_words

Summary = Callable[..., dict[str, Any]]


def test_the_examples_hold() -> None:
    assert doctest.testmod(argument).failed == 0


def test_money_is_in_the_sentence_where_there_is_any(made_up: Summary) -> None:
    assert headline(made_up()) == "Deploy it: it brings 2,300 more per 1,000 rows than the best single rule."
    pilot = made_up(verdict={"decision": "pilot"})
    assert headline(pilot).startswith("Try it on a part first: it may bring 2,300 more")


def test_a_no_gives_its_reason(made_up: Summary) -> None:
    no = made_up(verdict={"decision": "do_not_deploy", "reasons": ["No signal is shown.", "x"]})
    assert headline(no) == "Do not deploy it: no signal is shown."
    assert headline(made_up(verdict={"decision": "do_not_deploy"})) == "Do not deploy it."
    named = made_up(verdict={"decision": "do_not_deploy", "reasons": ["'x' leaks."]})
    assert headline(named) == "Do not deploy it: 'x' leaks."


def test_without_money_the_metric_is_told_in_plain_words(made_up: Summary, regression: Summary) -> None:
    ranks = made_up(evaluation={"roc_auc": {"value": 0.7781}})
    assert headline(ranks) == "Deploy it: it ranks a random “1” above a random “0” in 78 of 100 pairs."
    assert worth_in_words(regression()) == "its answers are off by 3.21 on average"
    named = made_up(task="multiclass", classes=["a", "b", "c"], evaluation={"accuracy": {"value": 0.8}}, confusion=None)
    assert worth_in_words(named) == "it names the right class for 80 of 100 rows"
    other = made_up(evaluation={"log_loss": {"value": 0.4339}})
    assert worth_in_words(other) == "its log loss is 0.434"


@pytest.mark.parametrize("summary", [{}, {"verdict": None}, {"evaluation": {"roc_auc": {"value": None}}}])
def test_where_nothing_is_known_nothing_is_claimed(summary: dict[str, object]) -> None:
    assert worth_in_words(summary) == ""
    assert headline(summary).startswith("No verdict")
