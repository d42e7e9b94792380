from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from journeyman.brief.brief import Brief
from journeyman.curation.grounds import groups_of, is_panel, only, times_of
from journeyman.errors import BriefError
from journeyman.table.columns import Strings
from journeyman.table.table import Table

Make = Callable[..., Table]
ROWS = 600
GOAL = np.random.default_rng(0).normal(size=(ROWS, 1))
DAY = np.datetime64("2024-01-01") + np.arange(ROWS) // 3


def test_a_given_time_wins_and_none_is_none(table_of: Make) -> None:
    table = table_of({"date": DAY, "t": np.arange(ROWS)[::-1]})
    found, _ = times_of(table, Brief(predict="y"), GOAL)
    assert found is not None
    assert (found.column, found.is_given) == ("date", False)
    given, _ = times_of(table.with_schema(table.schema.with_role("t", "time", "")), Brief(predict="y", when="t"), GOAL)
    assert given is not None
    assert (given.column, given.is_given) == ("t", True)
    assert given.order.argmin() == ROWS - 1
    assert times_of(table, Brief(predict="y", when="none"), GOAL) == (None, ())
    named = table.with_schema(table.schema.with_role("t", "entity", ""))
    assert times_of(named, Brief(predict="y", entity="t"), GOAL) == (None, ())


def test_words_are_no_time(table_of: Make) -> None:
    table = table_of({"t": ["x", "y"] * 300})
    with pytest.raises(BriefError, match="time of decision"):
        times_of(table.with_schema(table.schema.with_role("t", "time", "")), Brief(predict="y", when="t"), GOAL)


def test_a_running_number_is_a_time_though_it_looks_like_a_key(table_of: Make) -> None:
    running = np.arange(ROWS)[::-1] * 7 + 998
    table = table_of({"run": [None, *(str(one) for one in running[1:])]})
    assert isinstance(table.values["run"], Strings)
    given, _ = times_of(table.with_schema(table.schema.with_role("run", "time", "")), Brief(predict="y"), GOAL)
    assert given is not None
    assert given.order[0] == -1
    assert (np.diff(given.order[1:]) < 0).all()


def test_groups_are_given_found_or_none_and_gaps_stand_alone(table_of: Make) -> None:
    who = [None, None, *(f"c{one % 100}" for one in range(ROWS - 2))]
    table = table_of({"customer": who, "x": GOAL[:, 0]})
    found, told = groups_of(table, Brief(predict="y"), GOAL, ())
    assert found is not None
    assert (found.column, found.is_given, told[0].code) == ("customer", False, "groups")
    assert len(set(found.codes.tolist())) == 102
    assert groups_of(table, Brief(predict="y", entity="none"), GOAL, ()) == (None, ())
    given, _ = groups_of(table.with_schema(table.schema.with_role("x", "entity", "")), Brief(predict="y"), GOAL, ())
    assert given is not None
    assert (given.column, given.is_given) == ("x", True)


def test_whom_rows_are_about_may_give_the_target_away(table_of: Make) -> None:
    who = np.arange(ROWS) % 40
    table = table_of({"person": [f"p{one}" for one in who], "x": GOAL[:, 0]})
    table = table.with_schema(table.schema.with_role("person", "ignored", "alone gives it away"))
    goal = np.random.default_rng(1).normal(size=40)[who][:, None]
    assert groups_of(table, Brief(predict="y"), goal, ())[0] is None
    found, _ = groups_of(table, Brief(predict="y"), goal, (), ("person",))
    assert found is not None
    assert found.column == "person"


def test_panels() -> None:
    years, countries = np.tile(np.arange(10), 50), np.repeat(np.arange(50), 10)
    assert is_panel(years, countries)
    assert not is_panel(np.arange(500), countries)
    assert not is_panel(years // 5, countries)
    assert not is_panel(np.repeat(np.arange(100), 5), np.tile(np.arange(5), 100))


def test_one_column_a_role(table_of: Make) -> None:
    schema = table_of({"a": [1, 2], "b": [1, 2]}).schema
    assert only(schema, "time") is None
    with pytest.raises(BriefError, match="2 columns of the role feature"):
        only(schema, "feature")
