from __future__ import annotations

from pathlib import Path

from journeyman.report.explore import write_explored


def test_the_page_is_one_file_without_scripts(tmp_path: Path) -> None:
    rows = {"first": 10, "second": 10}
    summary = {"name": "<script>t", "origin": "t.csv", "target": "y", "looked_at": 3, "rows": rows, "seconds": 0.2}
    page = write_explored(summary, tmp_path / "explore.html").read_text("utf-8")
    assert "nothing that holds up" in page
    assert "<script" not in page
    assert "about “y”" in page
