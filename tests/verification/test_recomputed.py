from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from journeyman.bundle.model import Model
from journeyman.evaluation.certificate import NAME, read_certificate
from journeyman.sources.read import read
from journeyman.verification.left_behind import LeftBehind
from journeyman.verification.recomputed import estimate, recomputed

Change = Callable[..., None]


def checks(run: Path, place: Path) -> dict[str, Any]:
    left = LeftBehind(run, read_certificate((run / NAME).read_bytes()))
    table = read(place / "table.csv", overrides=left.request.columns, target="bought")
    return {one.name: one for one in recomputed(left, table)}


@pytest.mark.parametrize(
    ("how", "check"),
    [
        (lambda told: told["folds"].update(digest="0" * 64), "folds"),
        (lambda told: told["folds"].update(kind="random"), "folds"),
        (lambda told: told["data"].update(used="0" * 64), "folds"),
        (lambda told: told["data"].update(content="0" * 64), "data"),
        (lambda told: told["candidates"][0]["plan"].update(step="learners.no_such"), "candidates"),
        (lambda told: told["judged"].append("0" * 32), "candidates"),
        (lambda told: told.update(seed=5), "claim"),
    ],
)
def test_what_differs_ends_what_can_be_told(
    how: Callable[[dict[str, Any]], Any], check: str, run: Path, place: Path, changed: Change
) -> None:
    changed(run / "certificate.json", how)
    found = checks(run, place)
    failed = [name for name, one in found.items() if one.state == "fails"]
    assert failed[0].startswith(check)
    assert check == "claim" or list(found)[-1] == check


def test_a_candidate_that_is_left_out_changes_the_claims(run: Path, place: Path, changed: Change) -> None:
    """Whoever hides that many were tried is found out: the correction for choosing would be smaller."""

    def hide(told: dict[str, Any]) -> None:
        told["judged"] = [one for one in told["judged"] if one == told["model"]["key"]] + told["judged"][:1]

    changed(run / "certificate.json", hide)
    assert "fails" in {one.state for one in checks(run, place).values()}


def test_a_model_that_answers_otherwise_is_found(run: Path, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert checks(run, place)["model"].state == "holds"
    right = Model.answer
    monkeypatch.setattr(Model, "answer", lambda self, columns: right(self, columns) + 1e-3)
    assert checks(run, place)["model"].text.startswith("its graph does not answer as the plan did")


def test_an_estimate_is_told_in_words() -> None:
    assert estimate({"value": 1.23456, "low": 1, "high": 2.0}) == "1.235 [1, 2]"
    assert estimate({"value": None, "low": None, "high": None}) == "it cannot be told"
