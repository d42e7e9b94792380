from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from journeyman.cli.main import main
from journeyman.deployment import export as door
from journeyman.deployment import exporting
from journeyman.deployment.exporting import Exported, Option


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, Any]:
    """Stands in for the door and the shelf."""
    seen: dict[str, Any] = {}

    def export(
        run: str, to: str, out: Path, options: dict[str, str], *, require_signature: str | None = None
    ) -> Exported:
        seen.update(run=run, to=to, out=out, options=options, key=require_signature)
        return Exported(to, Path(out), ("a", "b"), ("docker build it", "then run it"))

    shelf = {
        "one": SimpleNamespace(SAYS="The one.", OPTIONS=(Option("shade", "red", ("red", "blue"), "Which shade."),)),
        "two": SimpleNamespace(SAYS="The other.", OPTIONS=(Option("most-rows", "5", (), "How many rows."),)),
    }
    monkeypatch.setattr(door, "export", export)
    monkeypatch.setattr(exporting, "kinds", lambda: shelf)
    monkeypatch.chdir(tmp_path)
    return seen


def test_it_hands_on_what_was_given(called: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "runs/churn-1", "--to", "one", "--shade", "blue"]) == 0
    told = {"run": "runs/churn-1", "to": "one", "out": Path("churn-1-one"), "options": {"shade": "blue"}, "key": None}
    assert called == told
    said = capsys.readouterr().out
    assert "export    churn-1-one: 2 files" in said
    assert "next      docker build it" in said
    assert main(["export", "runs/churn-1/bundle", "--to", "two", "--most-rows", "3", "-o", "there"]) == 0
    assert (called["out"], called["options"]) == ("there", {"most-rows": "3"})
    assert main(["export", "runs/churn-1/bundle", "--to", "two"]) == 0
    assert (called["out"], called["options"]) == (Path("churn-1-two"), {})
    assert main(["export", "runs/churn-1", "--to", "two", "--require-signature", "key.pub"]) == 0
    assert called["key"] == "key.pub"


def test_its_help_tells_the_kinds_and_their_options(called: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--help"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "one The one. two The other." in said
    assert "--shade TEXT one: Which shade. red, blue. [default: red]" in said


def test_with_json_a_document_says_what_was_written(called: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "runs/churn-1", "--to", "one", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["kind"], document["folder"], document["files"]) == ("one", "churn-1-one", ["a", "b"])
    assert main(["export", "runs/churn-1", "--to", "one", "--quiet"]) == 0
    assert capsys.readouterr().out == ""


def test_what_is_missing_or_misspelt_is_said(called: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "runs/churn-1"]) == 2
    assert "try: add --to with one of: one, two" in capsys.readouterr().err
    assert main(["export", "runs/churn-1", "--to", "one", "--shad", "x"]) == 2
    assert "did you mean --shade?" in capsys.readouterr().err
