"""Events are on disk when `add` returns; a torn line is no event."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from journeyman.errors import ResourceError
from journeyman.store.journal import Journal, read_journal


def test_events_come_back_in_order(tmp_path: Path) -> None:
    path = tmp_path / "run" / "journal.jsonl"
    journal = Journal(path)
    journal.add("read", text="grüße", rows=3)
    journal.add("trial", key="a")
    journal.add("trial", key="b")
    assert [one["number"] for one in read_journal(path)] == [0, 1, 2]
    assert read_journal(path) == journal.events
    assert journal.last("trial") == journal.events[2]
    assert journal.last("trial", key="a") == journal.events[1]
    assert journal.last("verdict") is None
    journal.close()
    again = Journal(path)
    assert again.add("done")["number"] == 3
    again.close()


def test_there_may_be_no_journal(tmp_path: Path) -> None:
    assert read_journal(tmp_path / "none") == []


@pytest.mark.parametrize("torn", [b'{"event": "tri', b'{"event": "tri\n', b"[]\n", b"\xff\xfe\n", b"\0\0"])
def test_a_torn_line_is_taken_off_and_writing_goes_on(tmp_path: Path, torn: bytes) -> None:
    path = tmp_path / "journal.jsonl"
    # Spelled otherwise than we write it: length is that of the file, not of our spelling.
    whole = b'{"number":0,"at":1.0,"event":"read","text":"\\u00fc"}\n'
    path.write_bytes(whole + torn)
    assert len(read_journal(path)) == 1
    journal = Journal(path)
    journal.add("trial")
    journal.close()
    assert path.read_bytes().startswith(whole)
    assert [one["event"] for one in map(json.loads, path.read_text().splitlines())] == ["read", "trial"]


def test_a_file_name_that_is_no_text_can_be_noted(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl")
    journal.add("read", name="caf\udce9.csv")
    journal.close()
    assert read_journal(journal.path)[0]["name"] == "caf\udce9.csv"


def _no_room(handle: int, content: bytes) -> int:
    raise OSError(errno.ENOSPC, "No space left on device")


def _half(handle: int, content: bytes, write: Callable[[int, bytes], int] = os.write) -> int:
    return write(handle, content[: len(content) // 2])


@pytest.mark.parametrize("write", [_no_room, _half])
def test_a_full_disk_leaves_no_half_event(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[int, bytes], int]
) -> None:
    journal = Journal(tmp_path / "journal.jsonl")
    journal.add("read")
    before = journal.path.read_bytes()
    with monkeypatch.context() as patched:
        patched.setattr(os, "write", write)
        with pytest.raises(ResourceError, match="the disk is full"):
            journal.add("trial")
    assert journal.path.read_bytes() == before
    assert journal.add("trial")["number"] == 1
    journal.close()
    assert len(read_journal(journal.path)) == 2


def test_a_folder_in_its_place_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="reading"):
        Journal(tmp_path)
