"""The report of a run in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


@pytest.mark.parametrize(
    ("name", "scheme"), [("plain", "light"), ("plain", "dark"), ("number", "dark"), ("hostile", "light")]
)
def test_no_serious_finding_of_axe(
    page_of: Callable[..., Any],
    run: Callable[[str], Path],
    findings_of: Callable[[Any], list[str]],
    name: str,
    scheme: str,
) -> None:
    page = page_of((run(name) / "report.html").as_uri(), scheme=scheme)
    for summary in page.locator("summary").all():
        summary.click()
    assert findings_of(page) == []
    assert page.evaluate("window.harmed") is None
