from __future__ import annotations

import json

import numpy as np
import pytest

from journeyman.bundle.profile import number_profile
from journeyman.bundle.what_if import POINTS, column_named, curve
from journeyman.errors import InputError
from journeyman.table.columns import MISSING_WORD, Columns, Numbers, Strings
from journeyman.table.schema import Column

SIZE = Column(name="size", kind="number", low=0.0, high=1000.0)
MEMBER = Column(name="member", kind="flag", true_words=("yes",), false_words=("no",))
SINCE = Column(name="since", kind="date", low=0, high=86_400_000_000 * 100)
CITY = Column(name="city", kind="category", levels=("Oslo", "Bergen"))
NOTE = Column(name="note", kind="text")


def row(size: float = 5.0, member: float = 1.0, city: str = "Oslo", *, dated: bool = True) -> Columns:
    return Columns.of(
        rows=1,
        numbers=np.array([[size, member]]),
        number_names=["size", "member"],
        dates=np.array([[86_400_000_000 if dated else 0]]),
        dates_missing=np.array([[not dated]]),
        date_names=["since"],
        words=[Strings.of([city]), Strings.of(["a"])],
        word_names=["city", "note"],
        text_names=["note"],
    )


def answer(columns: Columns) -> Numbers:
    """Depends on every column, so that a cell that was changed by the way would show."""
    found = 2 * np.nan_to_num(columns.numbers[:, 0]) + 100 * columns.numbers[:, 1]
    found = found + columns.dates[:, 0] / 86_400_000_000 + 10_000 * (columns.words[0].cells() == "Bergen")
    return found[:, None]


def test_numbers_go_over_their_range_with_the_row_where_it_stands() -> None:
    found = curve(answer, row(), SIZE, ())
    assert (found.values[0], found.values[-1], len(found.values)) == (0.0, 1000.0, POINTS - 1)
    assert found.place is not None
    assert found.values[found.place] == found.at == 5.0
    assert found.answers.tolist() == [2 * float(one or 0) + 101 for one in found.values]
    assert found.answers[found.place] == found.answer == 111
    assert found.label is None


def test_where_rows_are_known_to_be_there_are_the_points() -> None:
    cells = np.append(np.arange(0.0, 20.0).repeat(50), 1000.0)
    found = curve(answer, row(), SIZE, (), number_profile(cells, np.zeros(len(cells), np.bool_)))
    values = np.array(found.values, np.float64)
    assert values[-1] == 1000
    assert (values < 20).sum() == len(values) - 1
    # A column of whole numbers is asked for whole numbers.
    assert (values == np.round(values)).all()


def test_dates_without_a_time_of_day_stay_such() -> None:
    days = 86_400_000_000.0 * np.arange(0.0, 100.0)
    found = curve(answer, row(), SINCE, (), number_profile(days, np.zeros(100, np.bool_)))
    assert all(int(one or 0) % 86_400_000_000 == 0 for one in found.values)
    assert all(len(one) == len("1970-01-02") for one in found.shown)
    hours = curve(answer, row(), SINCE, (), number_profile(days + 3.6e9, np.zeros(100, np.bool_)))
    assert any(":" in one for one in hours.shown)


def test_flags_dates_and_levels() -> None:
    flag = curve(answer, row(), MEMBER, ())
    assert (flag.values, flag.shown, flag.answers.tolist(), flag.place) == ((0.0, 1.0), ("no", "yes"), [11, 111], 1)
    date = curve(answer, row(), SINCE, ())
    assert all(type(one) is int for one in date.values)
    assert date.shown[0] == "1970-01-01"
    assert date.answers[-1] == 10 + 100 + 100
    city = curve(answer, row(), CITY, ())
    assert (city.values, city.answers.tolist()) == (("Oslo", "Bergen"), [111, 10_111])


def test_what_is_missing_or_was_never_met_has_its_place() -> None:
    gone = curve(answer, row(size=np.nan, dated=False, city=MISSING_WORD), SIZE, ())
    assert (gone.at, gone.place, gone.answer) == (None, None, 100)
    assert curve(answer, row(dated=False), SINCE, ()).answers[0] == 110
    new = curve(answer, row(city="Paris"), CITY, ())
    assert (new.values, new.place) == (("Oslo", "Bergen", "Paris"), 2)
    beyond = curve(answer, row(size=5000.0), SIZE, ())
    assert beyond.values[-1] == 5000
    assert beyond.place == len(beyond.values) - 1


def test_of_classes_it_is_the_positive_one_or_the_one_predicted() -> None:
    def chances(columns: Columns) -> Numbers:
        high = columns.numbers[:, [0]] / 1000
        return np.hstack([high / 2, 1 - high, high / 2])

    found = curve(chances, row(), SIZE, ("a", "b", "c"))
    assert found.label == "b"
    assert found.answers[-1] == 0
    assert curve(lambda columns: chances(columns)[:, :1], row(), SIZE, ("no", "yes")).label == "yes"
    assert json.loads(json.dumps(found.as_data()))["label"] == "b"


def test_what_cannot_be_asked() -> None:
    with pytest.raises(InputError, match="is a text"):
        curve(answer, row(), NOTE, ())
    with pytest.raises(InputError, match="no range"):
        curve(answer, row(), Column(name="size", kind="number"), ())
    with pytest.raises(InputError, match="did you mean 'size'"):
        column_named([SIZE, CITY], "sise")
    assert column_named([SIZE, CITY], "city") == CITY


def test_the_row_is_not_changed() -> None:
    given = row()
    for column in (SIZE, MEMBER, SINCE, CITY):
        curve(answer, given, column, ())
    assert given.numbers.tolist() == [[5.0, 1.0]]
    assert given.dates.tolist() == [[86_400_000_000]]
    assert given.words[0].cells().tolist() == ["Oslo"]
