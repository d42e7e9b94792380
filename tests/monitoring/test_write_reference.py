from __future__ import annotations

import json

import numpy as np

from journeyman.job.run import Run
from journeyman.monitoring.batch import Batch
from journeyman.monitoring.counts import counted, limits_of
from journeyman.monitoring.losses import row_losses
from journeyman.monitoring.reference import CODES, FACTS, FOLDER, Reference


def test_a_build_leaves_facts_and_coarse_codes_and_no_cell(run: Run) -> None:
    folder = run.folder / FOLDER
    assert {one.name for one in folder.iterdir()} == {FACTS, CODES}
    facts = json.loads((folder / FACTS).read_text())
    assert facts["rows"] == 1200
    assert np.load(folder / CODES, allow_pickle=False).max() < 16


def test_tolerances_lie_above_what_the_build_saw_and_below_always_the_same_answer(reference: Reference) -> None:
    for one in reference.measures:
        assert one.mean < one.limit
    error = reference.measures[0]
    assert error.limit < 0.45
    certified = reference.certified
    log_loss = reference.measures[1]
    assert log_loss.limit >= log_loss.mean * certified["high"] / certified["value"]
    assert reference.payoff is not None
    money = reference.measures[2]
    assert -1000 * money.limit < reference.payoff["low"] + 100


def test_new_rows_of_the_same_kind_keep_every_limit(reference: Reference, fresh: Batch) -> None:
    for beside in (False, True):
        shares = counted(reference, fresh.codes, beside=beside) / len(fresh)
        assert (shares <= limits_of(reference, beside=beside)).all()
    assert fresh.strange.mean() <= reference.strange_limit
    losses = row_losses("binary", fresh.truth, fresh.answers)
    assert losses["error"].mean() <= reference.measures[0].limit
