from __future__ import annotations

import json
from typing import Any

import pytest

from journeyman.cli.main import main


def test_it_says_what_was_written(job: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["predict", "runs/x-1", "new.csv", "-o", "out.csv", "--for-spreadsheets"]) == 0
    assert job.sources == ("runs/x-1", "new.csv")
    tell = job.options.pop("tell")
    assert job.options == {
        "out": "out.csv",
        "explain": False,
        "for_spreadsheets": True,
        "require_signature": None,
    }
    tell(50)
    said = capsys.readouterr().out
    assert "predict   new-predicted.csv: 1 ok, 1 refused\n" in said
    assert "line 5, Age 'forty': it is no number" in said
    assert "warning   a new city (spell it as in training)" in said


def test_with_json_only_a_document_is_printed(job: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["predict", "runs/x-1", "new.csv", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["out"] == "new-predicted.csv"
    assert document["rows"] == {"ok": 1, "unusual": 0, "refused": 1}
    trouble = {"row": 2, "column": "Age", "value": "forty", "because": "it is no number", "line": 5}
    assert document["troubles"] == [trouble]
    assert [(one["code"], one["rows"]) for one in document["findings"]] == [("unseen_category", [2])]


def test_reasons_are_in_the_document_where_they_are_asked_for(job: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["predict", "runs/x-1", "new.csv", "--explain", "--json"]) == 0
    assert job.options["explain"] is True
    document = json.loads(capsys.readouterr().out)
    reason = {"columns": ["Age"], "text": "Age = 40 raises the prediction by 2", "effect": 2.0, "direction": "raises"}
    assert document["reasons"] == [{"row": 1, "reasons": [reason]}, {"row": 2, "reasons": []}]
    assert main(["predict", "runs/x-1", "new.csv", "--json"]) == 0
    assert "reasons" not in json.loads(capsys.readouterr().out)
