from __future__ import annotations

from types import SimpleNamespace

import numpy as np


def columns(made: SimpleNamespace, effect: float) -> dict[str, object]:
    random = np.random.default_rng(3)
    shop = random.choice(["A", "B", "C", "D"], size=1500)
    chance = 0.3 + effect * (shop == "C")
    return {**made.noise(1500), "shop": shop, "sold": np.where(random.uniform(size=1500) < chance, "yes", "no")}


def test_a_level_in_which_the_rate_is_another_one_is_told(made: SimpleNamespace) -> None:
    one = made.the_one("by_level", columns(made, 0.3), "sold", ("shop",))
    assert "where 'shop' is 'C'" in one.sentence
    assert "'sold' is 'yes' in" in one.sentence
    assert one.low > 0.15
    assert one.figure.chart == "level_bars"
    values = [bar["value"] for bar in one.figure.data["bars"]]
    assert values == sorted(values, reverse=True)
    assert [bar["label"] for bar in one.figure.data["bars"] if bar["marked"]] == ["C"]


def test_levels_that_are_alike_are_looked_at_and_not_told(made: SimpleNamespace) -> None:
    found = made.explored(columns(made, 0.0), "sold")
    assert found.by_kind["by_level"] >= 8
    assert found.confirmed == 0
