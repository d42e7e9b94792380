from __future__ import annotations

from types import SimpleNamespace

import numpy as np


def test_two_columns_that_do_more_together_are_told(made: SimpleNamespace) -> None:
    random = np.random.default_rng(19)
    dose, group = random.normal(size=2500), random.choice(["a", "b"], size=2500)
    signal = 1.2 * ((dose > 0) & (group == "b"))
    columns = {**made.noise(2500), "dose": dose, "group": group, "gain": signal + random.normal(size=2500)}
    one = made.the_one("interaction", columns, "gain", ("dose", "group"))
    assert "only the first" in one.sentence
    assert abs(one.value) > 0.8
    assert one.figure.chart == "crossed"
    assert sum(point["rows"] for line in one.figure.data["lines"] for point in line["points"]) == 2500


def test_what_adds_up_is_no_interaction(made: SimpleNamespace) -> None:
    random = np.random.default_rng(20)
    dose, group = random.normal(size=2500), random.choice(["a", "b"], size=2500)
    columns = {**made.noise(2500), "dose": dose, "group": group}
    columns["gain"] = 0.8 * (dose > 0) + 0.8 * (group == "b") + random.normal(size=2500)
    assert "interaction" not in {one.kind for one in made.explored(columns, "gain").insights}
