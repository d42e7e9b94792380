from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from journeyman.brief.read import make_brief
from journeyman.errors import BriefError
from journeyman.job.risk import plain_model, risk_of
from journeyman.simulation.world import World
from journeyman.sources.read import read


def test_rows_are_ordered_by_how_likely_they_are() -> None:
    world = World(law="linear", rows=800, seed=2, strength=2.0)
    table = read(pl.DataFrame(world.columns), target=world.target)
    request = make_brief(predict=world.target)
    chances, classes, positive = risk_of(table, np.arange(500), np.arange(500, 800), request)
    assert chances.shape == (300, 2)
    assert chances.sum(axis=1) == pytest.approx(1)
    yes = chances[:, classes.index(positive)]
    truth = world.table.best[500:, 0]
    assert np.corrcoef(yes, truth)[0, 1] > 0.6


def test_where_nothing_can_be_learnt_that_is_said() -> None:
    table = read(pl.DataFrame({"x": list(range(50)), "y": ["a"] * 50}), target="y")
    with pytest.raises(BriefError, match="one class"):
        plain_model(table, make_brief(predict="y"))
