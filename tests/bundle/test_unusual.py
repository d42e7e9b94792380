from __future__ import annotations

import numpy as np
import pytest

from journeyman.bundle.novelty_learnt import learn_novelty
from journeyman.bundle.reader import Reader
from journeyman.bundle.unusual import Unusual
from journeyman.table.schema import Column

FEATURES = (
    Column(name="age", kind="number", low=18.0, high=90.0),
    Column(name="since", kind="date", low=0, high=10**15),
    Column(name="city", kind="category", levels=("Oslo", "Bergen")),
    Column(name="note", kind="text"),
)


def cells(rows: int, seed: int = 0) -> dict[str, np.ndarray]:  # type: ignore[type-arg]  # of several kinds
    random = np.random.default_rng(seed)
    return {
        "age": random.uniform(18, 90, rows),
        "since": random.integers(0, 10**15, rows).astype("datetime64[us]"),
        "city": random.choice(["Oslo", "Bergen"], rows).astype(object),
        "note": random.choice(["a b c", "d e", "f"], rows).astype(object),
    }


@pytest.fixture(scope="module")
def unusual() -> Unusual:
    novelty = learn_novelty(Reader(FEATURES).batch(cells(500), 500).columns, FEATURES, seed=0)
    assert novelty is not None
    return Unusual(novelty, FEATURES)


ROWS = {
    "usual": {"age": 50, "since": "1990-01-01", "city": "Oslo", "note": "d e"},
    "near the end": {"age": 86.5, "since": "1990-01-01", "city": "Oslo", "note": "d e"},
    "another unit": {"age": 50_000, "since": "1990-01-01", "city": "Oslo", "note": "d e"},
    "new level": {"age": 50, "since": "1990-01-01", "city": "Paris", "note": "d e"},
    "a gap": {"age": None, "since": "1990-01-01", "city": "Oslo", "note": "d e"},
    "infinite": {"age": float("inf"), "since": "1990-01-01", "city": "Oslo", "note": "d e"},
    "long": {"age": 50, "since": "1990-01-01", "city": "Oslo", "note": " ".join(map(str, range(200)))},
    "late": {"age": 50, "since": "2150-01-01", "city": "Oslo", "note": "d e"},
    "unreadable": {"age": "many", "since": "1990-01-01", "city": "Paris", "note": "d e"},
}


def test_the_row_as_a_whole_decides(unusual: Unusual) -> None:
    reader = Reader(FEATURES)
    batch = reader.batch({name: [row[name] for row in ROWS.values()] for name in ROWS["usual"]}, len(ROWS))
    status, troubles, p_values = unusual.many(batch, {name: [row[name] for row in ROWS.values()] for name in cells(1)})
    found = dict(zip(ROWS, status.tolist(), strict=True))
    assert {name for name, one in found.items() if one == "unusual"} == {
        "another unit",
        "new level",
        "a gap",
        "infinite",
        "long",
        "late",
    }
    assert found["unreadable"] == "refused"
    assert np.isnan(p_values[-1])
    assert not np.isnan(p_values[:-1]).any()
    assert p_values[0] > 0.2
    told = {name: [one.column for one in troubles if one.row == row] for row, name in enumerate(ROWS)}
    assert told["usual"] == told["near the end"] == []
    assert told["another unit"] == ["age"]
    assert told["new level"] == ["city"]
    assert told["long"] == ["note"]
    because = {(one.row, one.column): one.because for one in troubles}
    assert because[3, "city"] == "training never met this level"
    assert because[4, "age"].startswith("few training rows lack it: none of 500 training rows is as strange")


def test_one_row_alone_is_judged_as_among_others(unusual: Unusual) -> None:
    reader = Reader(FEATURES)
    some = {name: column.tolist() for name, column in cells(300, seed=5).items()}
    rows = [*ROWS.values(), *({name: column[place] for name, column in some.items()} for place in range(300))]
    given = {name: [row[name] for row in rows] for name in ROWS["usual"]}
    status, troubles, _ = unusual.many(reader.batch(given, len(rows)), given)
    for place, row in enumerate(rows):
        alone, told = unusual.one(row, *reader.one(row))
        assert alone == status[place]
        expected = [(one.column, one.value, one.because) for one in troubles if one.row == place]
        assert [(one.column, one.value, one.because) for one in told] == expected
    assert (status == "ok").sum() > 280


def test_a_column_that_is_not_there_makes_a_row_unusual(unusual: Unusual) -> None:
    row = {name: cell for name, cell in ROWS["usual"].items() if name != "city"}
    status, troubles = unusual.one(row, *Reader(FEATURES).one(row))
    assert status == "unusual"
    assert ("city", "the row does not have this column") in [(one.column, one.because) for one in troubles]


def test_no_rows(unusual: Unusual) -> None:
    none = {name: [] for name in ROWS["usual"]}
    status, troubles, p_values = unusual.many(Reader(FEATURES).batch(none, 0), none)
    assert (len(status), troubles, len(p_values)) == (0, (), 0)
