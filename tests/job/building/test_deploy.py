from __future__ import annotations

import json
from types import SimpleNamespace

import numpy as np

import journeyman as jm
from journeyman.plan.data import plan_of


def test_the_bundle_answers_as_the_plan_does(stages: SimpleNamespace) -> None:
    folder, shipped = stages.run.folder, stages.chosen.shipped
    assert plan_of(json.loads((folder / "plan.json").read_text())) == shipped.trial.plan
    columns = stages.taken.understood.data.columns
    np.testing.assert_allclose(
        jm.load(folder).answer(columns), shipped.trial.plan.apply(shipped.state, columns).numbers, rtol=1e-9
    )
    assert "site" not in json.loads((folder / "bundle" / "manifest.json").read_text())["facts"]["unread"]
    assert stages.uses is not None
