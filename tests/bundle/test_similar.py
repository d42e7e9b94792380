from __future__ import annotations

import json

import numpy as np
import pytest

from journeyman.bundle.background import draw_background
from journeyman.bundle.cases import Cases
from journeyman.bundle.similar import Neighbours, column_weights
from journeyman.table.columns import MISSING_WORD, TERM_END, Columns, Numbers, Strings
from journeyman.table.schema import Column

FEATURES = (
    Column(name="size", kind="number"),
    Column(name="noise", kind="number"),
    Column(name="since", kind="date"),
    Column(name="city", kind="category", levels=("Oslo", "Bergen")),
    Column(name="note", kind="text"),
)
DAY = 86_400_000_000


def row(size: float = 5.0, noise: float = 0.0, day: int | None = 3, city: str = "Oslo", note: str = "a") -> Columns:
    return Columns.of(
        rows=1,
        numbers=np.array([[size, noise]]),
        number_names=["size", "noise"],
        dates=np.array([[0 if day is None else day * DAY]]),
        dates_missing=np.array([[day is None]]),
        date_names=["since"],
        words=[Strings.of([city]), Strings.of([note])],
        word_names=["city", "note"],
        text_names=["note"],
    )


def answer(columns: Columns) -> Numbers:
    """Everything but noise tells."""
    city = columns.words[0].cells() == "Oslo"
    note = np.array([float(len(one)) for one in columns.words[1].cells()])
    days = np.where(columns.dates_missing[:, 0], 0, columns.dates[:, 0] / DAY)
    return (np.nan_to_num(columns.numbers[:, 0]) + 3 * city + note / 10 + days / 10)[:, None]


def neighbours(rows: int = 20) -> Neighbours:
    cells = {
        "size": tuple(float(place) for place in range(rows)),
        "noise": tuple(float(-place) for place in range(rows)),
        "since": tuple(place * DAY for place in range(rows)),
        "city": tuple(["Oslo", "Bergen"][place % 2] for place in range(rows)),
        "note": tuple(TERM_END.join("abcdef"[: 1 + place % 5]) for place in range(rows)),
    }
    cases = Cases(cells, tuple(float(place) for place in range(rows)))
    background = draw_background(cases.columns(FEATURES), FEATURES, seed=0).columns(FEATURES)
    return Neighbours(cases, FEATURES, background, answer)


def test_columns_weigh_as_far_as_they_move_answers() -> None:
    background = draw_background(row(), FEATURES, seed=0).columns(FEATURES)
    assert column_weights(answer, background).tolist() == [0.2] * 5
    random = np.random.default_rng(0)
    many = Columns.of(rows=300, numbers=random.normal(size=(300, 3)), number_names=["a", "b", "c"])
    features = [Column(name=name, kind="number") for name in "abc"]
    made = draw_background(many, features, seed=0).columns(features)
    weights = column_weights(lambda columns: columns.numbers @ [[3.0], [1.0], [0.0]], made)
    assert weights.sum() == pytest.approx(1)
    assert weights[2] == 0
    assert weights[0] == pytest.approx(3 * weights[1], rel=0.15)


def test_an_equal_case_is_nearest_and_what_the_model_does_not_use_does_not_count() -> None:
    found = neighbours().nearest(row(size=6.0, noise=77.0, day=6, city="Oslo", note="a\x1fb"), 3)
    assert found[0].outcome == 6.0
    assert found[0].distance == pytest.approx(0, abs=1e-12)
    assert found[0].differs == ()
    assert [one.distance for one in found] == sorted(one.distance for one in found)
    assert found[0].cells == {"size": "6", "noise": "-6", "since": "1970-01-07", "city": "Oslo", "note": "a b"}


def test_it_is_told_in_what_a_case_differs() -> None:
    found = neighbours().nearest(row(size=6.0, day=6, city="Paris", note="a\x1fb"), 1)
    assert found[0].differs == ("city",)
    assert json.loads(json.dumps(found[0].as_data()))["differs"] == ["city"]


def test_what_is_missing_is_like_what_is_missing() -> None:
    far = neighbours().nearest(row(size=np.nan, day=None, city=MISSING_WORD, note=MISSING_WORD), 20)
    assert {round(one.distance, 9) for one in far} == {1.0}
    cells: dict[str, tuple[float | str | None, ...]] = {"x": (None, 1.0), "w": (None, "a")}
    features = [Column(name="x", kind="number"), Column(name="w", kind="category")]
    cases = Cases(cells, ("no", "yes"))
    both = Neighbours(cases, features, cases.columns(features), lambda columns: np.zeros((columns.rows, 1)))
    gone = cases.columns(features).take(np.array([0]))
    assert [(one.outcome, one.distance) for one in both.nearest(gone, 5)] == [("no", 0.0), ("yes", 1.0)]


def test_none_are_asked_for() -> None:
    assert neighbours().nearest(row(), 0) == ()
    assert neighbours().nearest(row(), -1) == ()
