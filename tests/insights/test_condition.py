from __future__ import annotations

import numpy as np
import pytest

from journeyman.insights import condition
from journeyman.insights.condition import Condition, bare, bound, exact, holds, level_is, named, phase, presence, words
from journeyman.table.columns import Strings
from journeyman.table.schema import Column


def test_conditions_hold_where_cells_are_such(made) -> None:  # type: ignore[no-untyped-def]  # a fixture
    day = np.array(["2024-01-01", "2024-01-06", "2024-03-02"], "datetime64[D]")
    table = made.table({"size": [1.0, None, 3.0] * 10, "word": ["a", "b", None] * 10, "day": np.tile(day, 10)})
    column = {one.name: one for one in table.schema}
    assert holds(table, [bound(column["size"], "above", 1.0)]).sum() == 10
    assert holds(table, [bound(column["size"], "up_to", 1.0)]).sum() == 10
    assert holds(table, [presence(column["size"], is_missing=True)]).sum() == 10
    assert holds(table, [level_is(column["word"], "b")]).sum() == 10
    assert holds(table, [phase(column["day"], "weekday", 5)]).sum() == 20
    assert holds(table, [phase(column["day"], "month", 2)]).sum() == 10
    from_march = bound(column["day"], "above", float(np.datetime64("2024-03-02", "us").astype(int)))
    assert from_march.said == "is from 2024-03-02 on"
    assert holds(table, [from_march]).sum() == 10
    assert holds(table, [from_march, presence(column["word"], is_missing=False)]).sum() == 0


def test_words_join_bounds_of_one_column() -> None:
    column = Column(name="age", kind="number")
    told = words(
        [bound(column, "above", 30.0), bound(column, "up_to", 45.5), Condition("x", "missing", None, "is missing")]
    )
    assert told == "'age' is above 30, up to 45.5 and 'x' is missing"


def test_up_to_the_lowest_number_means_that_number() -> None:
    column = Column(name="visits", kind="number")
    assert bound(column, "up_to", 0.0, lowest=0.0).said == "is 0"
    assert bound(column, "up_to", 1.0, lowest=0.0).said == "is up to 1"


def test_years_and_flags_are_written_as_people_do() -> None:
    assert level_is(Column(name="built", kind="number", low=1900, high=2020), 1999.0).said == "is 1999"
    assert level_is(Column(name="own", kind="flag", true_words=("ja",)), 1.0).said == "is 'ja'"
    assert exact(1234567.25) == "1,234,567.25"


def test_names_stay_on_one_line_and_end() -> None:
    assert "\n" not in named("a\nb")
    assert len(named("x" * 500)) <= condition.LONGEST + 2


def test_words_are_no_numbers() -> None:
    with pytest.raises(ValueError, match="words are no numbers"):
        bare(Strings.of(["a"]))
