from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from journeyman.evaluation.certificate import NAME, read_certificate
from journeyman.verification.left_behind import LeftBehind

Change = Callable[..., None]


def checks(run: Path) -> dict[str, Any]:
    left = LeftBehind(run, read_certificate((run / NAME).read_bytes()))
    return {one.name: one for one in left.checks()}


def test_everything_in_the_folder_says_the_same(run: Path) -> None:
    found = checks(run)
    assert {one.state for one in found.values()} == {"holds"}
    assert "16 golden rows" in found["bundle"].text
    assert found["looks"].text.startswith("no other build was judged by these rows before; ")


@pytest.mark.parametrize(
    ("name", "how", "check"),
    [
        ("plan.json", lambda told: told.update(step="other"), "plan.json"),
        ("run.json", lambda told: told["digests"].update(source="0" * 64), "run.json"),
        ("run.json", lambda told: told["folds"].update(count=3), "run.json"),
        ("run.json", lambda told: told["brief"].update(seed=9), "run.json"),
        ("run.json", lambda told: told["evaluation"].update(extra={"value": 1.0}), "run.json"),
        ("run.json", lambda told: told["evaluation"].pop("payoff"), "run.json"),
        ("certificate.json", lambda told: told["looks"].update(share=0.9), "looks"),
        ("certificate.json", lambda told: told["looks"].update(before=["0" * 64]), "looks"),
        ("certificate.json", lambda told: told["looks"].update(candidates=1), "looks"),
        ("certificate.json", lambda told: told["judged"].append("0" * 32), "looks"),
    ],
)
def test_what_says_something_else_is_found(
    name: str, how: Callable[[dict[str, Any]], Any], check: str, run: Path, changed: Change
) -> None:
    changed(run / name, how)
    assert [one for one, found in checks(run).items() if found.state == "fails"] == [check]


def test_another_request_is_found(run: Path) -> None:
    text = (run / "brief.toml").read_text()
    (run / "brief.toml").write_text(text.replace("trials = 2", "trials = 3"))
    assert checks(run)["brief.toml"].state == "fails"


def test_other_code_and_libraries_are_no_fault(run: Path, changed: Change) -> None:
    def other(told: dict[str, Any]) -> None:
        told["code"]["journeyman"] = "0" * 64
        told["environment"]["numpy"] = "1.0.0"

    changed(run / "certificate.json", other)
    changed(run / "run.json", lambda told: told["versions"].update(numpy="1.0.0"))
    found = checks(run)
    assert (found["code"].state, found["environment"].state) == ("note", "note")
    assert found["environment"].text.startswith("numpy 1.0.0 then, ")
    assert not [one for one in found.values() if one.state == "fails"]


def test_missing_and_strange_files_fail_their_check_and_no_other(run: Path) -> None:
    (run / "run.json").write_text("{")
    (run / "plan.json").unlink()
    key = json.loads((run / NAME).read_text())["fits"][0]["key"]
    (run / "trials" / key / "fold_0.npy").unlink()
    failed = [name for name, one in checks(run).items() if one.state == "fails"]
    assert failed == ["run.json", "plan.json", "answers"]
