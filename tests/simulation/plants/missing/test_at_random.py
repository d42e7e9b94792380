import numpy as np

from journeyman.simulation.world import World


def test_gaps_depend_on_another_column_only():
    plant = {"kind": "missing.at_random", "law_reads": "hidden", "share": 0.4}
    world = World(rows=10_000, missing=0.0, plants=(plant,))
    draft = world.draft(10_000, stream=1, plain=False)
    gone = np.isnan(draft.columns["age"])
    assert world.table.record[0]["depends_on"] == "income"
    assert np.corrcoef(gone, draft.columns["income"])[0, 1] > 0.5
    assert abs(np.corrcoef(gone, draft.features.hidden[0])[0, 1]) < 0.04
