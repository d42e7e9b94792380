from journeyman.simulation.world import World


def test_nothing_is_better_than_chance():
    truth = World(law="no_signal", rows=20).truth
    assert truth.best == truth.trivial
    assert truth.best["roc_auc"] == 0.5
