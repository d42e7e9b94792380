from __future__ import annotations

import numpy as np
import pytest

from journeyman.simulation.world import World


def halves(world):
    """Mean of the first number, of the target, and their slope, before and after the break."""
    table = world.table
    early = np.array(table.columns["date"]) < "2024-05-27"
    age = (table.columns["age"] - 45) / 13
    return [
        (np.nanmean(age[part]), table.truth[part].mean(), np.cov(np.nan_to_num(age[part]), table.truth[part])[0, 1])
        for part in (early, ~early)
    ]


@pytest.mark.parametrize(("moves", "which"), [("features", 0), ("rate", 1), ("law", 2)])
def test_an_abrupt_drift_moves_what_it_says_on_the_day_it_says(moves, which):
    plant = {"kind": "drift", "how": "abrupt", "moves": moves, "amount": 1.5}
    world = World(law="no_signal", task="regression", rows=20_000, missing=0.0, plants=(plant,))
    before, after = halves(world)
    assert after[which] - before[which] == pytest.approx(1.5, abs=0.12)
    still = [one for one in range(3) if one != which]
    if moves != "law":
        assert [after[one] - before[one] for one in still] == pytest.approx([0, 0], abs=0.12)
    assert world.table.record[0]["changed_on"] == "2024-05-26"


def test_a_slow_drift_goes_on_after_the_table():
    world = World(law="no_signal", task="regression", plants=({"kind": "drift", "moves": "rate", "amount": 2.0},))
    assert world.table.best.mean() == pytest.approx(1.0, abs=0.1)
    assert world.draw(3000, stream=3).best.mean() == pytest.approx(2.25, abs=0.05)


def test_seasons_come_back():
    plant = {"kind": "drift", "how": "seasonal", "moves": "rate"}
    table = World(law="no_signal", task="regression", rows=20_000, plants=(plant,)).table
    months = np.array([date[:7] for date in table.columns["date"]])
    means = {month: table.best[months == month].mean() for month in ("2023-04", "2024-04", "2023-10", "2024-10")}
    assert list(means.values()) == pytest.approx([1, 1, -1, -1], abs=0.1)
