import numpy as np

from journeyman.simulation.world import World


def test_gaps_depend_on_nothing():
    plant = {"kind": "missing.completely_at_random", "law_reads": "hidden", "share": 0.4}
    draft = World(rows=10_000, missing=0.0, plants=(plant,)).draft(10_000, stream=1, plain=False)
    gone = np.isnan(draft.columns["age"])
    for values in (draft.features.hidden[0], draft.features.numbers[:, 1]):
        assert abs(np.corrcoef(gone, values)[0, 1]) < 0.04
