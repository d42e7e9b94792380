"""The project's own files agree with each other and with the package."""

from __future__ import annotations

import re
import tomllib
from importlib import import_module
from pathlib import Path

import journeyman

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def pins(name: str) -> dict[str, str]:
    text = (ROOT / "requirements" / f"{name}.lock").read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.M))


def test_both_locks_pin_the_same_versions_with_digests() -> None:
    core, test = pins("core"), pins("test")
    assert core.items() <= test.items()
    for name in ("core", "test"):
        text = (ROOT / "requirements" / f"{name}.lock").read_text("utf-8")
        blocks = re.split(r"^(?=[a-z0-9-]+==)", text, flags=re.M)[1:]
        assert len(blocks) == len(pins(name))
        assert all("--hash=sha256:" in one for one in blocks)


def canonical(name: str) -> str:
    """A distribution's name as locks spell it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_locks_hold_every_dependency_and_the_core_stays_lean() -> None:
    wanted = {canonical(re.split(r"[<>=]", one)[0]) for one in PROJECT["project"]["dependencies"]}
    assert wanted <= pins("core").keys()
    extra = {canonical(re.split(r"[<>=]", one)[0]) for one in PROJECT["project"]["optional-dependencies"]["test"]}
    assert extra <= pins("test").keys()
    assert len(pins("core")) <= 27


def test_every_public_name_leads_somewhere() -> None:
    for name in journeyman.__all__:
        assert getattr(journeyman, name) is not None
    assert "build" in dir(journeyman)


def test_the_version_has_an_entry_in_the_changelog() -> None:
    assert f"## {journeyman.__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_the_two_commands_are_the_first_in_the_readme() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    first = re.search(r"```(?:console|sh)\n(.*?)```", text, re.S)
    assert first is not None
    assert re.findall(r"make (\w+)", first[1]) == ["demo", "test"]
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    assert set(re.findall(r"`make ([a-z]+)`", text)) <= targets


def test_the_documents_name_only_commands_and_files_that_exist() -> None:
    from journeyman.cli.main import program

    commands = import_module("click").Context(program)
    known = {*program.list_commands(commands)}
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        text = path.read_text("utf-8")
        for block in re.findall(r"```(?:console|sh)\n(.*?)```", text, re.S):
            assert set(re.findall(r"^\$? ?journeyman ([a-z]+)", block, re.M)) <= known, path.name
        for linked in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
            assert (path.parent / linked).exists(), f"{path.name}: {linked}"
