from __future__ import annotations

from pathlib import Path

import jinja2
import pytest

from journeyman.report.page import render, write_page

VIEW = {
    "name": "t",
    "origin": "",
    "target": "",
    "findings": [],
    "shown_findings": [],
    "reading": None,
    "columns": [],
    "open_columns": 9,
}


def test_what_the_view_lacks_is_an_error() -> None:
    with pytest.raises(jinja2.UndefinedError):
        render("audit.html", {"name": "t"})


def test_text_is_escaped() -> None:
    page = render("audit.html", VIEW | {"name": "<script>alert(1)</script>"})
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_a_page_is_written_whole_even_with_halves_of_characters(tmp_path: Path) -> None:
    path = write_page("audit.html", VIEW | {"name": "lone \ud800 half"}, tmp_path / "a" / "page.html")
    assert path.read_text("utf-8").endswith("</html>\n") or path.read_text("utf-8").rstrip().endswith("</html>")
    assert [one.name for one in path.parent.iterdir()] == ["page.html"]
