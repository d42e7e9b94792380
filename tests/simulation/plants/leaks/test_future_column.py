import numpy as np
import pytest

from journeyman.simulation.world import World


def delays_follow(strength):
    world = World(task="regression", rows=1000, plants=(f"leaks.future_column:{strength}",))
    late, early = (np.array(world.columns[name], "M8[D]") for name in ("closed_on", "date"))
    return np.corrcoef((late - early).astype(int), world.table.truth)[0, 1]


@pytest.mark.parametrize("task", ["binary", "regression"])
def test_its_dates_come_after_those_of_the_rows(task):
    world = World(task=task, rows=1000, plants=("leaks.future_column",))
    pairs = zip(world.columns["closed_on"], world.columns["date"], strict=True)
    filled = [(late, early) for late, early in pairs if late is not None]
    assert all(late > early for late, early in filled)
    if task == "regression":
        assert [delays_follow(one) for one in ("weak", "medium", "strong")] == pytest.approx(
            [1 / np.sqrt(2), 0.958, 0.995], abs=0.03
        )
    assert set(world.draw(20, stream=2).columns["closed_on"]) == {None}
