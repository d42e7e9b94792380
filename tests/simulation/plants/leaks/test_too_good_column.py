import numpy as np
import pytest

from journeyman.simulation.world import World


@pytest.mark.parametrize(("strength", "wrong"), [("weak", 0.15), ("medium", 0.05), ("strong", 0.01)])
@pytest.mark.parametrize("task", ["binary", "multiclass"])
def test_as_many_codes_are_wrong_as_it_says(task, strength, wrong):
    world = World(task=task, rows=20_000, plants=(f"leaks.too_good_column:{strength}",))
    codes = np.unique(world.columns["closing_code"], return_inverse=True)[1]
    order = np.argsort(np.unique(world.columns["closing_code"], return_index=True)[0])
    right = max(np.mean(codes == world.table.truth), np.mean(order[codes] == world.table.truth))
    if task == "binary":
        assert 1 - right == pytest.approx(wrong, abs=0.01)
    assert world.table.record[0]["wrong"] == wrong


def test_a_number_follows_the_target():
    world = World(task="regression", rows=5000, plants=("leaks.too_good_column",))
    assert np.corrcoef(world.columns["closing_code"], world.table.truth)[0, 1] == pytest.approx(0.9988, abs=0.001)
    assert np.isnan(world.draw(9, stream=2).columns["closing_code"]).all()
    assert World(plants=("leaks.too_good_column",)).draw(2, stream=2).columns["closing_code"] == [None, None]
