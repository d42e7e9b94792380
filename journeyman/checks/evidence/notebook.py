"""An audit as a notebook shows it: a table without a script, every text of the data escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from journeyman.table.finding import Finding

_COLOURS = {"error": "#a01f19", "warning": "#7a4f00", "info": "#56626f"}
_CELL = "text-align:left;vertical-align:top;padding:.35em 1em .35em 0"


def as_html(origin: str, findings: Sequence[Finding]) -> str:
    """The findings, one a line: severity, sentence, what it costs to ignore it, remedy."""
    lines = [_line(one) for one in findings]
    body = "".join(lines) or f'<tr><td style="{_CELL}">no problems found</td></tr>'
    return f'<div><p><b>{escape(origin)}</b></p><table style="border-collapse:collapse">{body}</table></div>'


def _line(one: Finding) -> str:
    severity = f'<b style="color:{_COLOURS[one.severity]}">{one.severity}</b>'
    costs = f"<br><small>{escape(one.cost.measure)}: {escape(one.cost.words)}</small>" if one.cost else ""
    message = escape(one.message) + costs
    cells = (severity, message, f"<small>{escape(one.remedy.words)}</small>")
    return "<tr>" + "".join(f'<td style="{_CELL}">{cell}</td>' for cell in cells) + "</tr>"
