from __future__ import annotations

import shlex
import sys
from pathlib import Path

import pytest

from journeyman.cli.called import how_called


def script(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "journeyman"
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def called(monkeypatch: pytest.MonkeyPatch, argument: object, path: str = "/nowhere") -> str:
    monkeypatch.setattr(sys, "argv", [str(argument), "demo"])
    monkeypatch.setenv("PATH", path)
    return how_called()


def test_a_script_that_the_shell_does_not_find_is_told_by_its_path(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = script(tmp_path / "my tables" / ".venv" / "bin")
    monkeypatch.chdir(tmp_path / "my tables")
    assert called(monkeypatch, ".venv/bin/journeyman") == ".venv/bin/journeyman"
    assert called(monkeypatch, path) == ".venv/bin/journeyman"
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert called(monkeypatch, path) == shlex.quote(str(path))


def test_a_script_that_the_shell_finds_is_told_by_its_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = script(tmp_path / "bin")
    assert called(monkeypatch, path, str(path.parent)) == "journeyman"
    other = script(tmp_path / "other")
    assert called(monkeypatch, path, str(other.parent)).endswith("bin/journeyman")


def test_as_a_module_it_is_told_with_its_python(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "bin" / "python3"))
    monkeypatch.chdir(tmp_path)
    assert called(monkeypatch, "/lib/journeyman/__main__.py") == "bin/python3 -m journeyman"


def test_another_program_gets_the_plain_name(monkeypatch: pytest.MonkeyPatch) -> None:
    assert called(monkeypatch, "/usr/bin/pytest") == "journeyman"
