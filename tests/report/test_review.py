from __future__ import annotations

from journeyman.report.report import write_report
from journeyman.report.review import reviewed

SUMMARY = {
    "classes": ["no", "yes"],
    "metric": "log_loss",
    "review": {
        "rows": 1000,
        "doubted": 31,
        "targets": [{"row": 6, "recorded": "<script>no", "answer": "yes", "strength": 0.93}],
        "wrong_at_most": {"value": 0.04, "low": 0.01, "high": 0.09},
        "wrong_of_listed": 0.7,
        "irregular": [{"row": 9, "score": 12.0, "cells": [{"column": "a&b", "holds": "99", "why": "far out or rare"}]}],
    },
    "weak_slices": {
        "slices": [
            {
                "parts": [{"column": "age", "words": "up to 20"}, {"column": "sex", "words": "f"}],
                "rows": 120,
                "loss": 0.8,
                "elsewhere": 0.4,
                "gain": {"value": -0.1, "low": -0.2, "high": 0.0},
            }
        ],
        "looked_at": 90,
        "taken": 8,
        "rows": 2000,
    },
    "training_rows": {
        "sentence": "Keep everything.",
        "tried": [
            {
                "choice": "newest half",
                "names": ["one, newest half", "two, newest half"],
                "gain": {"value": -1.0, "low": -2.0, "high": 0.1},
            },
            {"choice": "newest quarter", "names": ["one"], "gain": {"value": 1.0, "low": 0.1, "high": 2.0}},
        ],
    },
}


def test_rows_are_counted_as_people_count_and_everything_is_in_words() -> None:
    told = reviewed(SUMMARY)
    assert told is not None
    assert told.targets == (("7", "<script>no", "yes", "93 percentage points likelier"),)
    assert "31 labels" in told.doubts
    assert "only a person can see" in told.doubts
    assert told.slices[0][:3] == ("“age” is up to 20 and “sex” is “f”", "120", "2 times")
    assert [one[2] for one in told.rows_tried] == ["no gain beyond noise", "a gain, but not over the best of all"]
    assert told.rows_tried[0][0] == "newest half (one; two)"
    assert told.irregular[0][0] == "10"
    assert "90 groups looked at on one half of 2,000 rows 8 went" in told.slices_found


def test_nothing_is_shown_of_a_run_that_says_nothing() -> None:
    assert reviewed({}) is None


def test_what_rows_hold_is_escaped(tmp_path) -> None:
    page = write_report(SUMMARY, tmp_path / "report.html").read_text()
    assert "What a person should look at" in page
    assert "<script>no" not in page
    assert "a&amp;b" in page
