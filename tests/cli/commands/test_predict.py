from __future__ import annotations

import json
from typing import Any

import pytest

from journeyman.cli.main import main


def test_it_says_what_was_written(job: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["predict", "runs/x-1", "new.csv", "-o", "out.csv", "--for-spreadsheets"]) == 0
    assert job.sources == ("runs/x-1", "new.csv")
    assert job.options == {"out": "out.csv", "explain": False, "for_spreadsheets": True}
    assert "predict   new-predicted.csv" in capsys.readouterr().out


def test_with_json_only_a_document_is_printed(job: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["predict", "runs/x-1", "new.csv", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["out"] == "new-predicted.csv"
