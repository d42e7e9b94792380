from __future__ import annotations

import numpy as np
import pytest

from journeyman.checks.evidence.answer import Answer, ranks_of
from journeyman.checks.evidence.through_target import Tie, tie_of
from journeyman.table.columns import Numbers

RANDOM = np.random.default_rng(3)
ROWS = 2000
CAUSE, OTHER = RANDOM.normal(size=(2, ROWS))
NUMBER = CAUSE + OTHER + 0.7 * RANDOM.normal(size=ROWS)


def answer_to(values: Numbers, *, is_number: bool) -> Answer:
    shown = ranks_of(values) if is_number else (values > 0).astype(np.float64)
    return Answer(np.arange(ROWS), shown[:, None], np.arange(ROWS) % 5, is_number)


@pytest.mark.parametrize("is_number", [True, False])
def test_what_is_written_from_the_target_is_tied_through_it_and_a_cause_is_not(is_number: bool) -> None:
    answer = answer_to(NUMBER, is_number=is_number)
    written = answer.values[:, 0] + 0.3 * answer.values.std() * np.random.default_rng(1).normal(size=ROWS)
    tie = tie_of(written, OTHER, answer)
    assert tie.is_through_target
    assert not tie.is_cause
    cause = tie_of(CAUSE, OTHER, answer)
    assert cause.is_cause
    assert not cause.is_through_target


def test_nothing_is_said_where_the_others_say_nothing() -> None:
    answer = answer_to(NUMBER, is_number=True)
    tie = tie_of(NUMBER, np.random.default_rng(2).normal(size=ROWS), answer)
    assert not tie.is_through_target
    assert not tie.is_cause
    assert tie_of(NUMBER, np.zeros(ROWS), answer) == Tie(0.0, 0.0, 0.0)


def test_columns_that_measure_the_same_thing_are_not_written_from_the_target() -> None:
    answer = answer_to(NUMBER, is_number=True)
    twin = CAUSE + 0.1 * np.random.default_rng(4).normal(size=ROWS)
    assert not tie_of(CAUSE, twin, answer).is_through_target
