from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from journeyman.errors import BundleError
from journeyman.server.deployed import Deployed, deploy


def test_a_run_and_its_bundle_are_the_same_model(bundles: Callable[..., Path]) -> None:
    by_run, by_bundle = deploy(bundles()), deploy(bundles() / "bundle")
    assert by_run.version == by_bundle.version
    assert by_run.name == by_bundle.name == bundles().name
    assert len(by_run.version) == 12


def test_other_models_have_other_versions(deployed: Callable[..., Deployed]) -> None:
    assert deployed("binary").version != deployed("multiclass").version
    assert deployed().labels == {
        "version": deployed().version,
        "target": "bought",
        "task": "binary",
        "name": "binary",
    }


def test_rows_may_hold_what_the_decision_reads(deployed: Callable[..., Deployed]) -> None:
    assert set(deployed("spending").names) == deployed("spending").known
    assert "income" in deployed("spending").known
    assert deployed("regression").decider is None


def test_no_bundle_is_told_as_everywhere(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="no bundle"):
        deploy(tmp_path / "none")
