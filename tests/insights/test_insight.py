from __future__ import annotations

import json
from types import SimpleNamespace

import numpy as np


def test_an_insight_is_json_without_gaps(made: SimpleNamespace) -> None:
    random = np.random.default_rng(0)
    shop = random.choice(["A", "B"], size=600)
    columns = {**made.noise(600), "shop": shop, "y": 1.0 * (shop == "A") + random.normal(size=600)}
    found = made.explored(columns, "y").insights[0].as_data()
    again = json.loads(json.dumps(found, allow_nan=False))
    assert again["figure"]["chart"] == "level_bars"
    assert again["held"] is True
    assert {"sentence", "columns", "rows", "effect", "low", "high", "p_value", "q_value"} <= again.keys()
