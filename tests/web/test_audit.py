"""The page of an audit in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from journeyman.job.audit import audit
from journeyman.report.audit import write_audit


@pytest.mark.parametrize(
    ("kind", "target", "scheme"), [("plain", "churn", "light"), ("hostile", "<u>target</u>", "dark")]
)
def test_no_serious_finding_of_axe(
    page_of: Callable[..., Any],
    findings_of: Callable[[Any], list[str]],
    frame_of: Callable[[str], pl.DataFrame],
    tmp_path: Path,
    kind: str,
    target: str,
    scheme: str,
) -> None:
    frame = frame_of(kind)
    summary = {"name": "t", "target": target, **audit(frame, target).as_data()}
    page = page_of(write_audit(summary, tmp_path / "audit.html").as_uri(), scheme=scheme)
    for one in page.locator("summary").all():
        one.click()
    assert page.locator("details.column").count() == len(frame.columns)
    assert findings_of(page) == []
    assert page.evaluate("window.harmed") is None
