from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from journeyman.brief.brief import Brief
from journeyman.checks.evidence.answer import Answer, answer_of
from journeyman.checks.evidence.together import few, guess_together, measure_of, skill, without_copies
from journeyman.table.table import Table

Make = Callable[..., Table]
RANDOM = np.random.default_rng(4)
FIRST, SECOND = RANDOM.normal(size=(2, 900))
WORD = [("a", "b", None)[one] for one in RANDOM.integers(0, 3, 900)]
SIGNAL = FIRST * SECOND + np.array([{"a": 1.0, "b": -1.0}.get(str(one), 0.0) for one in WORD])
DAY = np.datetime64("2024-01-01") + RANDOM.integers(0, 99, 900)


def answered(table_of: Make, y: object) -> tuple[Table, Answer]:
    table = table_of({"first": FIRST, "second": SECOND, "word": WORD, "day": DAY, "y": y})
    answer = answer_of(table, Brief(predict="y"))
    assert isinstance(answer, Answer)
    return table, answer


@pytest.mark.parametrize("y", [SIGNAL, (SIGNAL > 0).astype(int)])
def test_several_columns_say_more_than_one(table_of: Make, y: object) -> None:
    table, answer = answered(table_of, y)
    everything = skill(table, ["first", "second", "word", "day"], answer)
    assert everything > skill(table, ["first"], answer) + 0.2
    assert skill(table, ["day"], answer) < (0.1 if answer.is_number else 0.6)
    assert skill(table, [], answer) == pytest.approx(0.0 if answer.is_number else 0.5)
    assert measure_of(answer) == ("R²" if answer.is_number else "AUC")


def test_classes_and_folds_of_ones_own(table_of: Make) -> None:
    classes = np.digitize(SIGNAL, [-1, 1])
    table, answer = answered(table_of, [f"class {one}" for one in classes])
    assert guess_together(table, ["word"], answer).shape == (900, 3)
    alone = guess_together(table, ["word"], answer, np.zeros(900, np.int64))
    assert np.allclose(alone, answer.values.mean(axis=0))


def test_fewer_rows_are_always_the_same(table_of: Make) -> None:
    _, answer = answered(table_of, SIGNAL)
    assert few(answer) is answer
    less = few(answer, 100)
    assert len(less.rows) == len(less.values) == len(less.folds) == 100
    assert less.rows.tolist() == few(answer, 100).rows.tolist() == sorted(less.rows.tolist())


def test_of_many_classes_the_most_frequent_are_told(table_of: Make) -> None:
    shares = np.r_[np.full(4, 0.1), np.full(6, 0.05), 0.3]
    table, answer = answered(table_of, [f"class {one}" for one in RANDOM.choice(11, 900, p=shares)])
    less = few(answer)
    assert less.values.shape == (900, 5)
    assert less.values.sum() > 0.6 * 900
    assert guess_together(table, ["word"], less).shape == (900, 5)


def test_copies_are_left_out(table_of: Make) -> None:
    twice = np.r_[np.arange(60), np.arange(30)]
    table = table_of({"first": FIRST[twice], "word": [WORD[row] for row in twice], "y": SIGNAL[twice]})
    answer = answer_of(table, Brief(predict="y"))
    assert isinstance(answer, Answer)
    assert without_copies(table, ["first", "word"], answer).rows.tolist() == list(range(60))
    assert len(without_copies(table, ["word"], answer).rows) == 3
    assert without_copies(table, [], answer) is answer
