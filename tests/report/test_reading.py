from __future__ import annotations

from pathlib import Path
from typing import Any

from journeyman.report.audit import write_audit
from journeyman.report.reading import reading, told_apart
from journeyman.table.repairs import Example

SUMMARY: dict[str, Any] = {
    "name": "t",
    "rows": {
        "read": 10,
        "used": 7,
        "set_aside": 3,
        "reasons": {"ragged_rows": 2, "odd_code": 1},
        "file": "set_aside.csv",
    },
    "digests": {"source": "ab12"},
    "findings": [
        {
            "code": "decimal_comma",
            "severity": "info",
            "message": "the numbers of 'income' are written with decimal mark ','",
            "columns": ["income"],
            "numbers": {"count": 7, "lines": [2, 3], "examples": [[2, "1,5 <b>", 1.5], ["", "TOTAL", ""]]},
        },
        {
            "code": "nul_bytes",
            "severity": "warning",
            "message": "5 NUL bytes",
            "numbers": {"examples": [[4, "a", "b"]]},
        },
        {"code": "constant", "severity": "warning", "message": "'x' is the same everywhere"},
    ],
}


def test_what_was_repaired_and_set_aside_is_told_with_examples() -> None:
    found = reading(SUMMARY)
    assert found is not None
    (one,) = found.mended
    assert (one.count, one.examples[0]) == (7, Example("line 2", "1,5 <b>", "1.5"))
    assert found.aside == ((2, "of another number of cells than the header"), (1, "odd code"))
    assert (found.file, found.digest) == ("set_aside.csv", "ab12")


def test_a_table_read_as_it_stands_has_nothing_to_tell() -> None:
    assert reading({}) is None
    assert reading({"rows": {"read": 5, "used": 5, "set_aside": 0}, "findings": SUMMARY["findings"][1:]}) is None


def test_the_page_shows_before_and_after_escaped_and_the_digest(tmp_path: Path) -> None:
    page = write_audit(SUMMARY, tmp_path / "audit.html").read_text("utf-8")
    assert "What was repaired while reading" in page
    assert "line 2: “1,5 &lt;b&gt;” → “1.5”" in page
    assert "“TOTAL”" in page
    assert "7 ×" in page
    assert page.count("5 NUL bytes") == 1
    assert "row 4: “a” → “b”" in page
    assert "2 of another number of cells than the header, 1 odd code" in page
    assert "<code>ab12</code>" in page


def test_a_repair_is_told_once_and_warnings_stand_apart() -> None:
    found = told_apart(SUMMARY["findings"])
    assert [one["code"] for one in found] == ["nul_bytes", "constant"]
    assert [one.where for one in found[0]["examples"]] == ["row 4"]
    assert found[1]["examples"] == ()
