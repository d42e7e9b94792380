from __future__ import annotations

import numpy as np

from journeyman.monitoring.bins import BESIDE, MOST_CODES, Bins, make_bins, unseen_alone
from journeyman.table.columns import MISSING_WORD, TERM_END, Strings
from journeyman.table.schema import Column
from journeyman.table.table import Dates

NONE = np.zeros(4, np.bool_)


def test_a_number_is_coded_by_about_equally_full_bins() -> None:
    values = np.arange(1000.0)
    bins = make_bins(Column(name="x", kind="number"), values)
    none = np.zeros(1000, np.bool_)
    counts = np.bincount(bins.codes(values, none, none))
    assert len(counts) == bins.ordinary == 10
    assert counts.min() >= 90
    assert len(bins.names) == bins.ordinary + len(BESIDE) <= MOST_CODES


def test_missing_new_and_unreadable_cells_have_codes_of_their_own() -> None:
    bins = Bins("x", "number", cuts=(5.0,))
    unseen, refused = np.array([False, True, False, False]), np.array([False, False, False, True])
    codes = bins.codes(np.array([np.nan, 99.0, 5.0, np.nan]), unseen, refused)
    assert [bins.names[code] for code in codes] == ["missing", "never seen", "up to 5", "unreadable"]


def test_frequent_levels_are_told_apart_and_rare_ones_are_not() -> None:
    words = Strings.of(["a"] * 50 + ["b"] * 30 + ["rare"] * 3 + [MISSING_WORD] * 40)
    bins = make_bins(Column(name="w", kind="category"), words)
    none = np.zeros(len(words), np.bool_)
    assert bins.levels == ("a", "b")
    told = {bins.names[code] for code in bins.codes(words, none, none)}
    assert told == {"a", "b", "any other level", "missing"}


def test_texts_count_by_their_length_and_dates_by_being_there() -> None:
    texts = Strings.of([TERM_END.join("x" * one) for one in (1, 1, 8, 9)])
    bins = make_bins(Column(name="t", kind="text"), texts)
    codes = bins.codes(texts, NONE, NONE)
    assert codes[0] != codes[3]
    dates = Dates(np.arange(4), np.array([False, False, True, False]))
    held = make_bins(Column(name="d", kind="date"), dates)
    assert held.codes(dates, ~NONE, NONE).tolist() == [0, 0, 1, 0]


def test_lone_levels_and_ends_would_be_new_without_their_row() -> None:
    words = Strings.of(["a", "a", "only", "b", "b"])
    assert unseen_alone(Column(name="w", kind="category"), words).tolist() == [False, False, True, False, False]
    numbers = np.array([1.0, 1.0, 2.0, 9.0, np.nan])
    assert unseen_alone(Column(name="x", kind="number"), numbers).tolist() == [False, False, False, True, False]


def test_bins_survive_as_data() -> None:
    bins = Bins("x", "number", cuts=(1.0, 2.0))
    assert Bins.from_data(bins.as_data()) == bins
    assert make_bins(Column(name="e", kind="number"), np.full(3, np.nan)).cuts == ()
