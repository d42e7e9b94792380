from __future__ import annotations

import json

import numpy as np
import pytest

from journeyman.job.run import Run
from journeyman.monitoring.batch import Batch
from journeyman.monitoring.counts import counted, limits_of
from journeyman.monitoring.losses import row_losses
from journeyman.monitoring.reference import CODES, FACTS, FOLDER, Reference
from journeyman.monitoring.write_reference import _between, _shares
from journeyman.statistics.proportion import proportion


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


def test_shares_are_bounded_as_a_single_share_is() -> None:
    random = np.random.default_rng(0)
    codes, clusters = random.integers(0, 3, 500), random.integers(0, 60, 500)
    shares, upper = _shares(codes, clusters, 4, 1.959964)
    for code in range(3):
        one = proportion(codes == code, np.ones(500), clusters)
        assert shares[code] == pytest.approx(one.value)
        assert upper[code] == pytest.approx(one.high, abs=0.02)


def test_folds_that_answer_differently_make_shares_less_sure() -> None:
    fold = np.repeat(np.arange(5), 200)
    alike = np.random.default_rng(0).integers(0, 2, 1000)
    assert _between(alike, fold, 2).max() < 0.03
    assert _between((fold % 2).astype(np.int64), fold, 2).min() > 0.4
