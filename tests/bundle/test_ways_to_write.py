from __future__ import annotations

from datetime import UTC, datetime

from journeyman.bundle.cells import REFUSED, cell_reader
from journeyman.bundle.ways_to_write import DATE_FORMATS, alternatives, date_example
from journeyman.table.schema import Column


def test_every_date_format_reads_its_own_last_day_of_the_year() -> None:
    for name in DATE_FORMATS:
        value, state = cell_reader(Column(name="day", kind="date", date_format=name))(date_example(name))
        day = {"b y": 1, "y b": 1, "y-m": 1, "y/m": 1, "y:m": 1, "m/y": 1, "m-y": 1}.get(name, 31)
        month = 10 if name == "quarter" else 12
        assert (value, state) == (_at(month, 1 if name == "quarter" else day), 0), name
    assert [date_example(one) for one in ("m/d/y", "y.m.d", "ymd")] == ["12/31/2024", "2024.12.31", "20241231"]


def _at(month: int, day: int) -> int:
    return round(datetime(2024, month, day, tzinfo=UTC).timestamp()) * 1_000_000


def test_what_stands_beside_most_numbers_is_tried_as_their_unit() -> None:
    column = Column(name="size", kind="number")
    assert {one.unit for one in alternatives(column, ["5 kg", "7.5 kg", "a lot"])} == {"", "kg"}
    assert {one.unit for one in alternatives(column, ["5 kg", "7 lb"])} == {""}
    weighed = Column(name="size", kind="number", unit="kg")
    assert {one.unit for one in alternatives(weighed, ["5000 g", "7500 g"])} == {"kg"}
    assert any(cell_reader(one)("\u2212$1,234.50")[1] != REFUSED for one in alternatives(column, ["$7", "$1,234.50"]))


def test_words_of_their_own_are_not_taken_for_yes_and_no() -> None:
    assert list(alternatives(Column(name="sex", kind="flag", true_words=("f",), false_words=("m",)), ["y"])) == []
    assert list(alternatives(Column(name="city", kind="category"), ["Oslo"])) == []
    paid = Column(name="paid", kind="flag", true_words=("Yes",), false_words=("No",), missing=("n",))
    assert [one.false_words for one in alternatives(paid, [])] == [("No", "false", "no", "f", "0", "0.0")]
