from __future__ import annotations

from collections.abc import Callable

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.proxy import look
from journeyman.table.finding import Skip
from journeyman.table.table import Table

Make = Callable[..., Table]


def test_columns_that_tell_a_protected_one_are_named_with_how_well(table_of: Make) -> None:
    random = np.random.default_rng(0)
    woman = random.random(2000) < 0.5
    title = np.where(random.random(2000) < 0.95, np.where(woman, "Ms", "Mr"), "Dr")
    age = random.integers(20, 80, 2000) + 0.0
    table = table_of(
        {
            "sex": np.where(woman, "f", "m").tolist(), "title": title.tolist(), "age": age,
            "since": age - 20 + random.normal(0, 2, 2000), "noise": random.normal(size=2000),
            "city": random.choice(["a", "b", "c"], 2000).tolist(),
        }
    )  # fmt: skip
    found = look(table, Brief())
    assert not isinstance(found, Skip)
    assert [(one.code, one.severity, one.columns) for one in found] == [
        ("proxy", "info", ("title", "sex")),
        ("proxy", "info", ("since", "age")),
    ]


def test_without_a_protected_column_it_is_not_for_this_table(table_of: Make) -> None:
    assert isinstance(look(table_of({"x": range(100), "z": range(100)}), Brief()), Skip)


def test_chance_and_ids_tell_nothing(table_of: Make) -> None:
    random = np.random.default_rng(1)
    cells = {f"x{place}": random.normal(size=300) for place in range(20)}
    cells |= {"city": random.choice([f"c{one}" for one in range(60)], 300).tolist()}
    cells |= {"sex": random.choice(["f", "m"], 300).tolist(), "customer_id": [f"k{row}" for row in range(300)]}
    assert look(table_of(cells), Brief()) == ()
