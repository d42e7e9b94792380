from __future__ import annotations

import json

import numpy as np

from journeyman.evaluation.slices import weakest
from journeyman.statistics.bbc import make_units
from journeyman.table.columns import MISSING_WORD, Columns, Strings


def table(random, rows):
    region = random.choice(["north", "south", "east", MISSING_WORD], rows)
    numbers = random.normal(size=(rows, 2))
    numbers[: rows // 10, 1] = np.nan
    columns = Columns.of(
        rows=rows,
        numbers=numbers,
        number_names=("age", "income"),
        words=(Strings.of(region.tolist()),),
        word_names=("region",),
    )
    return columns, region


def test_the_group_in_which_the_model_does_harm_is_found():
    random = np.random.default_rng(0)
    columns, region = table(random, 2000)
    gains = 1 + random.normal(size=2000) - 2.0 * (region == "north")
    found = weakest(columns, gains, np.ones(2000), make_units(2000))
    assert (found.column, found.words, found.is_loss) == ("region", "north", True)
    assert found.rows == (region == "north").sum()
    assert found.gain.low < -1 < found.gain.high + 0.3
    json.dumps(found.as_data())


def test_thirds_and_missing_cells_of_numbers_are_groups_too():
    random = np.random.default_rng(1)
    columns, _ = table(random, 3000)
    age, income = columns.numbers.T
    low = age <= np.quantile(age, 1 / 3)
    assert (
        weakest(columns, 1.0 * random.normal(size=3000) + 1 - 3 * low, np.ones(3000), make_units(3000)).column == "age"
    )
    gone = np.isnan(income)
    found = weakest(columns, random.normal(size=3000) + 1 - 3 * gone, np.ones(3000), make_units(3000))
    assert (found.column, found.words) == ("income", "missing")


def test_where_no_group_differs_harm_is_seldom_claimed():
    random = np.random.default_rng(2)
    claimed = 0
    for _ in range(200):
        columns, _ = table(random, 500)
        claimed += weakest(columns, random.normal(size=500), np.ones(500), make_units(500)).is_loss
    assert claimed <= 12


def test_rows_of_one_unit_are_one_piece_of_evidence():
    random = np.random.default_rng(3)
    columns, _ = table(random, 1000)
    groups = np.arange(1000) // 50
    gains = random.normal(size=20)[groups]
    width = [
        found.gain.high - found.gain.low
        for units in (make_units(1000), make_units(1000, groups=groups))
        if (found := weakest(columns, gains, np.ones(1000), units))
    ]
    assert width[1] > 2 * width[0]


def test_small_groups_and_columns_of_many_levels_are_left_alone():
    columns = Columns.of(rows=60, words=(Strings.of([str(place) for place in range(60)]),), word_names=("name",))
    assert weakest(columns, np.zeros(60), np.ones(60), make_units(60)) is None
