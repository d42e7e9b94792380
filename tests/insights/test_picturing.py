from __future__ import annotations

import itertools
from types import SimpleNamespace

import numpy as np

from journeyman.insights.picturing import SINGLE_ROWS, cells_of, cloud, curve, is_skewed, stretches


def test_few_rows_are_shown_one_by_one_and_many_in_fields(made: SimpleNamespace) -> None:
    few = cloud(made.table(made.noise(500)), "height", "income").data
    assert len(few["points"]) == 500
    many = cloud(made.table(made.noise(SINGLE_ROWS + 500)), "height", "income").data
    assert "points" not in many
    assert sum(rows for _, _, rows in many["fields"]) >= 0.97 * (SINGLE_ROWS + 500)


def test_a_curve_holds_all_rows_and_its_interval_holds_the_mean(made: SimpleNamespace) -> None:
    columns = {**made.noise(900), "day": made.days(900)}
    material = made.material(columns, "smokes")
    data = curve(made.table(columns), material.outcomes[0], made.table(columns).schema["day"]).data
    assert data["is_date"]
    assert sum(point["rows"] for point in data["points"]) == 900
    assert all(point["low"] <= point["value"] <= point["high"] for point in data["points"])


def test_cells_of_an_outcome_are_rates_or_numbers(made: SimpleNamespace) -> None:
    columns = made.noise(300)
    outcome = made.material(columns, "smokes").outcomes[0]
    assert np.nanmean(cells_of(made.table(columns), outcome)) == (columns["smokes"] == outcome.label).mean()


def test_ties_stay_in_one_stretch() -> None:
    assert stretches(np.repeat([1.0, 2.0, 3.0], 50), 20) == [(1.0, 1.0), (2.0, 2.0), (3.0, 3.0)]
    found = stretches(np.random.default_rng(0).normal(size=500), 10)
    assert all(high < low for (_, high), (low, _) in itertools.pairwise(found))


def test_only_what_is_far_out_and_above_zero_gets_a_logarithm() -> None:
    far = np.random.default_rng(0).lognormal(sigma=1.5, size=500)
    assert is_skewed(far)
    assert not is_skewed(far - far.min())
    assert not is_skewed(np.arange(1.0, 100.0))
