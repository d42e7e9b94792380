from __future__ import annotations

import json
from pathlib import Path

import pytest

from journeyman.cli.commands.report import read_summary
from journeyman.cli.main import main
from journeyman.errors import InputError


def test_the_report_is_written_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    summary = {"format": 1, "name": "churn", "verdict": {"decision": "pilot"}}
    (tmp_path / "run.json").write_text(json.dumps(summary))
    assert main(["report", str(tmp_path), "--no-open"]) == 0
    assert "Pilot first" in (tmp_path / "report.html").read_text("utf-8")
    assert str(tmp_path / "report.html") in capsys.readouterr().out
    assert main(["report", str(tmp_path), "--json", "-o", str(tmp_path / "other.html")]) == 0
    assert json.loads(capsys.readouterr().out) == summary
    assert (tmp_path / "other.html").exists()


def test_the_page_of_an_automation_is_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "automate.json").write_text('{"format": 1}')
    written: list[Path] = []
    monkeypatch.setattr("journeyman.report.automate.write_automation", lambda told, path: written.append(path) or path)
    assert main(["report", str(tmp_path), "--no-open"]) == 0
    assert written == [tmp_path / "automate.html"]


def test_a_folder_without_a_run_is_said_to_be_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", str(tmp_path)]) == 2
    assert "there is no finished run" in capsys.readouterr().err


@pytest.mark.parametrize("content", ["{", "[]", '{"format": 2}', "\udcff"])
def test_a_damaged_summary_is_refused(content: str, tmp_path: Path) -> None:
    (tmp_path / "run.json").write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(InputError):
        read_summary(tmp_path)
