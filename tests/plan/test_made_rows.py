"""Rows made of others."""

from __future__ import annotations

import numpy as np

from journeyman.plan.made_rows import SWAPPED, made_rows, stacked
from journeyman.table.columns import MISSING_WORD, Columns, Strings


def rows(count: int = 500) -> Columns:
    place = np.arange(count)
    dates_missing = (place % 5 == 0)[:, None]
    return Columns.of(
        rows=count,
        numbers=np.column_stack([place, np.where(place % 3 == 0, np.nan, -place)]).astype(float),
        number_names=("a", "b"),
        dates=np.where(dates_missing, 0, place[:, None]),
        dates_missing=dates_missing,
        date_names=("day",),
        words=[Strings.of([MISSING_WORD if one % 7 == 0 else f"w{one}" for one in place])],
        word_names=("town",),
    )


def test_most_cells_are_those_of_the_row_it_was_made_of_and_all_are_of_their_column() -> None:
    known = rows()
    made, of = made_rows(known, 700, seed=3)
    assert made.rows == len(of) == 700
    assert np.bincount(of, minlength=500).max() == 2
    same = [
        (made.numbers[:, 0] == known.numbers[of, 0]).mean(),
        (made.words[0].codes == known.words[0].codes[of]).mean(),
        ((made.dates[:, 0] == known.dates[of, 0]) & (made.dates_missing[:, 0] == known.dates_missing[of, 0])).mean(),
    ]
    assert all(0.9 * (1 - SWAPPED) < one < 1 - 0.5 * SWAPPED for one in same)
    assert set(made.numbers[:, 0]) <= set(known.numbers[:, 0])
    assert 0.2 < np.isnan(made.numbers[:, 1]).mean() < 0.5
    # A date and that it is missing stay together; columns are swapped on their own.
    assert (made.dates[made.dates_missing] == 0).all()
    assert ((made.numbers[:, 0] != known.numbers[of, 0]) != (made.words[0].codes != known.words[0].codes[of])).any()


def test_the_same_seed_makes_the_same_rows_and_nothing_makes_none() -> None:
    one, other, third = (made_rows(rows(), 50, seed=seed)[0] for seed in (1, 1, 2))
    assert np.array_equal(one.numbers, other.numbers, equal_nan=True)
    assert not np.array_equal(one.numbers, third.numbers, equal_nan=True)
    assert made_rows(rows().take(np.arange(0)), 0, seed=1)[0].rows == 0


def test_rows_stand_below_rows() -> None:
    known = rows(10)
    both = stacked(known, known.take([3, 4]))
    assert both.rows == 12
    assert both.numbers[10:, 0].tolist() == [3.0, 4.0]
    assert both.words[0].cells()[10:].tolist() == ["w3", "w4"]
    assert both.dates[10:, 0].tolist() == [3, 4]
