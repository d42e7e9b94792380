from __future__ import annotations

import numpy as np
import pytest

from journeyman.simulation.company.company import Company
from journeyman.simulation.company.incumbent import Incumbent
from journeyman.simulation.company.part import merit
from journeyman.simulation.world import World


@pytest.mark.parametrize("quality", [0.0, 0.5, 1.0])
def test_the_score_is_as_good_as_it_says(quality):
    company = Company(world=World(rows=10), parts=(Incumbent(quality=quality, shows="score"),))
    many = company.draw(20_000, stream=3)
    assert np.corrcoef(many.columns["today"], merit(many))[0, 1] == pytest.approx(quality, abs=0.03)
    (told,) = company.truth
    if quality == 0:
        assert told["roc_auc"] == pytest.approx(0.5, abs=0.01)
    if quality == 1:
        assert told["roc_auc"] == pytest.approx(company.world.truth.best["roc_auc"], abs=1e-6)


def test_the_decision_is_shown_and_its_share_told():
    company = Company(world=World(rows=4000), parts=(Incumbent(share=0.2),))
    acts = np.array([cell == "yes" for cell in company.columns["today"]])
    assert acts.mean() == pytest.approx(company.truth[0]["acted"], abs=0.03)
    assert acts.mean() == pytest.approx(0.2, abs=0.04)
    assert 0.5 < company.truth[0]["roc_auc"] < company.world.truth.best["roc_auc"]
