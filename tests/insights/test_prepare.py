from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from journeyman.brief.aim import find_aim
from journeyman.brief.brief import Brief
from journeyman.insights.prepare import fewer_columns, outcomes_of, prepare


def test_ids_ignored_columns_and_the_target_are_not_looked_at(made: SimpleNamespace) -> None:
    table = made.table({**made.noise(300), "secret": np.arange(300.0) ** 2})
    table = table.with_schema(table.schema.with_role("secret", "ignored", "it leaks"))
    aim = find_aim(table, Brief(predict="smokes"))
    material, left_out = prepare(table, aim, None)
    assert [one.name for one in material.features] == ["height", "income", "city"]
    assert left_out == ()


def test_each_class_is_an_outcome_and_of_two_the_positive_one(made: SimpleNamespace) -> None:
    table = made.table(made.noise(300))
    assert [one.label for one in outcomes_of(table, find_aim(table, Brief(predict="smokes")))] == ["yes"]
    cities = outcomes_of(table, find_aim(table, Brief(predict="city")))
    assert [one.label for one in cities] == ["Bern", "Genf", "Chur", "Thun"]
    assert sum(one.values for one in cities).tolist() == [1.0] * 300


def test_of_many_columns_those_that_say_most_are_kept(made: SimpleNamespace) -> None:
    random = np.random.default_rng(0)
    signal = random.normal(size=400)
    columns = {f"noise {place}": random.normal(size=400) for place in range(9)}
    material = made.material({**columns, "signal": signal, "y": signal + random.normal(size=400)}, "y")
    kept = fewer_columns(material, 3)
    assert len(kept) == 3
    assert "signal" in kept
