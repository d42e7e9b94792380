"""The page of an exploration: what a table tells, each with the picture that fits."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from journeyman.report.insights import insights
from journeyman.report.page import write_page


def write_explored(summary: Mapping[str, Any], path: Path) -> Path:
    """Write the page of an exploration.

    Parameters
    ----------
    summary : what `journeyman.insights.explored.Explored.as_data` gives, and the ``name`` of the table

    Raises
    ------
    ResourceError : the disk says no
    """
    view = {
        "name": summary.get("name") or "table",
        "origin": summary.get("origin", ""),
        "target": summary.get("target", ""),
        "told": insights(summary),
        "seconds": summary.get("seconds"),
    }
    return write_page("explore.html", view, path)
