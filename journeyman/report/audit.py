"""The page of an audit: what a table holds, what is wrong with it, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from journeyman.report import glance
from journeyman.report.columns import pages
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
        ``repairs`` and ``digests`` as ``run.json`` has them; ``evidence`` and ``along`` as an audit has them
    """
    findings, columns = with_evidence(summary), glance.lines(summary, None)
    own = pages(summary, columns, findings)
    view = {
        "name": summary.get("name") or "table",
        "origin": summary.get("origin", ""),
        "target": summary.get("target", ""),
        "findings": findings,
        "shown_findings": told_apart(findings),
        "reading": reading(summary),
        "columns": columns,
        "open_columns": _OPEN,
        "pages": own,
        "clean": summary.get("clean"),
        "places": {one.line.name: one.place for one in own},
    }
    return write_page("audit.html", view, path)


def with_evidence(summary: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The findings, those that matter most first, each with the rows by which it can be seen."""
    shown = list(summary.get("evidence") or ())
    found = list(summary.get("findings") or ())
    shown += [None] * (len(found) - len(shown))
    pairs = [{**one, "evidence": seen} for one, seen in zip(found, shown, strict=False)]
    return sorted_findings({**summary, "findings": pairs})
