from __future__ import annotations

from types import SimpleNamespace

import numpy as np


def test_a_range_in_the_middle_is_told_where_no_trend_would_show_it(made: SimpleNamespace) -> None:
    random = np.random.default_rng(4)
    size = random.normal(size=2000)
    columns = {**made.noise(2000), "size": size, "price": random.normal(size=2000) + (np.abs(size) < 0.25)}
    one = made.the_one("by_range", columns, "price", ("size",))
    assert "'price' is" in one.sentence
    assert "on average in the" in one.sentence
    assert not [other for other in made.explored(columns, "price").insights if other.kind == "trend"]
    # Ranges stand in their own order, not sorted by what they hold.
    assert [bar["marked"] for bar in one.figure.data["bars"]] == [False, False, True, False, False]
