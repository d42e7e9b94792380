from __future__ import annotations

import json
from typing import Any

import pytest

import journeyman.deployment.sign as room
from journeyman.bundle.signature import Signature
from journeyman.cli.main import main


def test_which_key_signed_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    told: list[Any] = []

    def sign(run: str, key: str) -> Signature:
        told.append((run, key))
        return Signature("SHA256:abc", "0" * 64, bytes(64))

    monkeypatch.setattr(room, "sign", sign)
    assert main(["sign", "runs/x-1", "--key", "bundle.key"]) == 0
    assert told == [("runs/x-1", "bundle.key")]
    said = capsys.readouterr().out
    assert "signed by SHA256:abc" in said
    assert "--require-signature" in said
    assert main(["sign", "runs/x-1", "--key", "bundle.key", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["key"] == "SHA256:abc"


def test_without_a_key_it_is_said_how_to_make_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sign", "runs/x-1"]) == 2
    assert "openssl genpkey" in capsys.readouterr().err
