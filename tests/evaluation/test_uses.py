from __future__ import annotations

import time

import numpy as np
import pytest

from journeyman.evaluation.uses import MOST_ANSWERS, ROUNDS, moving, uses
from journeyman.table.columns import MISSING_WORD, Columns, Numbers, Strings


def columns(rows: int = 600, extra: int = 0) -> Columns:
    random = np.random.default_rng(1)
    numbers = random.normal(size=(rows, 2 + extra))
    numbers[::10, 1] = np.nan
    words = Strings.of(random.choice(["a", "b", MISSING_WORD], rows).tolist())
    at = random.integers(0, 10**15, (rows, 1))
    return Columns.of(
        rows=rows,
        numbers=numbers,
        number_names=("x", "y", *(f"z{place}" for place in range(extra))),
        dates=at,
        dates_missing=np.zeros((rows, 1), np.bool_),
        date_names=("day",),
        words=(words,),
        word_names=("word",),
    )


def answer(given: Columns) -> Numbers:
    """Half of x, and a tenth for the word a."""
    words = given.words[0].cells()
    made: Numbers = 0.5 * given.numbers[:, :1] + 0.1 * (words == "a")[:, None].astype(np.float64)
    return made


def test_columns_come_by_how_far_they_move_answers() -> None:
    found = uses(answer, columns(), seconds=None)
    assert found is not None
    assert [one.name for one in found.columns][:2] == ["x", "word"]
    # Two normal numbers are 1.128 apart on average.
    assert found.columns[0].change == pytest.approx(0.5 * 1.128, rel=0.1)
    assert [one.change for one in found.columns[2:]] == [0.0, 0.0]
    assert sum(one.share for one in found.columns) == pytest.approx(1.0)
    assert found.rounds == ROUNDS


def test_effects_say_what_values_do() -> None:
    found = uses(answer, columns(), seconds=None)
    assert found is not None
    x, word = found.columns[:2]
    assert found.answer is not None
    for point in x.effect:
        assert isinstance(point.at, float)
        assert point.answer == pytest.approx(0.5 * point.at + 0.033, abs=0.12)
    told = {one.at: one.answer for one in word.effect}
    assert told.keys() == {"a", "b", None}
    assert told["a"] - told["b"] == pytest.approx(0.1, abs=0.02)
    assert told["b"] == pytest.approx(told[None], abs=0.02)


def test_the_input_is_not_changed_and_the_same_seed_says_the_same() -> None:
    given = columns()
    before = given.numbers.copy()
    first, second = uses(answer, given, seconds=None, seed=3), uses(answer, given, seconds=None, seed=3)
    assert first == second
    assert np.array_equal(given.numbers, before, equal_nan=True)


def test_no_cell_stays_in_its_row() -> None:
    seen: list[Numbers] = []

    def watch(given: Columns) -> Numbers:
        seen.append(given.numbers[:, 0])
        return answer(given)

    assert uses(watch, columns(), seconds=None) is not None
    base, swapped = seen[0], seen[1]
    assert not (base == swapped).any()
    assert sorted(base) == sorted(swapped)


def test_probability_that_moves_between_classes_is_counted_once() -> None:
    def classes(given: Columns) -> Numbers:
        first = (given.numbers[:, :1] > 0).astype(np.float64)
        return np.hstack([first, 1 - first, np.zeros_like(first)])

    found = uses(classes, columns(), seconds=None)
    assert found is not None
    assert found.columns[0].change == pytest.approx(0.5, abs=0.08)
    assert found.columns[0].effect == ()
    assert found.answer is None


def test_texts_have_no_effects() -> None:
    given = columns()
    texts = Columns.of(
        rows=given.rows,
        words=given.words,
        word_names=("word",),
        text_names=("word",),
        numbers=given.numbers,
        number_names=given.number_names,
    )
    found = uses(answer, texts, seconds=None)
    assert found is not None
    assert next(one for one in found.columns if one.name == "word").effect == ()


def test_wide_tables_cost_no_more_than_they_may() -> None:
    rows = 0

    def count(given: Columns) -> Numbers:
        nonlocal rows
        rows += given.rows
        return answer(given)

    assert uses(count, columns(extra=300), seconds=None) is not None
    assert rows <= 1.1 * MOST_ANSWERS


def test_a_slow_model_is_given_up_in_time() -> None:
    def slow(given: Columns) -> Numbers:
        time.sleep(0.05)
        return answer(given)

    began = time.monotonic()
    assert uses(slow, columns(extra=100), seconds=0.2) is None
    assert time.monotonic() - began < 1.0


def test_without_time_nothing_is_begun() -> None:
    def refuse(given: Columns) -> Numbers:
        raise AssertionError

    assert uses(refuse, columns(), seconds=0.0) is None


def test_there_is_nothing_to_swap_in_one_row_or_without_columns() -> None:
    assert uses(answer, columns().take([0])) is None
    assert uses(answer, Columns.of(rows=9)) is None


def test_it_is_plain_data() -> None:
    found = uses(answer, columns(), seconds=None)
    assert found is not None
    data = found.as_data()
    assert data["columns"][0]["name"] == "x"
    assert set(data["columns"][0]["effect"][0]) == {"at", "answer", "answers"}


def test_of_a_wide_table_the_few_columns_that_matter_are_found_with_few_questions() -> None:
    asked = []

    def counted(given: Columns) -> Numbers:
        asked.append(given.rows)
        return answer(given)

    wide = columns(rows=300, extra=3000)
    assert moving(counted, wide, seed=0) == ("x", "word")
    assert len(asked) < 60
    found = uses(counted, wide, seconds=None)
    assert found is not None
    assert [one.name for one in found.columns if one.change] == ["x", "word"]
    assert len(found.columns) == len(wide.names)
    assert found.columns[0].change == pytest.approx(0.5 * 1.128, rel=0.15)
    assert moving(counted, wide, seed=0, until=0.0) is None
