from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from journeyman.insights.material import MOST_LEVELS, Outcome, between, feature_of, ranges


def test_groups_are_levels_or_ranges(made: SimpleNamespace) -> None:
    table = made.table({**made.noise(600), "few": np.arange(600) % 4, "many": [f"w{one % 200}" for one in range(600)]})
    features = {one.name: feature_of(table, one) for one in table.schema}
    assert len(features["city"].groups) == 4
    assert features["city"].is_levels
    assert not features["height"].is_levels
    assert len(features["height"].groups) == 5
    assert features["few"].is_levels
    assert len(features["few"].groups) == 4
    # Levels of few rows are in no group.
    assert len(features["many"].groups) == 0
    assert MOST_LEVELS >= 12


def test_codes_and_conditions_agree(made: SimpleNamespace) -> None:
    from journeyman.insights.condition import holds

    table = made.table({**made.noise(900), "day": made.days(900)})
    for column in table.schema:
        feature = feature_of(table, column)
        for place, group in enumerate(feature.groups):
            assert ((feature.codes == place) == holds(table, group)).all(), (column.name, group)


def test_a_constant_says_nothing(made: SimpleNamespace) -> None:
    table = made.table({"one": [1.0] * 50, "x": np.arange(50.0)})
    assert feature_of(table, table.schema["one"]) is None


def test_an_outcome_knows_its_ranks_and_how_it_is_said() -> None:
    outcome = Outcome("y", "1", 1.0, np.array([1.0, np.nan, 0.0]))
    assert outcome.said == "1"
    assert Outcome("y", "yes", 1.0, np.zeros(2)).said == "'yes'"
    assert outcome.ranks[[0, 2]].tolist() == [2.0, 1.0]
    assert np.isnan(outcome.ranks[1])
    assert outcome.spread == 0.5


def test_a_bound_belongs_to_the_range_below_it(made: SimpleNamespace) -> None:
    column = made.table({"x": np.arange(50.0)}).schema["x"]
    assert ranges(np.array([1.0, 2.0, 2.5, np.nan]), (2.0,), column).tolist() == [0, 0, 1, -1]
    assert len(between(column, (2.0,))) == 2
