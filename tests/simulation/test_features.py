from __future__ import annotations

import numpy as np

from journeyman.simulation.features import (
    MISSING_SAYS,
    Sizes,
    cells_of,
    dates,
    independent,
    level_names,
    number_name,
    shown_number,
    whole_days,
)

SIZES = Sizes(numbers=7, words=(5, 12), missing=0.3)


def drawn(rows: int = 500):
    return independent(SIZES, np.random.default_rng(1), rows)


def test_gaps_stand_in_the_first_columns_only_and_the_law_reads_one_thing_there():
    features = drawn()
    gone = np.isnan(features.numbers)
    assert gone[:, :3].any(axis=0).all()
    assert not gone[:, 3:].any()
    assert (features.known()[gone] == MISSING_SAYS).all()
    assert (features.words[:, 0] == 5).any()
    assert features.words[:, 1].max() == 11


def test_what_is_hidden_is_read_and_not_shown():
    from dataclasses import replace

    features = replace(drawn(10), hidden={0: np.arange(10.0)})
    np.testing.assert_array_equal(features.known()[:, 0], np.arange(10.0))
    assert not np.array_equal(features.shown()["age"], np.arange(10.0))
    np.testing.assert_array_equal(features.take(np.array([3, 1])).hidden[0], [3.0, 1.0])


def test_what_is_shown_has_names_units_and_missing_cells():
    features = drawn()
    shown = features.shown()
    assert list(shown)[:1] == ["age"]
    assert list(shown)[-3:] == ["number_7", "region", "product"]
    np.testing.assert_allclose(np.nanmean(shown["income"]), 42_000, rtol=0.1)
    np.testing.assert_allclose(shown["income"], shown_number(1, features.numbers[:, 1]))
    assert set(shown["region"]) == {"north", "south", "east", "west", "region 5", None}
    assert (number_name(0), number_name(6)) == ("age", "number_7")
    assert level_names(1, 2) == ("product 1", "product 2")


def test_words_of_codes():
    assert cells_of(np.array([1, 0, 2]), ("a", "b")) == ["b", "a", None]


def test_dates_are_the_days_the_law_reads():
    time = whole_days(np.array([0.0, 0.5, 0.99999, 1.2]))
    assert dates(time)[0] == "2023-01-01"
    assert dates(np.array([np.nan, 0.0])) == [None, "2023-01-01"]
    np.testing.assert_array_equal(whole_days(time + 1e-9), time)
    assert len(set(dates(whole_days(np.arange(731) / 731 + 1e-6)))) == 731
    assert dates(np.array([0.99999, 1.0])) == ["2024-12-31", "2025-01-01"]
