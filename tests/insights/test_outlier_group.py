from __future__ import annotations

from types import SimpleNamespace

import numpy as np


def test_a_small_group_far_out_is_told(made: SimpleNamespace) -> None:
    random = np.random.default_rng(28)
    site = random.choice([f"site {place}" for place in range(25)], size=3000)
    columns = {**made.noise(3000), "site": site, "load": random.gamma(3.0, size=3000) + 9.0 * (site == "site 21")}
    one = made.the_one("outlier_group", columns, None, ("site", "load"))
    assert "where 'site' is 'site 21'" in one.sentence
    assert [group["label"] for group in one.figure.data["groups"]] == ["'site 21'", "all other rows"]


def test_groups_that_are_alike_are_not_told(made: SimpleNamespace) -> None:
    random = np.random.default_rng(29)
    site = random.choice([f"site {place}" for place in range(25)], size=3000)
    found = made.explored({"site": site, "load": random.gamma(3.0, size=3000)})
    assert found.by_kind["outlier_group"] > 20
    assert found.confirmed == 0
