from __future__ import annotations

from types import SimpleNamespace

import numpy as np


def test_rows_where_a_cell_is_missing_are_told(made: SimpleNamespace) -> None:
    random = np.random.default_rng(5)
    gone = random.uniform(size=1500) < 0.2
    score = np.where(gone, np.nan, random.normal(size=1500))
    columns = {**made.noise(1500), "score": score, "cost": random.normal(size=1500) + 0.8 * gone}
    one = made.the_one("missingness", columns, "cost", ("score",))
    assert "where 'score' is missing" in one.sentence
    assert [bar["label"] for bar in one.figure.data["bars"]] == ["missing", "there"]


def test_it_needs_no_target(made: SimpleNamespace) -> None:
    random = np.random.default_rng(6)
    gone = random.uniform(size=1500) < 0.2
    columns = {**made.noise(1500), "score": np.where(gone, np.nan, random.normal(size=1500))}
    columns["cost"] = random.normal(size=1500) + 1.0 * gone
    assert made.the_one("missingness", columns, None, ("score", "cost")).value > 0.6


def test_gaps_at_random_are_not_told(made: SimpleNamespace) -> None:
    random = np.random.default_rng(7)
    score = np.where(random.uniform(size=1500) < 0.2, np.nan, random.normal(size=1500))
    found = made.explored({**made.noise(1500), "score": score, "cost": random.normal(size=1500)}, "cost")
    assert found.by_kind["missingness"] == 1
    assert found.confirmed == 0
