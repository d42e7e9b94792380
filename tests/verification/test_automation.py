"""An automation as a whole is verified in tests/job/test_automate.py; here is what may lie in its folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from journeyman.errors import GateClosed
from journeyman.verification.automation import cases_of, is_automation


def test_only_a_folder_with_its_document_is_an_automation(tmp_path: Path) -> None:
    assert not is_automation(tmp_path)
    for content, expected in (("{", False), ("[]", False), ("{}", True)):
        (tmp_path / "automate.json").write_text(content)
        assert is_automation(tmp_path) is expected


@pytest.mark.parametrize("told", [{"test": [1]}, {"learn": ["x"], "test": [1]}, {"learn": None, "test": []}])
def test_cases_that_are_not_named_are_refused(tmp_path: Path, told: object) -> None:
    (tmp_path / "rows.json").write_text(json.dumps(told))
    with pytest.raises(GateClosed, match="does not name the cases"):
        cases_of(tmp_path)


def test_cases_are_positions(tmp_path: Path) -> None:
    (tmp_path / "rows.json").write_text(json.dumps({"learn": [2, 0], "test": [1]}))
    found = cases_of(tmp_path)
    assert (found.learn.tolist(), found.test.tolist()) == ([2, 0], [1])
