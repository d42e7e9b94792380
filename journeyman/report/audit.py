"""The page of an audit: what a table holds, what is wrong with it, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from journeyman.report import glance
from journeyman.report.page import write_page
from journeyman.report.reading import reading, told_apart
from journeyman.report.report import sorted_findings

#: So many columns stand open on a page that is about them.
_OPEN = 60


def write_audit(summary: Mapping[str, Any], path: Path) -> Path:
    """Write the page of an audit.

    Parameters
    ----------
    summary : ``name``, ``origin``, ``target`` (may be empty), ``schema``, ``profile``, ``findings``, ``rows``,
        ``repairs`` and ``digests`` as ``run.json`` has them
    """
    view = {
        "name": summary.get("name") or "table",
        "origin": summary.get("origin", ""),
        "target": summary.get("target", ""),
        "findings": sorted_findings(summary),
        "shown_findings": told_apart(sorted_findings(summary)),
        "reading": reading(summary),
        "columns": glance.lines(summary, None),
        "open_columns": _OPEN,
    }
    return write_page("audit.html", view, path)
