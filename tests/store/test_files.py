"""Files appear whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import numpy as np
import pytest

from journeyman.errors import ResourceError, SourceError
from journeyman.store.files import locked, make_folder, read_bounded, sweep, write_array, write_whole


def test_a_file_is_written_whole_and_nothing_is_left_beside(tmp_path: Path) -> None:
    path = tmp_path / "new" / "deep" / "a.json"
    assert write_whole(path, "grüße") == path
    assert path.read_bytes() == "grüße".encode()
    write_whole(path, b"other")
    assert path.read_bytes() == b"other"
    assert os.listdir(path.parent) == ["a.json"]  # noqa: PTH208  # names are what is looked at


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_whole(tmp_path / "a", b"old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ResourceError, match="the disk is full"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["a"]


def test_a_folder_that_is_a_file_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ResourceError):
        make_folder(tmp_path / "file" / "below")
    with pytest.raises(ResourceError):
        write_whole(tmp_path / "file" / "a", b"")
    with pytest.raises(ResourceError, match="name is too long"):
        write_whole(tmp_path / ("x" * 300), b"")


def test_arrays_come_back(tmp_path: Path) -> None:
    path = tmp_path / "a.npy"
    content = write_array(path, np.array([1.0, np.nan]))
    assert path.read_bytes() == content
    assert np.array_equal(np.load(path), [1.0, np.nan], equal_nan=True)
    with pytest.raises(ValueError, match="Object arrays"):
        write_array(tmp_path / "b.npy", np.array([{}], dtype=object))


def test_sweep_takes_only_what_was_left_half_written(tmp_path: Path) -> None:
    for name in (".a.json.17.tmp", "b.tmp", ".keep"):
        (tmp_path / name).write_text("")
    sweep(tmp_path)
    assert sorted(one.name for one in tmp_path.iterdir()) == [".keep", "b.tmp"]


def test_reading_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"12345")
    assert read_bounded(path, 5) == b"12345"
    with pytest.raises(SourceError, match="larger than") as caught:
        read_bounded(path, 4)
    assert caught.value.code == "too_large"
    (tmp_path / "link").symlink_to(path)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SourceError, match="it is a link"):
        read_bounded(tmp_path / "link", 10)
    for other in ("pipe", "", "nothing"):
        with pytest.raises(SourceError):
            read_bounded(tmp_path / other, 10)


def test_a_folder_is_held_by_one(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    with locked(folder), pytest.raises(ResourceError, match="in use"), locked(folder):
        pass
    with locked(folder):
        pass
