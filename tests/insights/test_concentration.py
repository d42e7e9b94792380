from __future__ import annotations

from types import SimpleNamespace

import numpy as np


def test_few_rows_that_hold_most_are_told(made: SimpleNamespace) -> None:
    random = np.random.default_rng(26)
    columns = {**made.noise(2000), "sales": random.lognormal(sigma=2.2, size=2000)}
    one = made.the_one("concentration", columns, None, ("sales",))
    assert "of the rows hold" in one.sentence
    points = np.array(one.figure.data["points"])
    assert (np.diff(points, axis=0) >= -1e-12).all()
    assert np.abs(points[-1] - 1.0).max() < 1e-9


def test_amounts_as_chance_spreads_them_are_not_told(made: SimpleNamespace) -> None:
    random = np.random.default_rng(27)
    found = made.explored({"wait": random.exponential(size=4000), "size": random.uniform(size=4000)})
    assert found.by_kind["concentration"] == 2
    assert found.confirmed == 0
