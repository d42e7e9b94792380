from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from journeyman.report.audit import write_audit


def test_findings_and_columns_are_shown_worst_first(made_up: Callable[..., dict[str, Any]], tmp_path: Path) -> None:
    page = write_audit(made_up(), tmp_path / "audit.html").read_text("utf-8")
    assert "3 things to know" in page
    assert page.index("paid_late") < page.index("currency") < page.index("70 rows are copies")
    assert "LIMIT_BAL" in page
    assert "10,000 to 1,000,000, half up to 140,000" in page


def test_a_table_without_findings_has_a_page_too(tmp_path: Path) -> None:
    page = write_audit({"name": "t"}, tmp_path / "audit.html").read_text("utf-8")
    assert page.count("No problems found") == 1
