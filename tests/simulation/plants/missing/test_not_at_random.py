import numpy as np
import pytest

from journeyman.simulation.plants.missing.not_at_random import NotAtRandom
from journeyman.simulation.world import World


def test_gaps_depend_on_the_value_that_is_gone():
    plant = {"kind": "missing.not_at_random", "law_reads": "hidden", "share": 0.4}
    draft = World(rows=10_000, missing=0.0, plants=(plant,)).draft(10_000, stream=1, plain=False)
    gone, values = np.isnan(draft.columns["age"]), draft.features.hidden[0]
    assert np.corrcoef(gone, values)[0, 1] > 0.5
    likely = NotAtRandom(share=0.4).likely()
    assert likely.mean() == pytest.approx(values[gone].mean(), abs=0.05)
    assert likely.std() == pytest.approx(values[gone].std(), abs=0.05)
