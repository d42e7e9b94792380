"""Files of weights that a person names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from journeyman.errors import SourceError
from journeyman.teachers.weights import offline, same_weights, weights_digest, weights_file

NAME = "JOURNEYMAN_SOME_WEIGHTS"


def test_only_a_file_that_is_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(NAME, raising=False)
    assert weights_file(NAME) is None
    assert weights_digest(NAME) == ""
    for value in ("", str(tmp_path), str(tmp_path / "gone.ckpt")):
        monkeypatch.setenv(NAME, value)
        assert weights_file(NAME) is None
    file = tmp_path / "some.ckpt"
    file.write_bytes(b"one")
    monkeypatch.setenv(NAME, str(file))
    assert weights_file(NAME) == file


def test_other_weights_are_not_taken_for_those_of_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "some.ckpt"
    file.write_bytes(b"one")
    monkeypatch.setenv(NAME, str(file))
    digest = weights_digest(NAME)
    assert same_weights(NAME, digest) == file
    file.write_bytes(b"two")
    with pytest.raises(SourceError, match="weights of a teacher"):
        same_weights(NAME, digest)


def test_libraries_are_told_to_stay_off_the_network_and_only_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "0")
    monkeypatch.delenv("TABPFN_NO_BROWSER", raising=False)
    with offline():
        assert (os.environ["HF_HUB_OFFLINE"], os.environ["TABPFN_NO_BROWSER"]) == ("1", "1")
    with pytest.raises(KeyError), offline():
        raise KeyError
    assert os.environ["HF_HUB_OFFLINE"] == "0"
    assert "TABPFN_NO_BROWSER" not in os.environ
