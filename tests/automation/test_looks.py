from __future__ import annotations

import json
from pathlib import Path

from journeyman.automation.looks import NAME, looks_before

ASKED = {"source": "s", "outcomes": "o", "target": "y", "request": "r0"}


def leave(folder: Path, **asked: str) -> None:
    folder.mkdir()
    (folder / NAME).write_text(json.dumps({"asked": {**ASKED, **asked}}))


def test_other_requests_of_the_same_cases_count_once_each(tmp_path: Path) -> None:
    leave(tmp_path / "own", request="r0")
    leave(tmp_path / "again", request="r0")
    leave(tmp_path / "a", request="r1")
    leave(tmp_path / "b", request="r1")
    leave(tmp_path / "c", request="r2", source="other bytes")
    leave(tmp_path / "d", request="r3", target="z")
    leave(tmp_path / "e", request="r4", source="x", outcomes="x")
    found = looks_before(tmp_path, ASKED, own=tmp_path / "own")
    assert found.count == 2
    assert found.left_out < 0.05


def test_what_is_no_result_of_ours_is_left_alone(tmp_path: Path) -> None:
    for number, text in enumerate(
        ("", "[]", '{"asked": 3}', '{"asked": {"target": "y", "source": "s", "request": 3}}')
    ):
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / NAME).write_text(text)
    assert looks_before(tmp_path, ASKED).count == 0
    assert looks_before(tmp_path / "nowhere", ASKED).left_out == 0.05
