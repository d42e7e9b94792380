from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from journeyman.bundle.novelty import Meter, Novelty, novelty_from_data
from journeyman.bundle.novelty_learnt import learn_novelty
from journeyman.bundle.profile import LevelProfile, number_profile
from journeyman.table.columns import MISSING_WORD, TERM_END, Columns, Strings
from journeyman.table.schema import Column

FEATURES = (
    Column(name="size", kind="number"),
    Column(name="since", kind="date"),
    Column(name="city", kind="category", levels=("Oslo", "Bergen")),
    Column(name="note", kind="text"),
)


def rows(count: int, seed: int = 0) -> Columns:
    random = np.random.default_rng(seed)
    size = random.normal(size=(count, 1))
    size[random.random(count) < 0.1] = np.nan
    notes = [TERM_END.join("abcdefgh"[: random.integers(0, 8)]) for _ in range(count)]
    return Columns.of(
        rows=count,
        numbers=size,
        number_names=["size"],
        dates=random.integers(0, 10**15, (count, 1)),
        dates_missing=random.random((count, 1)) < 0.1,
        date_names=["since"],
        words=[
            Strings.of(random.choice(["Oslo", "Bergen", MISSING_WORD], count, p=[0.7, 0.2, 0.1]).tolist()),
            Strings.of(notes),
        ],
        word_names=["city", "note"],
        text_names=["note"],
    )


def learnt(count: int = 400) -> Novelty:
    found = learn_novelty(rows(count), FEATURES, seed=0)
    assert found is not None
    return found


def test_a_row_alone_is_as_strange_as_among_others() -> None:
    novelty, asked = learnt(), rows(200, seed=3)
    meter = Meter(novelty.profiles, FEATURES)
    scores = novelty.score(*meter.many(asked))
    for row in range(asked.rows):
        since = float("nan") if asked.dates_missing[row, 0] else float(asked.dates[row, 0])
        words = [column.levels[column.codes[row]] for column in asked.words]
        alone = novelty.score_one(*meter.one([float(asked.numbers[row, 0])], [since], words))
        assert alone == scores[row]
        assert novelty.p_value(alone) == novelty.p_values(scores)[row]


def test_p_values_count_the_rows_that_are_as_strange() -> None:
    novelty = Novelty(share=0.05, rows=9, profiles={}, start=0.0, scale=0.0, scores=(1.0, 2.0, 3.0), stranger=(5, 2, 0))
    # One row more than there are: the one that is asked for.
    assert novelty.p_values(np.array([0.5, 1.0, 1.5, 2.0, 3.0, 4.0])).tolist() == [1.0, 1.0, 0.6, 0.6, 0.3, 0.1]
    assert [novelty.p_value(one) for one in (0.5, 1.0, 1.5, 2.0, 3.0, 4.0)] == [1.0, 1.0, 0.6, 0.6, 0.3, 0.1]
    # With nine rows nothing can be told beyond 1 in 10.
    assert novelty.limit == 0.1


def test_the_strangest_columns_are_named_first() -> None:
    novelty = learnt()
    meter = Meter(novelty.profiles, FEATURES)
    asked = rows(1)
    strange = Columns.of(
        rows=1,
        numbers=np.array([[1e6]]),
        number_names=["size"],
        dates=asked.dates,
        dates_missing=np.zeros((1, 1), np.bool_),
        date_names=["since"],
        words=[Strings.of(["Paris"]), Strings.of(["a"])],
        word_names=["city", "note"],
        text_names=["note"],
    )
    assert meter.strangest(strange) == [("size", "city")]
    assert Meter({}, FEATURES).strangest(asked) == [()]
    assert novelty.p_values(novelty.score(*meter.many(strange)))[0] == 1 / 401


def test_many_rather_rare_cells_are_strange_together() -> None:
    random = np.random.default_rng(0)
    names = [f"x{place}" for place in range(20)]
    features = tuple(Column(name=name, kind="number") for name in names)
    table = Columns.of(rows=2000, numbers=random.normal(size=(2000, 20)), number_names=names)
    novelty = learn_novelty(table, features, seed=0)
    assert novelty is not None
    meter = Meter(novelty.profiles, features)
    # Such a cell is one of 80, so every fourth row has one; all twenty together are never met.
    one, all_of_them = np.zeros((1, 20)), np.full((1, 20), 2.5) * np.tile([1, -1], 10)
    one[0, 0] = 2.5
    asked = Columns.of(rows=2, numbers=np.vstack([one, all_of_them]), number_names=names)
    p_values = novelty.p_values(novelty.score(*meter.many(asked)))
    assert p_values[0] > 0.05
    assert p_values[1] < 0.001


def test_data_comes_back_and_what_is_not_ours_is_refused() -> None:
    novelty = learnt(100)
    data = novelty.as_data()
    assert novelty_from_data(data, FEATURES) == novelty
    assert novelty_from_data(None, FEATURES) is None
    number = number_profile(np.arange(5.0), np.zeros(5, np.bool_))
    assert number is not None
    broken: list[Any] = [
        [],
        {},
        {**data, "more": 1},
        {**data, "rows": 0},
        {**data, "rows": 1.0},
        {**data, "share": 0},
        {**data, "share": 1},
        {**data, "scale": "1"},
        {**data, "scores": []},
        {**data, "scores": [1.0, 1.0], "stranger": [1, 0]},
        {**data, "scores": [1.0, 2.0], "stranger": [0, 1]},
        {**data, "scores": [1.0, 2.0], "stranger": [101, 0]},
        {**data, "scores": [float(one) for one in range(1025)], "stranger": [0] * 1025},
        {**data, "profiles": []},
        {**data, "profiles": {"gone": number.as_data()}},
        {**data, "profiles": {"city": number.as_data()}},
        {**data, "profiles": {"size": LevelProfile(5, (1.0,), 0.0, 0.0, 0.0).as_data()}},
    ]
    for one in broken:
        with pytest.raises(ValueError, match=r"novelty|profile"):
            novelty_from_data(one, FEATURES)
