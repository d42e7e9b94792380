from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from journeyman.bundle.contents import BUNDLE, read_contents
from journeyman.errors import BundleError


@pytest.fixture
def copy(written: Callable[[str], Path], tmp_path: Path) -> Path:
    return Path(shutil.copytree(written("binary"), tmp_path / "run" / BUNDLE))


def test_the_folder_of_a_bundle_and_of_its_run_hold_the_same(copy: Path) -> None:
    manifest, contents = read_contents(copy)
    assert read_contents(copy.parent) == (manifest, contents)
    assert set(contents) == set(manifest.files)
    assert all(contents[name] == (copy / name).read_bytes() for name in contents)


@pytest.mark.parametrize(
    ("harm", "because"),
    [
        (lambda folder: (folder / "more.txt").write_text(""), "which no bundle does"),
        (lambda folder: (folder / "model.onnx").unlink(), "it holds no model.onnx"),
        (lambda folder: (folder / "card.md").write_text("other"), "its digest differs"),
        (lambda folder: shutil.rmtree(folder), "no such folder"),
    ],
)
def test_what_is_not_as_it_was_written_is_refused(copy: Path, harm: Callable[[Path], object], because: str) -> None:
    harm(copy)
    with pytest.raises(BundleError) as told:
        read_contents(copy)
    assert because in told.value.because


def test_what_a_system_leaves_in_folders_harms_nobody(copy: Path) -> None:
    (copy / ".DS_Store").write_bytes(b"\x00")
    assert ".DS_Store" not in read_contents(copy)[1]
