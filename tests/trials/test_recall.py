from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from journeyman.curation.propose import Proposal
from journeyman.errors import GateClosed
from journeyman.learners.best_rule import BestRule
from journeyman.learners.calibrate.affine import Affine
from journeyman.learners.constant import Constant
from journeyman.plan.calibrated import Calibrated
from journeyman.statistics.metrics.named import metric_named
from journeyman.store.journal import Journal
from journeyman.trials.ensemble import blend_trial, calibrators
from journeyman.trials.halves import halved
from journeyman.trials.here import Here
from journeyman.trials.laboratory import Laboratory
from journeyman.trials.recall import Memory, records
from journeyman.trials.refit import refit
from journeyman.trials.search import search
from journeyman.trials.shared import TrainingData
from journeyman.trials.trial import Trial

PROPOSALS = (
    Proposal(plan=Constant(), name="constant", floor=True, weight=0, seconds=0.001),
    Proposal(plan=BestRule(), name="rule", floor=False, weight=1, seconds=0.01),
)
Searched = tuple[Laboratory, list[Trial]]


@pytest.fixture
def searched(training: Callable[..., TrainingData], tmp_path: Path) -> Searched:
    """Two trials, a blend of them, and the blend calibrated."""
    data, pool = training(), Here()
    pool.open(data)
    journal = Journal(tmp_path / "journal.jsonl")
    bench = Laboratory(pool, data, journal, tmp_path / "trials", metric_named("brier"))
    leaves = search(bench, PROPOSALS, deadline=None, trials=1)
    blend = blend_trial(bench, [(leaves[0], 0.3), (leaves[1], 0.7)])
    plan = Calibrated(inner=blend.plan, calibrator=Affine())
    answers = blend.answers.copy()
    for rows, state in calibrators(plan, blend.answers, data.target, data.folds.number, forward=False):
        answers[rows] = plan.calibrate(state, blend.answers[rows])
    calibrated = replace(blend, plan=plan, key=bench.key(plan), answers=answers, members=(blend,))
    return bench, [*leaves, blend, calibrated]


def memory(bench: Laboratory, candidates: list[dict[str, Any]]) -> Memory:
    digests = {(one["key"], one["fold"]): one["digests"] for one in bench.journal.events if one["event"] == "fit"}
    return Memory(json.loads(json.dumps(candidates)), digests, bench.folder, bench.data)


def test_trials_come_back_with_the_very_answers_that_they_gave(searched: Searched) -> None:
    bench, trials = searched
    again = memory(bench, records(trials)).recall([one.key for one in trials])
    for one, other in zip(trials, again, strict=True):
        assert np.array_equal(one.answers, other.answers)
        assert (one.plan, one.name, one.key, one.weight, one.floor) == (
            other.plan, other.name, other.key, other.weight, other.floor,
        )  # fmt: skip
        assert [member.key for member in one.members] == [member.key for member in other.members]


def test_what_was_fitted_on_all_rows_comes_back_too(searched: Searched) -> None:
    bench, trials = searched
    fitted = refit(bench, trials[-1], deadline=None)
    assert fitted is not None
    found = memory(bench, records(trials))
    state, checked = found.fitted(found.recall([trials[-1].key])[0])
    assert np.array_equal(checked, fitted[1])
    assert state.keys() == fitted[0].keys()


def test_records_are_each_once_members_first_and_hold_no_times(searched: Searched) -> None:
    _, trials = searched
    failed = replace(trials[0], key="f" * 32, status="failed", reason="no luck")
    found = records([trials[3], *trials, failed])
    assert [one["key"] for one in found] == [*(one.key for one in trials), failed.key]
    assert found[-1]["plan"] is None
    assert not {"seconds", "refit_seconds", "reason", "answers"} & set(found[0])


def spoil(candidates: list[dict[str, Any]], how: str) -> None:
    leaf, rule, blend, calibrated = candidates
    if how == "plan":
        leaf["plan"] = rule["plan"]
    elif how == "unknown step":
        leaf["plan"] = {"step": "os.system"}
    elif how == "no plan":
        leaf["plan"] = 3
    elif how == "member of itself":
        blend["members"] = [blend["key"], leaf["key"]]
    elif how == "leaf with members":
        leaf["members"] = [rule["key"]]
    elif how == "members missing":
        calibrated["members"] = []
    elif how == "stopped":
        rule["status"] = "stopped"


@pytest.mark.parametrize(
    "how", ["plan", "unknown step", "no plan", "member of itself", "leaf with members", "members missing", "stopped"]
)
def test_records_that_do_not_fit_are_refused(how: str, searched: Searched) -> None:
    bench, trials = searched
    candidates = records(trials)
    spoil(candidates, how)
    with pytest.raises(GateClosed):
        memory(bench, candidates).recall([one.key for one in trials])


def test_answers_that_are_not_as_they_were_kept_are_refused(searched: Searched) -> None:
    bench, trials = searched
    key = trials[1].key
    path = bench.folder / key / "fold_0.npy"
    kept = path.read_bytes()
    np.save(path, np.load(path) + 1e-12)
    with pytest.raises(GateClosed, match="not as it was kept"):
        memory(bench, records(trials)).recall([key])
    path.write_bytes(kept)
    assert memory(bench, records(trials)).recall([key])
    other = memory(bench, records(trials))
    rows = np.arange(len(bench.data.target))[::-1]
    turned = TrainingData(bench.data.columns.take(rows), bench.data.target.take(rows), bench.data.folds)
    with pytest.raises(GateClosed, match="not that of its plan on these rows"):
        replace(other, data=turned).recall([key])


def test_answers_of_halves_come_back_where_all_of_them_were_kept(searched: Searched) -> None:
    bench, trials = searched
    assert memory(bench, records(trials)).halved(trials[-1]) is None
    given = halved(bench, trials[-1], deadline=None)
    assert given is not None
    found = memory(bench, records(trials)).halved(trials[-1])
    assert found is not None
    np.testing.assert_array_equal(found.answers, given.answers)
    assert not np.array_equal(found.answers, trials[-1].answers)
    less = memory(bench, records(trials))
    last = next(one for one in reversed(bench.journal.events) if one["event"] == "fit")
    without = {name: one for name, one in less.digests.items() if name != (last["key"], last["fold"])}
    assert replace(less, digests=without).halved(trials[-1]) is None
    path = bench.folder / last["key"] / f"fold_{last['fold']}.npy"
    np.save(path, np.load(path) + 1e-9)
    with pytest.raises(GateClosed, match="cannot be read"):
        less.halved(trials[-1])
