from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from journeyman.insights.additive import additive, own_share


def test_a_column_that_only_stands_for_another_has_little_of_its_own(made: SimpleNamespace) -> None:
    random = np.random.default_rng(0)
    cause = random.choice(["a", "b"], size=2000)
    shadow = np.where(random.uniform(size=2000) < 0.8, cause, np.where(cause == "a", "b", "a"))
    columns = {"cause": cause, "shadow": shadow, "y": 2.0 * (cause == "a") + random.normal(size=2000)}
    material = made.material(columns, "y")
    model = additive(material, material.outcomes[0])
    own = {name: own_share(model, (columns[name] == "a").astype(float), (name,)) for name in ("cause", "shadow")}
    assert own["cause"] > 0.5
    assert own["shadow"] < 0.2
    explained = sum(model.parts.values())
    assert np.corrcoef(explained, columns["y"])[0, 1] > 0.65
