from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import journeyman as jm
from journeyman.deployment import export as door
from journeyman.deployment import exporting
from journeyman.deployment.export import EXPORT, export
from journeyman.deployment.exporting import Option
from journeyman.errors import BriefError, BundleError, InputError


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A kind that writes two files, and fails where it is told to."""
    seen: dict[str, Any] = {"fails": None}

    def write(bundle: Path, model: Any, folder: Path, options: Mapping[str, str]) -> tuple[str, ...]:
        seen.update(bundle=bundle, options=dict(options), target=model.target)
        (folder / "inner").mkdir()
        (folder / "inner" / "a.txt").write_text(options["shade"])
        if seen["fails"] is not None:
            raise seen["fails"]
        (folder / "b.txt").write_text(model.target)
        return (f"do something with '{folder}'",)

    kind = SimpleNamespace(SAYS="Plain.", OPTIONS=(Option("shade", "red", ("red", "blue"), "Which."),), write=write)
    for room in (door, exporting):
        monkeypatch.setattr(room, "kinds", lambda: {"plain": kind})
    return seen


def test_a_kind_gets_the_bundle_and_its_files_are_named(plain: dict[str, Any], built: Path, tmp_path: Path) -> None:
    done = export(built / "y", "plain", tmp_path / "deep" / "out", {"shade": "blue"})
    assert (plain["bundle"], plain["target"], plain["options"]) == (built / "y" / "bundle", "y", {"shade": "blue"})
    assert (done.kind, done.folder) == ("plain", tmp_path / "deep" / "out")
    assert done.says == (f"do something with '{done.folder}'",)
    assert done.files == ("b.txt", "inner/a.txt", EXPORT)
    assert (done.folder / "inner" / "a.txt").read_text() == "blue"
    assert [one.name for one in done.folder.parent.iterdir()] == ["out"]
    note = json.loads((done.folder / EXPORT).read_text())
    assert (note["kind"], note["options"], set(note["files"])) == ("plain", {"shade": "blue"}, set(done.files[:-1]))
    assert export(built / "y" / "bundle", "plain", tmp_path / "two").files == done.files
    assert plain["bundle"] == built / "y" / "bundle"


def test_the_run_that_serves_is_exported(plain: dict[str, Any], runs: Path, tmp_path: Path) -> None:
    jm.promote(runs / "one", "two")
    export(runs / "one", "plain", tmp_path / "out")
    assert plain["bundle"] == runs / "two" / "bundle"


def test_an_export_is_written_again_and_nothing_else_is_written_over(
    plain: dict[str, Any], built: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    export(built / "y", "plain", out)
    (out / "inner" / "__pycache__").mkdir()
    (out / "inner" / "__pycache__" / "a.pyc").write_bytes(b"")
    export(built / "y", "plain", out, {"shade": "blue"})
    assert (out / "inner" / "a.txt").read_text() == "blue"
    assert not (out / "inner" / "__pycache__").exists()
    kept = (out / "b.txt").read_text()
    (out / "b.txt").write_text("mine")
    with pytest.raises(InputError, match=r"b\.txt is not as it was written"):
        export(built / "y", "plain", out)
    assert (out / "b.txt").read_text() == "mine"
    (out / "b.txt").write_text(kept)
    (out / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match=r"notes\.txt is not"):
        export(built / "y", "plain", out)


@pytest.mark.parametrize("note", ["", "[]", "{}", '{"format": 2, "files": {}}', '{"format": 1, "files": 3}'])
def test_a_folder_of_others_is_left_alone(plain: dict[str, Any], built: Path, tmp_path: Path, note: str) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    if note:
        (tmp_path / EXPORT).write_text(note)
    with pytest.raises(InputError, match="is not overwritten"):
        export(built / "y", "plain", tmp_path)
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_files_and_links_are_no_place_for_it(plain: dict[str, Any], built: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    for name in ("file", "link"):
        with pytest.raises(InputError, match="an export is a folder"):
            export(built / "y", "plain", tmp_path / name)


def test_what_fails_leaves_nothing(plain: dict[str, Any], built: Path, tmp_path: Path) -> None:
    plain["fails"] = InputError("this model cannot be written so", remedy="use another kind")
    with pytest.raises(InputError, match="cannot be written so"):
        export(built / "y", "plain", tmp_path / "out")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(BundleError):
        export(tmp_path / "nothing", "plain", tmp_path / "out")
    with pytest.raises(BriefError, match="there is no export to 'plane'"):
        export(built / "y", "plane", tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_the_same_bundle_gives_the_same_bytes(
    plain: dict[str, Any], built: Path, tmp_path: Path, contents: Callable[[Path], dict[str, bytes]]
) -> None:
    folders = [export(built / "y", "plain", tmp_path / name).folder for name in ("one", "two")]
    assert contents(folders[0]) == contents(folders[1])
