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


def test_the_cleaned_copy_is_named_with_its_log(tmp_path: Path) -> None:
    clean = {"file": "clean.csv", "changes": "clean-changes.csv", "rules": "clean-rules.json", "changed": 1200}
    page = write_audit({"name": "t", "clean": clean}, tmp_path / "audit.html").read_text("utf-8")
    assert "<code>clean.csv</code> differs from the source in 1,200 cells" in page
    assert "clean-changes.csv" in page
    assert "The cleaned copy" not in write_audit({"name": "t"}, tmp_path / "b.html").read_text("utf-8")


def test_findings_show_their_rows_and_their_cost(tmp_path: Path) -> None:
    cost = {"measure": "AUC", "ignored": 0.95, "heeded": 0.9, "words": "with it 0.95, without it 0.90"}
    findings = [
        {"severity": "warning", "message": "the lesser one", "cost": None},
        {"severity": "warning", "message": "the graver one", "cost": cost},
    ]
    seen = {"columns": ["a"], "rows": [[1234, "<b>x"]]}
    page = write_audit({"name": "t", "findings": findings, "evidence": [seen, None]}, tmp_path / "a.html").read_text(
        "utf-8"
    )
    assert page.index("the graver one") < page.index("the lesser one")
    assert "AUC: with it 0.95, without it 0.90" in page
    assert "1,234" in page
    assert "&lt;b&gt;x" in page
