from __future__ import annotations

import numpy as np
import pytest

from journeyman.sources.read import read
from journeyman.table.profile import BARS, LEVELS, LONGEST, Profile, profile
from journeyman.table.table import Table

polars = pytest.importorskip("polars")


def table() -> Table:
    random = np.random.default_rng(0)
    size = 400
    words = random.choice(["red", "green", "blue"], size).astype(object)
    words[:7] = None
    words[7] = "once"
    return read(
        polars.DataFrame(
            {
                "amount": np.append(random.normal(50.0, 9.0, size - 1), 1e6),
                "few": random.integers(0, 3, size),
                "word": words.tolist(),
                "long": [("x" * 100) + str(place % 2) for place in range(size)],
                "same": [1.5] * size,
                "who": [f"person {place:05d}" for place in range(size)],
            }
        )
    )


def named(found: tuple[Profile, ...]) -> dict[str, Profile]:
    return {one.name: one for one in found}


def test_every_column_has_one_in_order() -> None:
    made = table()
    assert [one.name for one in profile(made)] == [one.name for one in made.schema]


def test_every_known_cell_is_in_a_bar_and_one_odd_value_does_not_flatten_them() -> None:
    amount = named(profile(table()))["amount"]
    assert (amount.low, amount.high) == (min(amount.low, 50.0), 1e6)
    assert sum(amount.counts) == amount.rows == 400
    assert len(amount.edges) == BARS + 1
    assert amount.edges[-1] < 100
    assert max(amount.counts) < 200


def test_few_values_have_a_bar_each() -> None:
    few = named(profile(table()))["few"]
    assert few.edges == (0.0, 1.0, 2.0)
    assert sum(few.counts) == 400
    same = named(profile(table()))["same"]
    assert (same.distinct, same.counts) == (1, (400,))


def test_words_are_counted_and_rare_ones_not_named() -> None:
    word = named(profile(table()))["word"]
    assert (word.missing, word.distinct, word.others) == (7, 4, 1)
    assert {name for name, _ in word.levels} == {"red", "green", "blue"}
    assert [count for _, count in word.levels] == sorted((count for _, count in word.levels), reverse=True)
    assert sum(count for _, count in word.levels) + word.others + word.missing == 400
    assert len(word.levels) <= LEVELS


def test_long_words_are_cut() -> None:
    assert [len(name) for name, _ in named(profile(table()))["long"].levels] == [LONGEST, LONGEST]


def test_columns_that_say_who_a_row_is_about_are_only_counted() -> None:
    who = named(profile(table()))["who"]
    assert (who.distinct, who.levels, who.edges, who.low) == (400, (), (), None)


def test_it_is_plain_data() -> None:
    data = named(profile(table()))["word"].as_data()
    assert data["levels"][0][0] in {"red", "green", "blue"}
    assert isinstance(data["levels"][0], list)


def test_a_table_without_rows_has_profiles() -> None:
    assert all(one.rows == one.distinct == 0 for one in profile(table().take(np.empty(0, np.int64))))
